// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "integration/gui_live/live_cache.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace layerhold::test {

namespace {

constexpr int diskMebibytes = 256;
constexpr qint64 mebibyte = 1 << 20;
constexpr int lengthOfHash = 64; ///< in digits

const LayerSpec base{LayerSpec::Content::Busybox, 0};

LayerSpec random(qint64 bytes)
{
    return {LayerSpec::Content::Random, bytes};
}

} // namespace

LiveCache::LiveCache()
    : m_registry(m_scene.addRegistry())
    , m_daemon(&m_scene.addDaemon())
    , m_containerd(&m_scene.addContainerd(m_daemon->contentSocket()))
{}

LiveCache::~LiveCache()
{
    m_containerd->process().terminate();
    m_daemon->process().terminate();
}

bool LiveCache::start()
{
    m_disk = std::make_unique<SmallDisk>(m_daemon->root(), diskMebibytes);
    if (!m_disk->isMounted() || !m_registry.start() || !m_daemon->start() || !m_containerd->start()) {
        m_problem = "the disk, the registry, layerhold or containerd did not start";
        return false;
    }
    if (!isFine(m_daemon->cli({"engine", "add", "default", "--socket", m_daemon->contentSocket(),
                               "--containerd-address", m_containerd->address()})) ||
        !addImage("library/kept:1", {base, random(3 * mebibyte)}, 100, Fate::Stays))
        return false;
    for (quint64 number = 1; number <= 3; ++number)
        if (!addImage(QStringLiteral("team/old:%1").arg(number), {base, random(5 * mebibyte), random(5 * mebibyte)},
                      200 + 10 * number, Fate::IsRemoved))
            return false;
    for (quint64 number = 1; number <= 3; ++number)
        if (!addImage(QStringLiteral("ci/job:%1").arg(number), {base, random(mebibyte / 2), random(mebibyte / 4)},
                      300 + 10 * number, Fate::IsPulledLater))
            return false;
    // The base layer is everybody's.
    for (const QString& digest : m_held)
        m_unused.removeAll(digest);
    return true;
}

bool LiveCache::addImage(const QString& name, const QList<LayerSpec>& layers, quint64 seed, Fate fate)
{
    const auto image = makeImage(m_scene.makeDirectory("img"), layers, seed);
    if (!image) {
        m_problem = "an image could not be made";
        return false;
    }
    if (!isFine(pushImage(*image, m_registry.port(), name)))
        return false;
    const QString reference = referenceAt(m_registry.port(), name);
    switch (fate) {
    case Fate::IsPulledLater:
        m_loopReferences += reference;
        m_loopBytes += image->blobBytes() + image->manifest.size;
        return true;
    case Fate::Stays:
        m_held += image->digests();
        return isFine(m_containerd->pull(reference));
    case Fate::IsRemoved:
        m_unused += image->digests();
        m_unusedBytes += image->blobBytes() + image->manifest.size - image->layers.front().size;
        return isFine(m_containerd->pull(reference)) && isFine(m_containerd->removeImage(reference));
    }
    return false;
}

bool LiveCache::isFine(const Outcome& outcome)
{
    if (!outcome.ok())
        m_problem = outcome.text();
    return outcome.ok();
}

QStringList LiveCache::filesIn(const QString& folder) const
{
    QStringList digests;
    for (QDirIterator files(m_daemon->root() + QLatin1Char('/') + folder, QDir::Files, QDirIterator::Subdirectories);
         files.hasNext();) {
        files.next();
        digests += QStringLiteral("sha256:") + files.fileName().right(lengthOfHash);
    }
    return digests;
}

DiskUse LiveCache::countedByDu() const
{
    const auto bytesOf = [](const QStringList& arguments) {
        const Outcome counted = run("du", QStringList{"--summarize", "--block-size=1"} + arguments);
        return counted.ok() ? counted.out.split('\t').front().toLongLong() : -1;
    };
    const QString root = m_daemon->root();
    return {.blobs = bytesOf({root + "/blobs"}),
            .trash = bytesOf({root + "/trash"}),
            .all = bytesOf({"--exclude=reserve", root})};
}

DiskUse LiveCache::toldByDf() const
{
    DiskUse use;
    for (const QJsonValue& each : json({"df"})["on_disk"].toArray()) {
        const QJsonObject line = each.toObject();
        const QString name = line["name"].toString();
        const qint64 bytes = line["bytes"].toVariant().toLongLong();
        if (name == "blobs")
            use.blobs = bytes;
        else if (name == "trash")
            use.trash = bytes;
        else if (name == "total")
            use.all = bytes;
    }
    return use;
}

QJsonObject LiveCache::json(const QStringList& arguments) const
{
    return QJsonDocument::fromJson(m_daemon->cli(arguments + QStringList{"--json"}).out).object();
}

} // namespace layerhold::test
