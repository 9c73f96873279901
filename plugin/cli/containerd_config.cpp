// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/containerd_config.h"

#include "cli/text_file.h"
#include "layerhold/error.h"

#include <fmt/format.h>
#include <fnmatch.h>
#include <glob.h>
#include <toml++/toml.h>

#include <algorithm>
#include <deque>
#include <set>

namespace layerhold::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view importMark = " # added by layerhold engine add";

toml::table parse(const std::string& text, const fs::path& file)
{
    try {
        return toml::parse(std::string_view(text), file.string());
    } catch (const toml::parse_error& e) {
        throw Error(ErrorCode::InvalidArgument,
                    fmt::format("{} is not valid TOML at line {}: {}; correct it and run this again", file.string(),
                                e.source().begin.line, e.description()));
    }
}

std::vector<std::string> strings(const toml::table& table, std::string_view key, const fs::path& file)
{
    const auto* node = table.get(key);
    if (!node)
        return {};
    const auto* array = node->as_array();
    const auto isString = [](const toml::node& element) { return element.is_string(); };
    if (!array || !std::all_of(array->begin(), array->end(), isString))
        throw Error(
            ErrorCode::InvalidArgument,
            fmt::format("{}: `{}` is not a list of strings; correct it and run this again", file.string(), key));
    std::vector<std::string> values;
    for (const auto& element : *array)
        values.push_back(**element.as_string());
    return values;
}

/// containerd takes an import for a pattern when it has a star in it, and a path relative to the importing file
/// otherwise.
bool isPattern(const std::string& import)
{
    return import.find('*') != std::string::npos;
}

std::vector<fs::path> matches(const fs::path& pattern)
{
    glob_t found{};
    std::vector<fs::path> files;
    if (::glob(pattern.c_str(), GLOB_PERIOD, nullptr, &found) == 0)
        files.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
    ::globfree(&found);
    return files;
}

std::vector<fs::path> resolve(const std::string& import, const fs::path& importing)
{
    if (!isPattern(import)) {
        const fs::path file = (importing.parent_path() / import).lexically_normal();
        if (!fs::exists(file))
            throw Error(ErrorCode::FailedPrecondition,
                        fmt::format("{} imports {}, which does not exist, and containerd does not start like that; "
                                    "remove the import or create the file",
                                    importing.string(), file.string()));
        return {file};
    }
    // A relative pattern is one from the importing file's folder in containerd 2, and from containerd's working
    // directory in containerd 1, which is / for a service.
    std::vector<fs::path> files = matches(importing.parent_path() / import);
    if (fs::path(import).is_relative())
        for (fs::path& file : matches(fs::path("/") / import))
            files.push_back(std::move(file));
    return files;
}

void collect(ContainerdConfig& config, const toml::table& table, const fs::path& file)
{
    if (const auto root = table["root"].value<std::string>(); root && !root->empty())
        config.root = *root;
    const auto disabled = strings(table, "disabled_plugins", file);
    if (std::find(disabled.begin(), disabled.end(), builtInContentPlugin) != disabled.end())
        config.builtInDisabledBy.push_back(file);
    const auto* proxies = table["proxy_plugins"].as_table();
    if (!proxies)
        return;
    for (const auto& [name, node] : *proxies) {
        const auto* proxy = node.as_table();
        if (!proxy)
            throw Error(ErrorCode::InvalidArgument,
                        fmt::format("{}: proxy_plugins.{} is not a table; correct it and run this again", file.string(),
                                    name.str()));
        config.proxies.push_back({std::string(name.str()), (*proxy)["type"].value_or(std::string()),
                                  (*proxy)["address"].value_or(std::string()), file});
    }
}

/// toml++ counts lines and code points from 1; texts are edited by byte.
std::size_t byteOffset(const std::string& text, toml::source_position position)
{
    std::size_t offset = 0;
    for (toml::source_index line = 1; line < position.line; ++line)
        offset = text.find('\n', offset) + 1;
    if (position.line == 1 && text.starts_with("\xEF\xBB\xBF"))
        offset += 3;
    for (toml::source_index column = 1; column < position.column; ++column)
        do
            ++offset;
        while (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U);
    return offset;
}

std::string lineEnd(const std::string& text)
{
    const auto end = text.find('\n');
    return end != std::string::npos && end > 0 && text[end - 1] == '\r' ? "\r\n" : "\n";
}

/// Puts a line in front of the line that begins at or after `offset`.
std::string insertLine(std::string text, std::size_t offset, const std::string& line)
{
    const std::string end = lineEnd(text);
    const auto next = text.find('\n', offset);
    if (next == std::string::npos)
        return text + (text.empty() ? "" : end) + line + end;
    return text.insert(next + 1, line + end);
}

enum class Edit
{
    Add,
    Remove
};

