// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace layerhold::test {

/// A POSIX ustar archive in memory: owner root, time 0, names up to 100 bytes.
class TarWriter
{
public:
    void addDirectory(const QByteArray& name);
    void addFile(const QByteArray& name, const QByteArray& bytes, int mode);
    void addSymlink(const QByteArray& name, const QByteArray& target);
    /// The whole archive; the writer is empty afterwards.
    QByteArray finish();

private:
    void addHeader(const QByteArray& name, char type, qint64 size, int mode, const QByteArray& target);

    QByteArray m_bytes;
};

} // namespace layerhold::test
