// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace layerhold::test {

/// A file system of a few megabytes, mounted on a directory that is made for it. Needs root.
class SmallDisk
{
public:
    SmallDisk(QString directory, int mebibytes);
    ~SmallDisk();
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    bool isMounted() const { return m_mounted; }

    /// Leaves room for so many pages of 4 KiB, rounded down to what there is.
    void fill(int freePages = 0);
    /// Takes away what fill() put there.
    void release();
    /// False while a file is open for writing.
    bool setReadOnly(bool readOnly);

private:
    QString ballast() const { return m_directory + QStringLiteral("/ballast"); }

    QString m_directory;
    QString m_options;
    bool m_mounted = false;
};

} // namespace layerhold::test
