// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/engine/process.h"

namespace layerhold::test {

/// A `layerhold serve` of its own: root, content socket of the engine "default" and API socket lie in `directory`.
class Daemon
{
public:
    explicit Daemon(const QString& directory);

    /// True when both sockets accept. Starting again after kill() or terminate() keeps root and sockets.
    bool start(milliseconds limit = seconds(30));

    Process& process() { return m_process; }

    QString root() const { return m_directory + QStringLiteral("/root"); }

    QString contentSocket() const { return m_directory + QStringLiteral("/content.sock"); }

    QString apiSocket() const { return m_directory + QStringLiteral("/api.sock"); }

    /// Runs `layerhold <arguments> --api-socket …`.
    Outcome cli(const QStringList& arguments, milliseconds limit = seconds(60)) const;
    /// Adds an engine and returns its content socket, which accepts; empty when that failed.
    QString addEngine(const QString& name, const QString& sharing, Outcome* outcome = nullptr) const;

    /// Bytes and number of the files under <root>/blobs.
    qint64 blobBytesOnDisk() const;
    qint64 blobFilesOnDisk() const;

    /// The binary under test.
    static QString program();

private:
    QString m_directory;
    Process m_process;
};

} // namespace layerhold::test
