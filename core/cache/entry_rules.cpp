// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/entry_rules.h"

#include "base/text.h"
#include "index/entries.h"
#include "layerhold/error.h"

#include <nlohmann/json.hpp>

#include <set>

namespace layerhold {

namespace {

constexpr std::size_t longestScope = 1024;
constexpr std::size_t longestName = 255;
constexpr std::size_t mostNames = 16;
/// With the longest names it fits a record of the checkpoint log.
constexpr std::size_t longestMetadata = 16U << 10U;

[[noreturn]] void refuse(std::string_view what, const std::string& value, std::string_view rule)
{
    throw Error(ErrorCode::InvalidArgument,
                "the " + std::string(what) + ' ' + text::quoted(value) + " is not usable; " + std::string(rule));
}

bool isComponent(std::string_view text)
{
    return !text.empty() && text != "." && text != ".." &&
           text.find_first_of(std::string_view("/\\\0", 3)) == std::string_view::npos;
}

} // namespace

void requireScopePath(const std::string& path)
{
    constexpr std::string_view rule = "take at most 1024 bytes, with parts between slashes that are not empty, '.' or "
                                      "'..', and have no backslash or NUL";
    if (path.size() > longestScope)
        refuse("scope", path, rule);
    std::string_view rest = path;
    for (bool isLast = false; !isLast;) {
        const std::size_t slash = rest.find('/');
        isLast = slash == std::string_view::npos;
        if (!isComponent(rest.substr(0, slash)))
            refuse("scope", path, rule);
        rest.remove_prefix(isLast ? rest.size() : slash + 1);
    }
}

void requireTreePath(const std::string& path)
{
    if (!path.empty())
        requireScopePath(path);
}

void requireEntryKey(const std::string& key)
{
    if (key.starts_with('_'))
        refuse("key", key, "keys that begin with '_' are reserved");
    if (key.empty() || key.size() > longestEntryKey || key.find("..") != std::string::npos ||
        key.find('\0') != std::string::npos)
        refuse("key", key, "take 1 to 1024 bytes without '..' and NUL");
}

void requireBlobCount(std::size_t count)
{
    if (count == 0 || count > mostNames)
        throw Error(ErrorCode::InvalidArgument,
                    "an entry has 1 to " + std::to_string(mostNames) + " blobs, not " + std::to_string(count));
}

void requireSources(const std::vector<EntrySource>& sources)
{
    requireBlobCount(sources.size());
    std::set<std::string> names;
    for (const EntrySource& source : sources) {
        if (!isComponent(source.name) || source.name.size() > longestName)
            refuse("name", source.name, "take 1 to 255 bytes without slash, backslash and NUL, and not '.' or '..'");
        if (!names.insert(source.name).second)
            refuse("name", source.name, "it is there twice");
        if (!source.read)
            refuse("name", source.name, "there is nothing to read its bytes from");
    }
}

void requireMetadata(const std::string& metadata)
{
    if (metadata.size() > longestMetadata)
        throw Error(ErrorCode::InvalidArgument, "the metadata has " + std::to_string(metadata.size()) +
                                                    " bytes, more than " + std::to_string(longestMetadata) +
                                                    "; put it into a blob of the entry");
    if (!metadata.empty() && !nlohmann::json::accept(metadata))
        refuse("metadata", metadata, "it has to be JSON");
}

} // namespace layerhold
