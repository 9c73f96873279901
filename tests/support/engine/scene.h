// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/engine/containerd.h"
#include "support/engine/daemon.h"
#include "support/engine/image.h"
#include "support/engine/registry.h"

#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace layerhold::test {

/// Everything one integration test starts, in one temporary directory. When the running test has failed, the
/// destructor prints the ends of all logs. Members stop in reverse order of their creation.
class Scene
{
public:
    Scene();
    ~Scene();
    Scene(const Scene&) = delete;
    Scene& operator=(const Scene&) = delete;

    Daemon& addDaemon();
    Containerd& addContainerd(const QString& contentSocket);
    Registry& addRegistry();
    /// A new empty directory.
    QString makeDirectory(const QString& name);

private:
    QTemporaryDir m_directory;
    int m_count = 0;
    std::vector<Process*> m_processes;
    std::unique_ptr<Registry> m_registry;
    std::unique_ptr<Daemon> m_daemon;
    std::vector<std::unique_ptr<Containerd>> m_containerds;
};

} // namespace layerhold::test
