// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "support/engine/registry.h"

#include "support/engine/sockets.h"

#include <QFile>
#include <QRegularExpression>

namespace layerhold::test {

Registry::Registry(const QString& directory, RegistrySetup setup)
    : m_directory(directory)
    , m_setup(std::move(setup))
    , m_process(QStringLiteral("docker-registry"), {QStringLiteral("serve"), directory + QStringLiteral("/config.yml")},
                directory + QStringLiteral("/registry.log"))
{}

QByteArray Registry::config() const
{
    const auto quoted = [](const QString& text) { return '"' + text.toUtf8() + '"'; };
    QByteArray text = "version: 0.1\nlog:\n  level: warn\n  accesslog:\n    disabled: false\nstorage:\n  delete:\n"
                      "    enabled: true\n  filesystem:\n    rootdirectory: " +
                      QFile::encodeName(m_directory) + "/data\nhttp:\n  addr: 127.0.0.1:" + QByteArray::number(m_port) +
                      "\n";
    if (m_setup.tls)
        text += "  tls:\n    certificate: " + quoted(m_setup.tls->certificate) +
                "\n    key: " + quoted(m_setup.tls->key) + '\n';
    if (m_setup.htpasswd)
        text += "auth:\n  htpasswd:\n    realm: registry of the test\n    path: " + quoted(*m_setup.htpasswd) + '\n';
    if (m_setup.token)
        text += "auth:\n  token:\n    realm: " + quoted(m_setup.token->realm) +
                "\n    service: " + quoted(m_setup.token->service) + "\n    issuer: " + quoted(m_setup.token->issuer) +
                "\n    rootcertbundle: " + quoted(m_setup.token->rootCertificates) + '\n';
    return text;
}

bool Registry::start()
{
    // Somebody else may take the free port first: another one is tried then.
    for (int attempt = 0; attempt < 5; ++attempt) {
        m_port = freePort();
        QFile file(m_directory + QStringLiteral("/config.yml"));
        if (!file.open(QIODevice::WriteOnly))
            return false;
        file.write(config());
        file.close();
        if (!m_process.start())
            return false;
        const bool settled = eventually(seconds(15), [this] { return acceptsOnPort(m_port) || !m_process.running(); });
        if (settled && m_process.running())
            return true;
        m_process.kill();
    }
    return false;
}

QList<Access> Registry::accesses() const
{
    static const QRegularExpression line(
        QStringLiteral(R"re(^\S+ - \S+ \[[^\]]*\] "([A-Z]+) (\S+) HTTP/[\d.]+" (\d+) (\d+))re"));
    QList<Access> accesses;
    for (const QByteArray& text : m_process.log().mid(m_forgotten).split('\n')) {
        const auto match = line.match(QString::fromUtf8(text));
        if (match.hasMatch())
            accesses.append({match.captured(1).toUtf8(), match.captured(2).toUtf8(), match.captured(3).toInt(),
                             match.captured(4).toLongLong()});
    }
    return accesses;
}

void Registry::forget()
{
    m_forgotten = m_process.log().size();
}

qint64 Registry::blobBytes() const
{
    qint64 bytes = 0;
    for (const Access& access : accesses())
        if (access.isBlobDownload())
            bytes += access.bytes;
    return bytes;
}

int Registry::blobDownloads() const
{
    int count = 0;
    for (const Access& access : accesses())
        count += access.isBlobDownload() ? 1 : 0;
    return count;
}

} // namespace layerhold::test
