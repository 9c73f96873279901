// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// The service Archives, over a real cache and an in-process channel.
#include <QTest>

#include "core/archive/archive_fixture.h"
#include "service/api/local_service.h"

#include <layerhold/v1/archive.grpc.pb.h>
#include <layerhold/v1/images.grpc.pb.h>

#include <optional>
#include <stdexcept>
#include <utility>

using namespace layerhold;
using namespace layerhold::test;

namespace {

CacheOptions optionsFor(const TempRoot& root)
{
    CacheOptions options;
    options.root = root.path() / "cache";
    return options;
}

struct Scene
{
    /// Sends the archive in pieces; fails as a client that breaks off after `most` bytes.
    v1::LoadImageResponse load(const std::string& archive, const std::string& name = {},
                               std::size_t most = std::string::npos)
    {
        std::size_t at = 0;
        bool isOver = false;
        const auto next = [&](v1::LoadImageRequest& request) {
            if (isOver)
                return false;
            if (at >= most)
                throw std::runtime_error("the client breaks off");
            if (at == 0) {
                request.mutable_head()->set_name(name);
                request.mutable_head()->set_by("somebody");
            }
            request.set_data(archive.substr(std::min(at, archive.size()), 700));
            at += 700;
            isOver = at >= archive.size() && most == std::string::npos;
            request.set_end_of_archive(isOver);
            return true;
        };
        return client.upload(&v1::Archives::Stub::LoadImage, next);
    }

    std::string save(const std::string& image, v1::ExportImageReport* report = nullptr)
    {
        v1::ExportImageRequest request;
        request.set_image(image);
        std::string archive;
        client.stream(&v1::Archives::Stub::ExportImage, request, [&](const v1::ExportImageResponse& message) {
            archive += message.data();
            if (message.has_report() && report)
                *report = message.report();
        });
        return archive;
    }

    int tags()
    {
        int count = 0;
        client.stream(&v1::Tags::Stub::ListTags, v1::ListTagsRequest(),
                      [&](const v1::ListTagsResponse& page) { count += page.tags_size(); });
        return count;
    }

    TempRoot root;
    service::LocalService local{optionsFor(root)};
    api::Client client = local.client();
};

} // namespace

class ArchivesServiceTest : public QObject
{
    Q_OBJECT

private slots:

    void thereAndBack()
    {
        const SampleImage image;
        Scene scene;
        const v1::LoadImageResponse loaded = scene.load(tarOf(layoutOf(image)));
        QCOMPARE(loaded.images_size(), 1);
        QCOMPARE(loaded.images(0).reference(), std::string("example.org/app:1"));
        QCOMPARE(loaded.images(0).digest(), digestOf(image.index).toString());
        QCOMPARE(loaded.stored_blobs(), std::uint64_t(image.all().size()));
        v1::ExportImageReport report;
        const std::string archive = scene.save("example.org/app:1", &report);
        QCOMPARE(report.digest(), digestOf(image.index).toString());
        QCOMPARE(report.blobs(), std::uint64_t(image.all().size()));
        QVERIFY(archive.find("example.org/app:1") != std::string::npos);
        const std::string unnamed = scene.save(digestOf(image.index).hex().substr(0, 12));
        QVERIFY(unnamed.find("example.org/app:1") == std::string::npos);
        QCOMPARE(scene.load(unnamed, "other").images(0).reference(), std::string("docker.io/library/other:latest"));
        QVERIFY(errorOf([&] { scene.load(unnamed); }) == ErrorCode::InvalidArgument);
    }

    void needsAHead()
    {
        Scene scene;
        auto headless = [sent = false](v1::LoadImageRequest& request) mutable {
            request.set_data("bytes");
            return !std::exchange(sent, true);
        };
        const auto none = [](v1::LoadImageRequest&) { return false; };
        QVERIFY(errorOf([&] { scene.client.upload(&v1::Archives::Stub::LoadImage, headless); }) ==
                ErrorCode::InvalidArgument);
        QVERIFY(errorOf([&] { scene.client.upload(&v1::Archives::Stub::LoadImage, none); }) ==
                ErrorCode::InvalidArgument);
    }

    /// A stream that was cut off may look like one that was closed.
    void needsAnEnd()
    {
        Scene scene;
        const std::string archive = tarOf(layoutOf(SampleImage()));
        auto endless = [&, isSent = false](v1::LoadImageRequest& request) mutable {
            request.mutable_head();
            request.set_data(archive);
            return !std::exchange(isSent, true);
        };
        QVERIFY(errorOf([&] { scene.client.upload(&v1::Archives::Stub::LoadImage, endless); }) ==
                ErrorCode::InvalidArgument);
        QCOMPARE(scene.tags(), 0);
    }

    void leavesNoTagWhenTheClientBreaksOff()
    {
        const std::string archive = tarOf(layoutOf(SampleImage()));
        Scene scene;
        QVERIFY_EXCEPTION_THROWN(scene.load(archive, {}, 3000), std::runtime_error);
        QVERIFY_EXCEPTION_THROWN(scene.load(archive, {}, archive.size()), std::runtime_error); // before it said the end
        QCOMPARE(scene.tags(), 0);
        QCOMPARE(scene.load(archive).images_size(), 1);
        QCOMPARE(scene.tags(), 1);
    }
};

QTEST_GUILESS_MAIN(ArchivesServiceTest)
#include "archives_service_test.moc"
