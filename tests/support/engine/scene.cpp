// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "support/engine/scene.h"

#include <QDir>
#include <QTest>

#include <cstdio>

namespace layerhold::test {

Scene::Scene()
    : m_directory(QDir::tempPath() + QStringLiteral("/layerhold-XXXXXX"))
{}

Scene::~Scene()
{
    if (QTest::currentTestFailed())
        for (const Process* process : m_processes)
            std::fprintf(stderr, "---- end of %s\n%s\n", qPrintable(process->logPath()),
                         process->log().right(6000).constData());
    while (!m_containerds.empty())
        m_containerds.pop_back();
}

QString Scene::makeDirectory(const QString& name)
{
    const QString path = m_directory.filePath(name + QString::number(m_count++));
    QDir().mkpath(path);
    return path;
}

Daemon& Scene::addDaemon()
{
    m_daemon = std::make_unique<Daemon>(makeDirectory(QStringLiteral("lh")));
    m_processes.push_back(&m_daemon->process());
    return *m_daemon;
}

Containerd& Scene::addContainerd(const QString& contentSocket)
{
    m_containerds.push_back(std::make_unique<Containerd>(makeDirectory(QStringLiteral("ctd")), contentSocket));
    m_processes.push_back(&m_containerds.back()->process());
    return *m_containerds.back();
}

Registry& Scene::addRegistry()
{
    m_registry = std::make_unique<Registry>(makeDirectory(QStringLiteral("reg")));
    m_processes.push_back(&m_registry->process());
    return *m_registry;
}

} // namespace layerhold::test
