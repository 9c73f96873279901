// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// What containerd's content API demands of reads, updates and lists on the wire: ranges, status codes, masks, filters.
// Every expectation was checked against containerd's server.
#include "support/engine/content_client.h"
#include "support/engine/scene.h"

#include <QTest>

using namespace layerhold::test;
using grpc::StatusCode;

class WireReadTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void init() { m_ref = "ref-" + std::to_string(++m_number); }

    void readRanges_data();
    void readRanges();
    void readBeyondTheEndIsOutOfRange();
    void badDigestsAreInvalid_data();
    void badDigestsAreInvalid();
    void updateMasks_data();
    void updateMasks();
    void updateOfOtherFieldsIsInvalid();
    void updateWithoutInfoIsInvalid();
    void updateIgnoresImmutableFields();
    void listFilters_data();
    void listFilters();
    void badFiltersAreInvalid_data();
    void badFiltersAreInvalid();
    void deletesDuringAList();
    void statusFilters();
    void emptyRefsOfStatusAndAbort();

private:
    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<ContentClient> m_client;
    std::string m_ref;
    int m_number = 0;
};

void WireReadTest::initTestCase()
{
    m_scene = std::make_unique<Scene>();
    Daemon& daemon = m_scene->addDaemon();
    QVERIFY2(daemon.start(), daemon.process().log());
    m_client = std::make_unique<ContentClient>(daemon.contentSocket().toStdString());
}

void WireReadTest::readRanges_data()
{
    QTest::addColumn<int>("offset");
    QTest::addColumn<int>("size");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("whole") << 0 << 0 << QByteArray("0123456789");
    QTest::newRow("negative size is the rest") << 3 << -1 << QByteArray("3456789");
    QTest::newRow("negative offset is the start") << -5 << 4 << QByteArray("0123");
    QTest::newRow("clipped") << 8 << 100 << QByteArray("89");
    QTest::newRow("at the end") << 10 << 5 << QByteArray();
    QTest::newRow("at the end, the rest") << 10 << 0 << QByteArray();
}

void WireReadTest::readRanges()
{
    QFETCH(int, offset);
    QFETCH(int, size);
    QFETCH(QByteArray, expected);
    m_client->put("0123456789");
    std::string bytes;
    QVERIFY(m_client->read(sha256Of("0123456789"), offset, size, &bytes).ok());
    QCOMPARE(QByteArray::fromStdString(bytes), expected);
}

void WireReadTest::readBeyondTheEndIsOutOfRange()
{
    m_client->put("0123456789");
    QCOMPARE(m_client->read(sha256Of("0123456789"), 11, 0).error_code(), StatusCode::OUT_OF_RANGE);
}

void WireReadTest::badDigestsAreInvalid_data()
{
    QTest::addColumn<QByteArray>("digest");
    const QByteArray hex(64, 'a');
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no algorithm") << hex;
    QTest::newRow("upper case") << "sha256:" + hex.toUpper();
    QTest::newRow("too short") << "sha256:" + hex.left(63);
    QTest::newRow("too long") << "sha256:" + hex + "a";
    QTest::newRow("unknown algorithm") << "md5:" + hex.left(32);
    QTest::newRow("path") << QByteArray("sha256:../../../../etc/passwd");
    QTest::newRow("length of another algorithm") << "sha512:" + hex;
}

void WireReadTest::badDigestsAreInvalid()
{
    QFETCH(QByteArray, digest);
    const std::string text = digest.toStdString();
    QCOMPARE(m_client->info(text).error_code(), StatusCode::INVALID_ARGUMENT);
    QCOMPARE(m_client->read(text, 0, 0).error_code(), StatusCode::INVALID_ARGUMENT);
    QCOMPARE(m_client->remove(text).error_code(), StatusCode::INVALID_ARGUMENT);
    contentapi::UpdateRequest request;
    request.mutable_info()->set_digest(text);
    QCOMPARE(m_client->update(request).error_code(), StatusCode::INVALID_ARGUMENT);
}

