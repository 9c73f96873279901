// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "integration/small_disk.h"
#include "support/engine/scene.h"

#include <QJsonObject>

#include <memory>
#include <vector>

namespace layerhold::test {

/// Bytes of a cache, in blocks that are taken.
struct DiskUse
{
    qint64 blobs = 0;
    qint64 trash = 0;
    qint64 all = 0; ///< without what `layerhold df` does not count: the reserve

    friend bool operator==(const DiskUse&, const DiskUse&) = default;
};

/// A layerhold on a disk of its own, so that nobody else's bytes are in any figure, and a containerd that has pulled
/// through it: one image that it keeps, several that it has removed again, and some that a PullLoop can pull.
class LiveCache
{
public:
    LiveCache();
    ~LiveCache();
    LiveCache(const LiveCache&) = delete;
    LiveCache& operator=(const LiveCache&) = delete;

    /// False: see problem().
    bool start();

    const QByteArray& problem() const { return m_problem; }

    Daemon& daemon() { return *m_daemon; }

    Containerd& containerd() { return *m_containerd; }

    const QStringList& loopReferences() const { return m_loopReferences; }

    /// Of all images of the loop: what pulls and removals beside a cleanup can change in its figures at most.
    qint64 loopBytes() const { return m_loopBytes; }

    /// Digests of blobs that nobody holds, and that no pull of the loop wants.
    const QStringList& unused() const { return m_unused; }

    qint64 unusedBytes() const { return m_unusedBytes; }

    /// Digests of what the containerd holds.
    const QStringList& held() const { return m_held; }

    /// Digests whose files are in "blobs" or "trash" of the root.
    QStringList filesIn(const QString& folder) const;

    /// As du counts.
    DiskUse countedByDu() const;
    /// As `layerhold df` says.
    DiskUse toldByDf() const;
    /// What a verb prints with --json.
    QJsonObject json(const QStringList& arguments) const;

private:
    enum class Fate
    {
        Stays,
        IsRemoved,
        IsPulledLater
    };
    bool addImage(const QString& name, const QList<LayerSpec>& layers, quint64 seed, Fate fate);
    bool isFine(const Outcome& outcome);

    Scene m_scene;
    Registry& m_registry;
    Daemon* m_daemon;
    std::unique_ptr<SmallDisk> m_disk; ///< ends before the scene, whose folder it is mounted in
    Containerd* m_containerd;
    QByteArray m_problem;
    QStringList m_loopReferences;
    qint64 m_loopBytes = 0;
    QStringList m_unused;
    qint64 m_unusedBytes = 0;
    QStringList m_held;
};

} // namespace layerhold::test
