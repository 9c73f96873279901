// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "freed_memory.h"

#include <malloc.h>

#include <cstdlib>
#include <cstring>
#include <new>

namespace layerhold::test {

namespace {

struct Watch
{
    const char* text = nullptr;
    std::size_t size = 0;
    std::size_t finds = 0;
};

thread_local Watch watch;

void* take(std::size_t size) noexcept
{
    return std::malloc(size == 0 ? 1 : size);
}

void* require(std::size_t size)
{
    if (void* const block = take(size))
        return block;
    throw std::bad_alloc();
}

void giveBack(void* block) noexcept
{
    if (block && watch.text && ::memmem(block, ::malloc_usable_size(block), watch.text, watch.size))
        ++watch.finds;
    std::free(block);
}

} // namespace

FreedMemory::FreedMemory(std::string_view text)
{
    watch = {text.data(), text.size(), 0};
}

FreedMemory::~FreedMemory()
{
    watch = {};
}

std::size_t FreedMemory::finds() const
{
    return watch.finds;
}

} // namespace layerhold::test

using layerhold::test::giveBack;
using layerhold::test::require;
using layerhold::test::take;

// All of them: the sanitizers find it wrong when one is theirs and its counterpart ours.
void* operator new(std::size_t size)
{
    return require(size);
}

void* operator new[](std::size_t size)
{
    return require(size);
}

void* operator new(std::size_t size, const std::nothrow_t&) noexcept
{
    return take(size);
}

void* operator new[](std::size_t size, const std::nothrow_t&) noexcept
{
    return take(size);
}

void operator delete(void* block) noexcept
{
    giveBack(block);
}

void operator delete[](void* block) noexcept
{
    giveBack(block);
}

void operator delete(void* block, std::size_t) noexcept
{
    giveBack(block);
}

void operator delete[](void* block, std::size_t) noexcept
{
    giveBack(block);
}

void operator delete(void* block, const std::nothrow_t&) noexcept
{
    giveBack(block);
}

void operator delete[](void* block, const std::nothrow_t&) noexcept
{
    giveBack(block);
}