void WireReadTest::updateMasks_data()
{
    QTest::addColumn<QStringList>("paths");
    QTest::addColumn<QStringList>("keysAfter");
    QTest::newRow("no mask replaces") << QStringList{} << QStringList{"a.b/c", "new"};
    QTest::newRow("labels replaces") << QStringList{"labels"} << QStringList{"a.b/c", "new"};
    QTest::newRow("one key") << QStringList{"labels.new"} << QStringList{"a.b/c", "new", "old"};
    QTest::newRow("a missing key goes") << QStringList{"labels.old"} << QStringList{"a.b/c"};
    QTest::newRow("key with dots") << QStringList{"labels.a.b/c"} << QStringList{"a.b/c", "old"};
    QTest::newRow("both replace") << QStringList{"labels.new", "labels"} << QStringList{"a.b/c", "new"};
}

void WireReadTest::updateMasks()
{
    QFETCH(QStringList, paths);
    QFETCH(QStringList, keysAfter);
    QVERIFY(m_client->put(m_ref, {{"old", "1"}, {"a.b/c", "2"}}).ok());
    contentapi::UpdateRequest request;
    request.mutable_info()->set_digest(sha256Of(m_ref));
    (*request.mutable_info()->mutable_labels())["new"] = "3";
    (*request.mutable_info()->mutable_labels())["a.b/c"] = "4";
    request.mutable_update_mask();
    for (const QString& path : paths)
        request.mutable_update_mask()->add_paths(path.toStdString());
    contentapi::Info info;
    const grpc::Status status = m_client->update(request, &info);
    QVERIFY2(status.ok(), status.error_message().c_str());
    QStringList keys;
    for (const auto& label : info.labels())
        keys.append(QString::fromStdString(label.first));
    keys.sort();
    QCOMPARE(keys, keysAfter);
}

void WireReadTest::updateOfOtherFieldsIsInvalid()
{
    QVERIFY(m_client->put(m_ref).ok());
    for (const char* path : {"size", "digest", "created_at", "labelsx"}) {
        contentapi::UpdateRequest request;
        request.mutable_info()->set_digest(sha256Of(m_ref));
        request.mutable_update_mask()->add_paths(path);
        QCOMPARE(m_client->update(request).error_code(), StatusCode::INVALID_ARGUMENT);
    }
}

void WireReadTest::updateWithoutInfoIsInvalid()
{
    QCOMPARE(m_client->update({}).error_code(), StatusCode::INVALID_ARGUMENT);
}

void WireReadTest::updateIgnoresImmutableFields()
{
    QVERIFY(m_client->put(m_ref).ok());
    contentapi::Info before;
    QVERIFY(m_client->info(sha256Of(m_ref), &before).ok());
    contentapi::UpdateRequest request;
    request.mutable_info()->set_digest(sha256Of(m_ref));
    request.mutable_info()->set_size(1);
    request.mutable_info()->mutable_created_at()->set_seconds(1);
    contentapi::Info after;
    QVERIFY(m_client->update(request, &after).ok());
    QCOMPARE(after.size(), before.size());
    QCOMPARE(after.created_at().seconds(), before.created_at().seconds());
    QCOMPARE(after.created_at().nanos(), before.created_at().nanos());
}

void WireReadTest::listFilters_data()
{
    QTest::addColumn<QStringList>("filters");
    QTest::addColumn<QByteArray>("found");
    // Three blobs: a {c=3, x/y=1}, b {c=4}, n without labels.
    QTest::newRow("none") << QStringList{} << QByteArray("abn");
    QTest::newRow("empty") << QStringList{""} << QByteArray("abn");
    QTest::newRow("presence") << QStringList{"labels.c"} << QByteArray("ab");
    QTest::newRow("equal") << QStringList{"labels.c==3"} << QByteArray("a");
    QTest::newRow("not equal holds when absent") << QStringList{"labels.c!=3"} << QByteArray("bn");
    QTest::newRow("and") << QStringList{"labels.c,labels.\"x/y\"==1"} << QByteArray("a");
    QTest::newRow("or") << QStringList{"labels.c==3", "labels.c==4"} << QByteArray("ab");
    QTest::newRow("regular expression") << QStringList{"labels.c~=/^[34]$/"} << QByteArray("ab");
    QTest::newRow("bad regular expression") << QStringList{"labels.c~=/(/"} << QByteArray();
    QTest::newRow("size is never present") << QStringList{"size==1"} << QByteArray();
    QTest::newRow("absent field differs") << QStringList{"size!=100"} << QByteArray("abn");
    QTest::newRow("labels alone is nothing") << QStringList{"labels"} << QByteArray();
    QTest::newRow("quoted value") << QStringList{"labels.c==\"\\x33\""} << QByteArray("a");
    QTest::newRow("single quotes do not quote") << QStringList{"labels.c=='3'"} << QByteArray();
    QTest::newRow("digest") << QStringList{"digest==" + QString::fromStdString(sha256Of("filter b"))}
                            << QByteArray("b");
}