/// The safety net under every textual edit: the new text says what the old one said, with these imports.
void checkEdit(const toml::table& before, const std::string& after, const std::vector<std::string>& imports, Edit edit,
               const std::string& pattern)
{
    static const fs::path name = "the edited configuration";
    auto expected = before;
    auto actual = parse(after, name);
    const bool importsAreRight = strings(actual, "imports", name) == imports;
    for (auto* table : {&expected, &actual}) {
        table->erase("imports");
        if (before.empty())
            table->erase("version");
    }
    if (!importsAreRight || !(expected == actual))
        throw Error(ErrorCode::FailedPrecondition,
                    fmt::format("the imports of this containerd configuration cannot be edited safely; {} {} in its "
                                "`imports` by hand and run this again",
                                edit == Edit::Add ? "put" : "delete", tomlString(pattern)));
}

} // namespace

bool ContainerdConfig::reads(const fs::path& file) const
{
    return std::any_of(imports.begin(), imports.end(), [&](const std::string& import) {
        // A relative pattern is resolved against containerd's working directory, which nobody can tell.
        if (isPattern(import))
            return ::fnmatch(import.c_str(), file.c_str(), FNM_PATHNAME) == 0;
        return (mainFile.parent_path() / import).lexically_normal() == file ||
               (path.parent_path() / import).lexically_normal() == file;
    });
}

ContainerdConfig readContainerdConfig(const fs::path& path, WithoutMainFile withoutMainFile)
{
    ContainerdConfig config;
    config.path = fs::absolute(path).lexically_normal();
    config.mainFile = fs::weakly_canonical(config.path);
    config.text = readTextFile(config.mainFile);

    std::set<fs::path> seen{config.path};
    std::deque<fs::path> pending;
    const auto enqueue = [&](const toml::table& table, const fs::path& file) {
        for (const auto& import : strings(table, "imports", file))
            for (auto& imported : resolve(import, file))
                if (seen.insert(imported).second)
                    pending.push_back(imported);
    };
    if (config.text) {
        const auto main = parse(*config.text, config.path);
        config.hasSettings = !main.empty();
        config.version = main["version"].value_or<std::int64_t>(config.hasSettings ? 1 : 2);
        config.imports = strings(main, "imports", config.path);
        collect(config, main, config.path);
        enqueue(main, config.path);
    } else if (withoutMainFile == WithoutMainFile::DropIns) {
        for (auto& file : matches(config.path.parent_path() / "conf.d" / "*.toml"))
            pending.push_back(std::move(file));
    }
    for (; !pending.empty(); pending.pop_front()) {
        const auto text = readTextFile(pending.front());
        if (!text)
            continue; // removed since it was listed
        const auto table = parse(*text, pending.front());
        collect(config, table, pending.front());
        enqueue(table, fs::path(pending.front()));
    }
    return config;
}

std::string withImport(const std::string& text, const std::string& pattern)
{
    const auto table = parse(text, "the configuration");
    auto imports = strings(table, "imports", "the configuration");
    const std::string line = "imports = [" + tomlString(pattern) + "]" + std::string(importMark);

    std::string edited;
    if (const auto* array = table.get("imports")) {
        const auto bracket = byteOffset(text, array->source().begin);
        edited = text;
        edited.insert(bracket + 1, tomlString(pattern) + (imports.empty() ? "" : ", "));
    } else if (const auto* version = table.get("version")) {
        edited = insertLine(text, byteOffset(text, version->source().end), line);
    } else if (table.empty()) {
        const bool open = !text.empty() && text.back() != '\n';
        edited = text + (open ? lineEnd(text) : "") + "version = 2" + lineEnd(text) + line + lineEnd(text);
    } else {
        throw Error(ErrorCode::FailedPrecondition, "the configuration has no version");
    }
    imports.insert(imports.begin(), pattern);
    checkEdit(table, edited, imports, Edit::Add, pattern);
    return edited;
}

std::optional<std::string> withoutImport(const std::string& text, const std::string& pattern)
{
    const auto table = parse(text, "the configuration");
    auto imports = strings(table, "imports", "the configuration");
    const auto entry = std::find(imports.begin(), imports.end(), pattern);
    if (entry == imports.end())
        return std::nullopt;

    std::string edited = text;
    const std::string line = "imports = [" + tomlString(pattern) + "]" + std::string(importMark) + lineEnd(text);
    if (const auto whole = text.find(line); whole != std::string::npos && (whole == 0 || text[whole - 1] == '\n')) {
        edited.erase(whole, line.size());
    } else {
        const auto& array = *table["imports"].as_array();
        const auto& source = array[static_cast<std::size_t>(entry - imports.begin())].source();
        const auto begin = byteOffset(text, source.begin);
        auto end = byteOffset(text, source.end);
        if (text.compare(end, 2, ", ") == 0)
            end += 2;
        else if (text.compare(end, 1, ",") == 0)
            end += 1;
        edited.erase(begin, end - begin);
    }
    imports.erase(entry);
    checkEdit(table, edited, imports, Edit::Remove, pattern);
    return edited;
}

std::string tomlString(const std::string& value)
{
    std::string quoted = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\')
            quoted += '\\';
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            quoted += fmt::format("\\u{:04X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        else
            quoted += c;
    }
    return quoted + '"';
}

} // namespace layerhold::cli
