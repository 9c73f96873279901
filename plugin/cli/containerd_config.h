// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace layerhold::cli {

/// The plugin that `disabled_plugins` has to name to switch containerd's own blob store off.
inline constexpr const char* builtInContentPlugin = "io.containerd.content.v1.content";

/// A `[proxy_plugins.NAME]` table, and the file it stands in.
struct ProxyPlugin
{
    std::string name;
    std::string type;
    std::string address;
    std::filesystem::path file;

    bool isContent() const { return type == "content" || type == "io.containerd.content.v1"; }
};

/// What of a containerd configuration matters to a content plugin, collected over the main file and all it imports, in
/// the way containerd merges them: arrays are appended, proxy plugins are merged by name, later files win.
struct ContainerdConfig
{
    std::filesystem::path path;      ///< as given, made absolute
    std::filesystem::path mainFile;  ///< the file behind it, symbolic links followed
    std::optional<std::string> text; ///< of the main file; nullopt when it is absent
    bool hasSettings = false;        ///< the main file sets anything
    std::int64_t version = 2;        ///< of the main file: 1 when it has settings but no version
    std::filesystem::path root = "/var/lib/containerd";
    std::vector<std::string> imports;                     ///< of the main file, as written
    std::vector<std::filesystem::path> builtInDisabledBy; ///< files that disable the built-in store
    std::vector<ProxyPlugin> proxies;

    /// Whether an import of the main file makes containerd read `file`.
    bool reads(const std::filesystem::path& file) const;
};

/// What a containerd reads that has no main file: containerd 2 the files of conf.d, containerd 1 nothing.
enum class WithoutMainFile
{
    DropIns,
    Nothing
};

/// Errors: InvalidArgument (not TOML, or a key of the wrong type), FailedPrecondition (an import that is absent, with
/// which containerd does not start either), Denied.
ContainerdConfig readContainerdConfig(const std::filesystem::path& path,
                                      WithoutMainFile withoutMainFile = WithoutMainFile::DropIns);

/// `text` with one more entry in its `imports`, everything else byte for byte as it was. A text without settings also
/// gets `version = 2`. The result is parsed again: FailedPrecondition, with the entry to put there by hand, when it
/// would say anything else than that.
std::string withImport(const std::string& text, const std::string& pattern);

/// The reverse of withImport in a text that may have been edited since; nullopt when the entry is not there.
std::optional<std::string> withoutImport(const std::string& text, const std::string& pattern);

/// A TOML basic string, quotes included.
std::string tomlString(const std::string& value);

} // namespace layerhold::cli
