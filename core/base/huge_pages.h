// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <new>
#include <vector>

namespace layerhold {

/// As vector::reserve, for many MiB that are about to be filled in one go: asks the kernel for huge pages
/// (madvise(2), MADV_HUGEPAGE), because the first touch of every 4 KiB otherwise costs as much as filling them. A hint:
/// `count` may be far too high, and where there is no room for it nothing is reserved.
template <typename T>
void reserveHuge(std::vector<T>& vector, std::size_t count)
{
    try {
        vector.reserve(count);
    } catch (const std::bad_alloc&) {
        return; // address space is scarce; it grows as it is filled
    }
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto begin = (reinterpret_cast<std::uintptr_t>(vector.data()) + page - 1) / page * page;
    const auto end = reinterpret_cast<std::uintptr_t>(vector.data() + vector.capacity()) / page * page;
    if (begin < end)
        ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
}

} // namespace layerhold
