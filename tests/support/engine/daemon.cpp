// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "support/engine/daemon.h"

#include "support/engine/sockets.h"

#include <QDirIterator>

namespace layerhold::test {

namespace {

QDirIterator blobFiles(const QString& root)
{
    return QDirIterator(root + QStringLiteral("/blobs"), QDir::Files, QDirIterator::Subdirectories);
}

} // namespace

QString Daemon::program()
{
    return qEnvironmentVariable("LAYERHOLD_BINARY", QStringLiteral(LAYERHOLD_TEST_BINARY));
}

Daemon::Daemon(const QString& directory)
    : m_directory(directory)
    , m_process(program(), {}, directory + QStringLiteral("/layerhold.log"))
{
    m_process.setArguments({QStringLiteral("serve"), QStringLiteral("--root"), root(),
                            QStringLiteral("--content-socket"), contentSocket(), QStringLiteral("--api-socket"),
                            apiSocket()});
}

bool Daemon::start(milliseconds limit)
{
    if (!m_process.start())
        return false;
    eventually(limit, [this] {
        return !m_process.running() || (acceptsOnSocket(contentSocket()) && acceptsOnSocket(apiSocket()));
    });
    return m_process.running() && acceptsOnSocket(contentSocket());
}

Outcome Daemon::cli(const QStringList& arguments, milliseconds limit) const
{
    return run(program(), arguments + QStringList{QStringLiteral("--api-socket"), apiSocket()}, limit);
}

QString Daemon::addEngine(const QString& name, const QString& sharing, Outcome* outcome) const
{
    const QString socket = m_directory + QLatin1Char('/') + name + QStringLiteral(".sock");
    const Outcome added = cli({QStringLiteral("engine"), QStringLiteral("add"), name, QStringLiteral("--socket"),
                               socket, QStringLiteral("--sharing"), sharing});
    if (outcome)
        *outcome = added;
    const bool serving = added.ok() && eventually(seconds(10), [&socket] { return acceptsOnSocket(socket); });
    return serving ? socket : QString();
}

qint64 Daemon::blobBytesOnDisk() const
{
    qint64 bytes = 0;
    for (QDirIterator files = blobFiles(root()); files.hasNext();) {
        files.next();
        bytes += files.fileInfo().size();
    }
    return bytes;
}

qint64 Daemon::blobFilesOnDisk() const
{
    qint64 count = 0;
    for (QDirIterator files = blobFiles(root()); files.hasNext(); files.next())
        ++count;
    return count;
}

} // namespace layerhold::test
