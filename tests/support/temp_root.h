// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <stdexcept>
#include <string>

namespace layerhold::test {

/// A fresh directory that is gone, with everything in it, when the object is.
class TempRoot
{
public:
    TempRoot()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "layerhold-test-XXXXXX").native();
        if (::mkdtemp(pattern.data()) == nullptr)
            throw std::runtime_error("cannot create a temporary directory");
        m_path = pattern;
    }

    ~TempRoot()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }

    TempRoot(const TempRoot&) = delete;
    TempRoot& operator=(const TempRoot&) = delete;

    const std::filesystem::path& path() const { return m_path; }

    std::filesystem::path operator/(const std::filesystem::path& name) const { return m_path / name; }

private:
    std::filesystem::path m_path;
};

/// Descriptors that this process has open: equal before and after means that nothing leaked.
inline std::size_t openDescriptors()
{
    // The iteration holds one itself.
    const auto entries = std::filesystem::directory_iterator("/proc/self/fd");
    return static_cast<std::size_t>(std::distance(begin(entries), end(entries))) - 1;
}

/// Of those, the ones of files below a folder, removed or not: what threads of the background open elsewhere is left
/// out.
inline std::size_t openDescriptorsUnder(const std::filesystem::path& folder)
{
    const std::string prefix = folder.string() + '/';
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code ignored; // closed meanwhile
        if (std::filesystem::read_symlink(entry.path(), ignored).string().starts_with(prefix))
            ++count;
    }
    return count;
}

} // namespace layerhold::test
