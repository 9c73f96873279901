// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "support/engine/image.h"

#include "support/engine/tar_writer.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <random>

namespace layerhold::test {

namespace {

QByteArray hashOf(const QByteArray& bytes)
{
    return "sha256:" + QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

bool writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

std::optional<QByteArray> readFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return file.readAll();
}

std::optional<StoredBlob> storeBlob(const QString& layout, const QByteArray& bytes)
{
    const QString digest = QString::fromLatin1(hashOf(bytes));
    if (!writeFile(layout + QStringLiteral("/blobs/sha256/") + digest.mid(7), bytes))
        return std::nullopt;
    return StoredBlob{digest, bytes.size()};
}

QByteArray randomBytes(qint64 size, quint64 seed)
{
    std::mt19937_64 generator(seed);
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < bytes.size(); i += 8) {
        const quint64 word = generator();
        std::memcpy(bytes.data() + i, &word, static_cast<std::size_t>(qMin<qsizetype>(8, bytes.size() - i)));
    }
    return bytes;
}

QByteArray textBytes(qint64 size, quint64 seed)
{
    QByteArray bytes;
    bytes.reserve(size + 64);
    for (quint64 line = seed << 32; bytes.size() < size; ++line)
        bytes += "line " + QByteArray::number(line) + " of a file that compresses well\n";
    bytes.truncate(size);
    return bytes;
}

QByteArray busyboxTar()
{
    TarWriter tar;
    tar.addDirectory("bin");
    tar.addFile("bin/busybox", readFile(QStringLiteral("/bin/busybox")).value_or(QByteArray()), 0755);
    for (const char* name : {"sh", "cat", "echo", "ls", "sha256sum"})
        tar.addSymlink(QByteArray("bin/") + name, "busybox");
    tar.addDirectory("tmp");
    return tar.finish();
}

QByteArray layerTar(const LayerSpec& spec, quint64 seed)
{
    if (spec.content == LayerSpec::Content::Busybox)
        return busyboxTar();
    const bool random = spec.content == LayerSpec::Content::Random;
    TarWriter tar;
    tar.addDirectory("data");
    tar.addFile("data/file-" + QByteArray::number(seed),
                random ? randomBytes(spec.bytes, seed) : textBytes(spec.bytes, seed), 0644);
    return tar.finish();
}

QJsonObject descriptor(const char* mediaType, const StoredBlob& blob)
{
    return {{QStringLiteral("mediaType"), QLatin1String(mediaType)},
            {QStringLiteral("digest"), blob.digest},
            {QStringLiteral("size"), blob.size}};
}

constexpr const char* manifestType = "application/vnd.oci.image.manifest.v1+json";
constexpr const char* configType = "application/vnd.oci.image.config.v1+json";
constexpr const char* tarType = "application/vnd.oci.image.layer.v1.tar";
constexpr const char* gzipType = "application/vnd.oci.image.layer.v1.tar+gzip";

QByteArray configText(const QJsonArray& diffIds)
{
    return QJsonDocument(
               QJsonObject{{QStringLiteral("architecture"), QStringLiteral("amd64")},
                           {QStringLiteral("os"), QStringLiteral("linux")},
                           {QStringLiteral("config"),
                            QJsonObject{{QStringLiteral("Env"), QJsonArray{QStringLiteral("PATH=/bin")}},
                                        {QStringLiteral("Cmd"), QJsonArray{QStringLiteral("/bin/sh")}}}},
                           {QStringLiteral("rootfs"), QJsonObject{{QStringLiteral("type"), QStringLiteral("layers")},
                                                                  {QStringLiteral("diff_ids"), diffIds}}}})
        .toJson(QJsonDocument::Compact);
}

} // namespace

qint64 TestImage::blobBytes() const
{
    qint64 bytes = config.size;
    for (const StoredBlob& layer : layers)
        bytes += layer.size;
    return bytes;
}

QStringList TestImage::digests() const
{
    QStringList all{manifest.digest, config.digest};
    for (const StoredBlob& layer : layers)
        all.append(layer.digest);
    return all;
}

std::optional<TestImage> makeImage(const QString& directory, const QList<LayerSpec>& layers, quint64 seed)
{
    TestImage image;
    image.layout = directory;
    if (!QDir().mkpath(directory + QStringLiteral("/blobs/sha256")))
        return std::nullopt;

    QJsonArray diffIds;
    QJsonArray layerDescriptors;
    for (const LayerSpec& spec : layers) {
        QByteArray bytes = layerTar(spec, seed++);
        diffIds.append(QString::fromLatin1(hashOf(bytes)));
        const bool compressed = spec.content == LayerSpec::Content::Text;
        if (compressed) {
            const Outcome packed = run(QStringLiteral("gzip"), {QStringLiteral("-1n")}, seconds(120), bytes);
            if (!packed.ok())
                return std::nullopt;
            bytes = packed.out;
        }
        const auto blob = storeBlob(directory, bytes);
        if (!blob)
            return std::nullopt;
        image.layers.append(*blob);
        layerDescriptors.append(descriptor(compressed ? gzipType : tarType, *blob));
    }

    const auto config = storeBlob(directory, configText(diffIds));
    if (!config)
        return std::nullopt;
    image.config = *config;
    const QByteArray manifestText =
        QJsonDocument(QJsonObject{{QStringLiteral("schemaVersion"), 2},
                                  {QStringLiteral("mediaType"), QLatin1String(manifestType)},
                                  {QStringLiteral("config"), descriptor(configType, *config)},
                                  {QStringLiteral("layers"), layerDescriptors}})
            .toJson(QJsonDocument::Compact);
    const auto manifest = storeBlob(directory, manifestText);
    if (!manifest)
        return std::nullopt;
    image.manifest = *manifest;

    const QByteArray index =
        QJsonDocument(QJsonObject{{QStringLiteral("schemaVersion"), 2},
                                  {QStringLiteral("manifests"), QJsonArray{descriptor(manifestType, *manifest)}}})
            .toJson(QJsonDocument::Compact);
    if (!writeFile(directory + QStringLiteral("/index.json"), index) ||
        !writeFile(directory + QStringLiteral("/oci-layout"), R"({"imageLayoutVersion":"1.0.0"})"))
        return std::nullopt;
    return image;
}

Outcome pushImage(const TestImage& image, int port, const QString& name)
{
    return run(QStringLiteral("skopeo"),
               {QStringLiteral("copy"), QStringLiteral("--insecure-policy"), QStringLiteral("--preserve-digests"),
                QStringLiteral("--dest-tls-verify=false"), QStringLiteral("oci:") + image.layout,
                QStringLiteral("docker://") + referenceAt(port, name)},
               seconds(180));
}

QString referenceAt(int port, const QString& name)
{
    return QStringLiteral("127.0.0.1:%1/%2").arg(port).arg(name);
}

} // namespace layerhold::test