void WireReadTest::listFilters()
{
    QFETCH(QStringList, filters);
    QFETCH(QByteArray, found);
    m_client->put("filter a", {{"set", "f"}, {"c", "3"}, {"x/y", "1"}});
    m_client->put("filter b", {{"set", "f"}, {"c", "4"}});
    m_client->put("filter n");
    std::vector<std::string> texts;
    for (const QString& filter : filters)
        texts.push_back(filter.toStdString());
    std::vector<contentapi::Info> infos;
    const grpc::Status status = m_client->list(texts, &infos);
    QVERIFY2(status.ok(), status.error_message().c_str());
    QByteArray names;
    for (const char name : {'a', 'b', 'n'})
        for (const contentapi::Info& info : infos)
            if (info.digest() == sha256Of(std::string("filter ") + name))
                names += name;
    QCOMPARE(names, found);
}

void WireReadTest::badFiltersAreInvalid_data()
{
    QTest::addColumn<QString>("filter");
    QTest::newRow("single equals") << "labels.c=3";
    QTest::newRow("unknown operator") << "labels.c!~3";
    QTest::newRow("space before comma") << "labels.c==3 ,labels.x";
    QTest::newRow("no value") << "labels.c==";
    QTest::newRow("no field") << "==3";
    QTest::newRow("trailing comma") << "labels.c==3,";
    QTest::newRow("open quote") << "labels.c==\"3";
    QTest::newRow("slashes for equality") << "labels.c==/3/";
}

void WireReadTest::badFiltersAreInvalid()
{
    QFETCH(QString, filter);
    std::vector<contentapi::Info> infos;
    QCOMPARE(m_client->list({filter.toStdString()}, &infos).error_code(), StatusCode::INVALID_ARGUMENT);
    std::vector<contentapi::Status> statuses;
    QCOMPARE(m_client->statuses({filter.toStdString()}, &statuses).error_code(), StatusCode::INVALID_ARGUMENT);
}

void WireReadTest::deletesDuringAList()
{
    for (int i = 0; i < 250; ++i)
        QVERIFY(m_client->put("listed " + std::to_string(i), {{"listed", "yes"}}).ok());
    // As containerd's collection does it: every Delete is sent while the List is still being read.
    std::vector<contentapi::Info> infos;
    QVERIFY(m_client->list({"labels.listed==yes"}, &infos).ok());
    QCOMPARE(infos.size(), std::size_t(250));
    for (const contentapi::Info& info : infos)
        QVERIFY(m_client->remove(info.digest()).ok());
    infos.clear();
    QVERIFY(m_client->list({"labels.listed==yes"}, &infos).ok());
    QVERIFY(infos.empty());
}

void WireReadTest::statusFilters()
{
    const auto one = m_client->openWrite();
    QVERIFY(one->stat(m_ref + "-one"));
    const auto two = m_client->openWrite();
    QVERIFY(two->stat(m_ref + "-two"));
    std::vector<contentapi::Status> statuses;
    QVERIFY(m_client->statuses({"ref==" + m_ref + "-one"}, &statuses).ok());
    QCOMPARE(statuses.size(), std::size_t(1));
    QVERIFY(m_client->statuses({"ref~=/^" + m_ref + "-/"}, &statuses).ok());
    QCOMPARE(statuses.size(), std::size_t(2));
    QVERIFY(m_client->statuses({"offset==0"}, &statuses).ok());
    QVERIFY(statuses.empty());
}

void WireReadTest::emptyRefsOfStatusAndAbort()
{
    QVERIFY(m_client->abort({}).ok());
    QVERIFY(m_client->abort("never seen").ok());
    QCOMPARE(m_client->status("never seen").error_code(), StatusCode::NOT_FOUND);
}

QTEST_GUILESS_MAIN(WireReadTest)
#include "wire_read_test.moc"
