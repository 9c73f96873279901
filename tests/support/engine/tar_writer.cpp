// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "support/engine/tar_writer.h"

#include <utility>

namespace layerhold::test {

namespace {

constexpr qsizetype blockSize = 512;

void put(QByteArray& block, qsizetype at, const QByteArray& text)
{
    block.replace(at, text.size(), text);
}

QByteArray octal(qint64 value, int digits)
{
    return QByteArray::number(value, 8).rightJustified(digits, '0');
}

} // namespace

void TarWriter::addDirectory(const QByteArray& name)
{
    addHeader(name + '/', '5', 0, 0755, {});
}

void TarWriter::addSymlink(const QByteArray& name, const QByteArray& target)
{
    addHeader(name, '2', 0, 0777, target);
}

void TarWriter::addFile(const QByteArray& name, const QByteArray& bytes, int mode)
{
    addHeader(name, '0', bytes.size(), mode, {});
    m_bytes += bytes;
    m_bytes += QByteArray((blockSize - bytes.size() % blockSize) % blockSize, '\0');
}

void TarWriter::addHeader(const QByteArray& name, char type, qint64 size, int mode, const QByteArray& target)
{
    QByteArray block(blockSize, '\0');
    put(block, 0, name);
    put(block, 100, octal(mode, 7));
    put(block, 108, octal(0, 7));
    put(block, 116, octal(0, 7));
    put(block, 124, octal(size, 11));
    put(block, 136, octal(0, 11));
    put(block, 148, "        ");
    block[156] = type;
    put(block, 157, target);
    put(block, 257, "ustar");
    put(block, 263, "00");
    int sum = 0;
    for (const char byte : block)
        sum += static_cast<unsigned char>(byte);
    put(block, 148, octal(sum, 6));
    block[154] = '\0';
    m_bytes += block;
}

QByteArray TarWriter::finish()
{
    m_bytes += QByteArray(2 * blockSize, '\0');
    return std::exchange(m_bytes, {});
}

} // namespace layerhold::test
