// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace layerhold::test {

/// Looks for a text in all memory that this thread gives back by operator delete while this lives, which is replaced in
/// the whole program. One at a time in each thread; `text` outlives it.
class FreedMemory
{
public:
    explicit FreedMemory(std::string_view text);
    ~FreedMemory();
    FreedMemory(const FreedMemory&) = delete;
    FreedMemory& operator=(const FreedMemory&) = delete;

    /// Blocks that had the text.
    std::size_t finds() const;
};

} // namespace layerhold::test
