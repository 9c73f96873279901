// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/engine/process.h"

namespace layerhold::test {

/// A containerd of its own, without CRI: everything it writes lies in `directory`. Needs root. The destructor also
/// unmounts what was mounted below the directory.
class Containerd
{
public:
    /// `contentSocket` empty: containerd's built-in content store.
    Containerd(const QString& directory, const QString& contentSocket);
    ~Containerd();
    Containerd(const Containerd&) = delete;
    Containerd& operator=(const Containerd&) = delete;

    /// True when the API answers. The first start writes the configuration; starting again after terminate() keeps it,
    /// and the state.
    bool start();

    Process& process() { return m_process; }

    QString configPath() const { return m_directory + QStringLiteral("/config.toml"); }

    /// Where the built-in content store keeps its blobs.
    QString builtInBlobs() const
    {
        return m_directory + QStringLiteral("/root/io.containerd.content.v1.content/blobs");
    }

    QString address() const { return m_directory + QStringLiteral("/c.sock"); }

    Outcome ctr(const QStringList& arguments, milliseconds limit = seconds(120)) const;
    /// The command line of ctr against this containerd, for a Process.
    QStringList ctrArguments(const QStringList& arguments) const;

    Outcome pull(const QString& reference, milliseconds limit = seconds(180)) const;
    /// Removes the image and waits for the garbage collection.
    Outcome removeImage(const QString& reference) const;
    /// Runs `/bin/sh -c script` in a container of the image; out is what it printed.
    Outcome runShell(const QString& reference, const QString& containerId, const QString& script) const;
    /// Waits until containerd has a connection to its content store again: after an outage it dials anew with a
    /// back-off of up to 3 s, and reads fail until then. Leaves a small unreferenced blob behind.
    Outcome waitForContentStore() const;
    /// Digests containerd itself knows.
    QStringList knownDigests() const;

private:
    bool writeConfig() const;

    QString m_directory;
    QString m_contentSocket;
    Process m_process;
};

} // namespace layerhold::test
