// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/engine/process.h"

#include <QList>

namespace layerhold::test {

struct LayerSpec
{
    enum class Content
    {
        Busybox, ///< a runnable file system; bytes is ignored
        Random,  ///< does not compress; stored as a plain tar
        Text,    ///< compresses; stored as tar+gzip, bytes is the size before
    };
    Content content = Content::Random;
    qint64 bytes = 0;
};

struct StoredBlob
{
    QString digest;
    qint64 size = 0;
};

/// An image in an OCI layout on disk. Equal seeds and layers give equal bytes.
struct TestImage
{
    QString layout; ///< directory
    StoredBlob manifest;
    StoredBlob config;
    QList<StoredBlob> layers;

    /// Config and layers: what a first pull downloads from /blobs/.
    qint64 blobBytes() const;
    /// Manifest, config and layers.
    QStringList digests() const;
};

/// Writes the image to `directory`, which must not exist. nullopt when the disk or gzip failed.
std::optional<TestImage> makeImage(const QString& directory, const QList<LayerSpec>& layers, quint64 seed);

/// Puts the image into the registry on `port` as `name` ("library/app:1"), bytes unchanged.
Outcome pushImage(const TestImage& image, int port, const QString& name);

/// The reference for ctr.
QString referenceAt(int port, const QString& name);

} // namespace layerhold::test
