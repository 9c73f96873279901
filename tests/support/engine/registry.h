// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/engine/process.h"

#include <QList>
#include <QString>

#include <optional>

namespace layerhold::test {

/// One line of the registry's access log.
struct Access
{
    QByteArray method;
    QByteArray path;
    int status = 0;
    qint64 bytes = 0; ///< of the response body

    bool isBlobDownload() const { return method == "GET" && path.contains("/blobs/sha256:"); }

    bool isManifestDownload() const { return method == "GET" && path.contains("/manifests/"); }
};

/// Paths of PEM files.
struct ServerPair
{
    QString certificate;
    QString key;
};

/// A token service that the registry sends clients to.
struct TokenAuth
{
    QString realm; ///< its address
    QString service;
    QString issuer;
    QString rootCertificates; ///< a PEM file: of who may certify the keys that sign tokens
};

struct RegistrySetup
{
    std::optional<ServerPair> tls;   ///< nullopt: plain HTTP
    std::optional<QString> htpasswd; ///< a file of users with bcrypt hashes, who are let in by Basic
    std::optional<TokenAuth> token;  ///< Bearer; not together with `htpasswd`
};

/// docker-registry on a free port of 127.0.0.1, in a directory of its own.
class Registry
{
public:
    /// `directory` exists and is the registry's alone.
    explicit Registry(const QString& directory, RegistrySetup setup = {});

    bool start();

    int port() const { return m_port; }

    Process& process() { return m_process; }

    /// Everything since the last forget().
    QList<Access> accesses() const;
    void forget();
    /// Bytes of blob bodies sent since the last forget(), manifests not counted.
    qint64 blobBytes() const;
    /// Blobs asked for by GET since the last forget().
    int blobDownloads() const;

private:
    QByteArray config() const;

    QString m_directory;
    RegistrySetup m_setup;
    int m_port = 0;
    qsizetype m_forgotten = 0;
    Process m_process;
};

} // namespace layerhold::test
