// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "support/engine/containerd.h"

#include <QDir>
#include <QFile>

#include <sys/mount.h>

namespace layerhold::test {

namespace {

/// Deepest first, so that nothing is busy because of something mounted below it.
void unmountBelow(const QString& directory)
{
    QFile mounts(QStringLiteral("/proc/self/mounts"));
    if (!mounts.open(QIODevice::ReadOnly))
        return;
    const QByteArray prefix = QFile::encodeName(QDir(directory).canonicalPath()) + '/';
    QList<QByteArray> points;
    for (const QByteArray& line : mounts.readAll().split('\n')) {
        const QList<QByteArray> fields = line.split(' ');
        if (fields.size() > 1 && fields[1].startsWith(prefix))
            points.prepend(fields[1]);
    }
    for (const QByteArray& point : points)
        ::umount2(point.constData(), MNT_DETACH);
}

} // namespace

Containerd::Containerd(const QString& directory, const QString& contentSocket)
    : m_directory(directory)
    , m_contentSocket(contentSocket)
    , m_process(QStringLiteral("containerd"), {QStringLiteral("--config"), directory + QStringLiteral("/config.toml")},
                directory + QStringLiteral("/containerd.log"))
{}

Containerd::~Containerd()
{
    if (m_process.running())
        m_process.terminate();
    unmountBelow(m_directory);
}

bool Containerd::writeConfig() const
{
    const QByteArray base = QFile::encodeName(m_directory);
    QByteArray text = "version = 2\nroot = \"" + base + "/root\"\nstate = \"" + base + "/state\"\n";
    text += "disabled_plugins = [\"io.containerd.grpc.v1.cri\"";
    if (!m_contentSocket.isEmpty())
        text += ", \"io.containerd.content.v1.content\"";
    text += "]\n[grpc]\n  address = \"" + QFile::encodeName(address()) + "\"\n[ttrpc]\n  address = \"" + base +
            "/t.sock\"\n[plugins.\"io.containerd.internal.v1.opt\"]\n  path = \"" + base + "/opt\"\n";
    if (!m_contentSocket.isEmpty())
        text += "[proxy_plugins.layerhold]\n  type = \"content\"\n  address = \"" + QFile::encodeName(m_contentSocket) +
                "\"\n";
    QFile file(configPath());
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

bool Containerd::start()
{
    if ((!QFile::exists(configPath()) && !writeConfig()) || !m_process.start())
        return false;
    return eventually(seconds(30),
                      [this] { return !m_process.running() || ctr({QStringLiteral("version")}, seconds(5)).ok(); }) &&
           m_process.running();
}

QStringList Containerd::ctrArguments(const QStringList& arguments) const
{
    return QStringList{QStringLiteral("--address"), address()} + arguments;
}

Outcome Containerd::ctr(const QStringList& arguments, milliseconds limit) const
{
    return run(QStringLiteral("ctr"), ctrArguments(arguments), limit);
}

Outcome Containerd::pull(const QString& reference, milliseconds limit) const
{
    return ctr({QStringLiteral("images"), QStringLiteral("pull"), QStringLiteral("--plain-http"), reference}, limit);
}

Outcome Containerd::removeImage(const QString& reference) const
{
    return ctr({QStringLiteral("images"), QStringLiteral("rm"), QStringLiteral("--sync"), reference});
}

Outcome Containerd::runShell(const QString& reference, const QString& containerId, const QString& script) const
{
    return ctr({QStringLiteral("run"), QStringLiteral("--rm"), reference, containerId, QStringLiteral("/bin/sh"),
                QStringLiteral("-c"), script});
}

Outcome Containerd::waitForContentStore() const
{
    // Opening a writer is the one call that is retried until it succeeds.
    static int number = 0;
    const QString name = QStringLiteral("probe-%1").arg(++number);
    return run(QStringLiteral("ctr"), ctrArguments({QStringLiteral("content"), QStringLiteral("ingest"), name}),
               seconds(30), name.toUtf8());
}

QStringList Containerd::knownDigests() const
{
    const Outcome listed = ctr({QStringLiteral("content"), QStringLiteral("ls"), QStringLiteral("-q")});
    return QString::fromUtf8(listed.out).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

} // namespace layerhold::test
