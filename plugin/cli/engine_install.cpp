// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/engine_install.h"

#include "cli/containerd_config.h"
#include "cli/text_file.h"
#include "layerhold/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <memory>
#include <sstream>

namespace layerhold::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view dropInMark =
    "# Written by `layerhold engine add`; `layerhold engine remove` takes it away.\n";
constexpr std::string_view mainMark =
    "# Made by `layerhold engine add`. What is not said here stays as containerd has it by default.\n";
constexpr std::string_view proxyName = "layerhold";

[[noreturn]] void refuse(const std::string& why)
{
    throw Error(ErrorCode::FailedPrecondition, why);
}

/// Where things are, for one configuration.
struct Places
{
    explicit Places(const ContainerdConfig& config)
        : folder(config.path.parent_path() / "conf.d")
        , backup(config.mainFile.string() + ".layerhold-backup")
        , ownPattern((folder / "layerhold-*.toml").string())
        , anyPattern((folder / "*.toml").string())
    {}

    fs::path dropIn(const std::string& engine) const { return folder / ("layerhold-" + engine + ".toml"); }

    fs::path folder;
    fs::path backup;
    std::string ownPattern; ///< does not switch on files of others that lie in conf.d unused
    std::string anyPattern; ///< what containerd 2 reads by default when there is no main file
};

void checkName(const std::string& engine)
{
    constexpr std::string_view first = "abcdefghijklmnopqrstuvwxyz0123456789";
    const std::string all = std::string(first) + "_.-";
    if (engine.empty() || engine.size() > 63 || first.find(engine[0]) == std::string_view::npos ||
        engine.find_first_not_of(all) != std::string::npos)
        throw Error(ErrorCode::InvalidArgument,
                    fmt::format("\"{}\" is not a name for an engine; use 1 to 63 of a-z, 0-9, '_', '.', '-', with a "
                                "letter or digit first",
                                engine));
}

struct Version
{
    int major = 0;
    int minor = 0;
};

/// "1.6.20~ds1" and "v2.0" are versions; nullopt for what does not begin with two numbers.
std::optional<Version> parseVersion(std::string_view text)
{
    if (text.starts_with('v'))
        text.remove_prefix(1);
    Version version;
    const char* const end = text.data() + text.size();
    const auto major = std::from_chars(text.data(), end, version.major);
    if (major.ec != std::errc() || major.ptr == end || *major.ptr != '.')
        return std::nullopt;
    const auto minor = std::from_chars(major.ptr + 1, end, version.minor);
    return minor.ec == std::errc() ? std::optional(version) : std::nullopt;
}

/// The major version; nullopt for an empty text.
std::optional<int> majorVersion(const std::string& text)
{
    if (text.empty())
        return std::nullopt;
    const auto version = parseVersion(text);
    if (!version)
        throw Error(ErrorCode::InvalidArgument,
                    fmt::format("\"{}\" is not a containerd version; write it like 1.6 or 2.0.3", text));
    if (version->major < 1 || (version->major == 1 && version->minor < 6))
        throw Error(ErrorCode::Unsupported,
                    fmt::format("containerd {} is too old for a content plugin of this kind; use 1.6 or newer", text));
    return version->major;
}

void checkPaths(const ContainerdConfig& config, const fs::path& socket)
{
    const auto isPlain = [](const std::string& text) {
        return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    };
    if (!socket.is_absolute() || !isPlain(socket))
        throw Error(
            ErrorCode::InvalidArgument,
            fmt::format("\"{}\" is not an absolute path of a socket; give one, without unix://", socket.string()));
    if (config.path.parent_path().string().find_first_of("*?[\\") != std::string::npos || !isPlain(config.path))
        throw Error(ErrorCode::InvalidArgument,
                    fmt::format("{} has a character in its folder that means a pattern to containerd; move the "
                                "configuration",
                                config.path.string()));
}

std::string dropInText(const ContainerdConfig& config, const fs::path& socket)
{
    // The version of the main file: in containerd 1.6 the last file read decides the version of all.
    return fmt::format("{}version = {}\n"
                       "disabled_plugins = [{}]\n"
                       "\n"
                       "[proxy_plugins.{}]\n"
                       "  type = \"content\"\n"
                       "  address = {}\n",
                       dropInMark, config.version, tomlString(builtInContentPlugin), proxyName, tomlString(socket));
}

std::string newMainText(const std::string& pattern)
{
    return fmt::format("{}version = 2\nimports = [{}]\n", mainMark, tomlString(pattern));
}

bool isOurs(const std::string& dropIn)
{
    return dropIn.starts_with(dropInMark);
}

/// The engine of a drop-in's name, when it is one.
std::optional<std::string> engineOf(const fs::path& file)
{
    constexpr std::string_view prefix = "layerhold-";
    const std::string stem = file.stem();
    if (file.extension() != ".toml" || !stem.starts_with(prefix))
        return std::nullopt;
    return stem.substr(prefix.size());
}

std::optional<std::string> otherEngine(const Places& places, const std::string& engine)
{
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(places.folder, ignored)) {
        auto name = engineOf(entry.path());
        if (name && *name != engine && isOurs(readTextFile(entry.path()).value_or("")))
            return name;
    }
    return std::nullopt;
}

std::string restartCommand(const ContainerdConfig& config)
{
    if (config.path == "/etc/containerd/config.toml")
        return "systemctl restart containerd";
    return fmt::format("restart the containerd that runs with --config {}", config.path.string());
}

fs::path storeDirectory(const ContainerdConfig& config)
{
    return config.root / builtInContentPlugin / "blobs";
}

bool isSameFile(const fs::path& one, const fs::path& other)
{
    return one == other || fs::weakly_canonical(one) == fs::weakly_canonical(other);
}

/// Another content plugin, or nobody's store at all, is a state that no drop-in of ours makes good.
void checkForeignSettings(const ContainerdConfig& config, const fs::path& dropIn)
{
    for (const auto& proxy : config.proxies) {
        if (isSameFile(proxy.file, dropIn))
            continue;
        if (proxy.isContent())
            refuse(fmt::format("{} already makes \"{}\" ({}) the content store of this containerd; remove that "
                               "proxy_plugins table first",
                               proxy.file.string(), proxy.name, proxy.address));
        if (proxy.name == proxyName)
            refuse(fmt::format("{} already has a proxy plugin named {} of type \"{}\"; rename it first",
                               proxy.file.string(), proxy.name, proxy.type));
    }
    for (const auto& file : config.builtInDisabledBy)
        if (!isSameFile(file, dropIn))
            refuse(
                fmt::format("{} disables {} although no content plugin replaces it, so this containerd has no content "
                            "store; take that entry out of disabled_plugins first",
                            file.string(), builtInContentPlugin));
}

/// What makes containerd read `dropIn`.
void planImport(EngineInstallPlan& plan, const ContainerdConfig& config, const Places& places, const fs::path& dropIn,
                std::optional<int> containerdMajor)
{
    if (!config.text) {
        const auto& pattern = containerdMajor.value_or(1) >= 2 ? places.anyPattern : places.ownPattern;
        plan.changes.push_back({FileAction::Create, config.mainFile, std::nullopt, newMainText(pattern),
                                "containerd has no configuration yet: one that imports " + pattern});
        return;
    }
    if (config.reads(dropIn))
        return;
    const auto backup = readTextFile(places.backup);
    if (backup != config.text)
        plan.changes.push_back({backup ? FileAction::Replace : FileAction::Create, places.backup, backup, *config.text,
                                "a copy of " + config.mainFile.string() + " as it was"});
    plan.changes.push_back({FileAction::Replace, config.mainFile, config.text,
                            withImport(*config.text, places.ownPattern), "imports " + places.ownPattern});
}

/// Takes back what planImport did, as far as it can be told.
void planImportRemoval(EngineInstallPlan& plan, const ContainerdConfig& config, const Places& places)
{
    if (!config.text)
        return;
    const auto& text = *config.text;
    if (text == newMainText(places.ownPattern) || text == newMainText(places.anyPattern)) {
        plan.changes.push_back({FileAction::Remove, config.mainFile, text, "", "made by `layerhold engine add`"});
        return;
    }
    const auto backup = readTextFile(places.backup);
    if (!backup) {
        if (text.starts_with(mainMark))
            plan.notes.push_back(
                fmt::format("{} was edited since `layerhold engine add` made it, and stays", config.mainFile.string()));
        return;
    }
    if (*backup != text) {
        if (withImport(*backup, places.ownPattern) == text)
            plan.changes.push_back({FileAction::Replace, config.mainFile, text, *backup, "as it was before"});
        else if (const auto edited = withoutImport(text, places.ownPattern))
            plan.changes.push_back({FileAction::Replace, config.mainFile, text, *edited,
                                    "no longer imports " + places.ownPattern + "; other edits stay"});
    }
    plan.changes.push_back({FileAction::Remove, places.backup, backup, "", "no longer needed"});
}

} // namespace

EngineInstallPlan planEngineInstall(const EngineInstallRequest& request)
{
    checkName(request.engine);
    const auto containerdMajor = majorVersion(request.containerdVersion);
    const auto config = readContainerdConfig(request.config, containerdMajor == 1 ? WithoutMainFile::Nothing
                                                                                  : WithoutMainFile::DropIns);
    checkPaths(config, request.socket);
    if (config.version < 2)
        refuse(
            fmt::format("{} is a version 1 configuration, in which the built-in store cannot be disabled alone; "
                        "convert it with `containerd config migrate` (containerd 1.7 or newer), or set `version = 2` "
                        "and use full plugin names",
                        config.path.string()));

    const Places places(config);
    const auto dropIn = places.dropIn(request.engine);
    if (const auto other = otherEngine(places, request.engine))
        refuse(fmt::format("this containerd already uses Layerhold as engine {0}; run `layerhold engine remove {0} "
                           "--containerd-config {1}` first",
                           *other, config.path.string()));
    const auto present = readTextFile(dropIn);
    if (present && !isOurs(*present))
        refuse(fmt::format("{} exists and was not written by Layerhold; move it away first", dropIn.string()));
    checkForeignSettings(config, dropIn);

    EngineInstallPlan plan;
    plan.storeDirectory = storeDirectory(config);
    // The import comes first: a pattern that matches nothing is harmless, and the drop-in is the one step that
    // switches.
    planImport(plan, config, places, dropIn, containerdMajor);
    const auto text = dropInText(config, request.socket);
    if (present != text)
        plan.changes.push_back({present ? FileAction::Replace : FileAction::Create, dropIn, present, text,
                                "disables containerd's own store and names " + request.socket.string()});
    if (plan.changes.empty())
        return plan;
    plan.restart = restartCommand(config);
    plan.notes.push_back(fmt::format(
        "Layerhold has to run before containerd starts; what is pulled before the restart is "
        "still written to {}, so run `layerhold engine import {} --containerd-config {}` once more after it",
        plan.storeDirectory.string(), request.engine, config.path.string()));
    return plan;
}

EngineInstallPlan planEngineRemoval(const std::string& engine, const fs::path& path)
{
    checkName(engine);
    const auto config = readContainerdConfig(path);
    const Places places(config);
    const auto dropIn = places.dropIn(engine);
    const auto present = readTextFile(dropIn);
    if (present && !isOurs(*present))
        refuse(fmt::format("{} was not written by Layerhold; remove it by hand", dropIn.string()));

    EngineInstallPlan plan;
    plan.storeDirectory = storeDirectory(config);
    if (present) {
        for (const auto& file : config.builtInDisabledBy)
            if (!isSameFile(file, dropIn))
                refuse(fmt::format("{} disables {} too, so containerd would be left without a content store; take that "
                                   "entry out of disabled_plugins first",
                                   file.string(), builtInContentPlugin));
        plan.changes.push_back(
            {FileAction::Remove, dropIn, present, "", "containerd goes back to its own content store"});
    }
    if (!otherEngine(places, engine))
        planImportRemoval(plan, config, places);
    if (!plan.changes.empty())
        plan.restart = restartCommand(config);
    return plan;
}

void applyEngineInstall(const EngineInstallPlan& plan)
{
    for (const auto& change : plan.changes)
        if (readTextFile(change.path) != change.before)
            refuse(fmt::format("{} changed meanwhile; run this again", change.path.string()));
    for (const auto& change : plan.changes) {
        if (change.action == FileAction::Remove)
            removeTextFile(change.path);
        else
            replaceTextFile(change.path, change.after);
    }
}

std::vector<std::string> describe(const EngineInstallPlan& plan)
{
    std::vector<std::string> lines;
    for (const auto& change : plan.changes) {
        const char* verb = change.action == FileAction::Create    ? "create"
                           : change.action == FileAction::Replace ? "change"
                                                                  : "remove";
        lines.push_back(fmt::format("{} {}: {}", verb, change.path.string(), change.reason));
    }
    if (plan.changes.empty())
        lines.emplace_back("nothing to change");
    for (const auto& note : plan.notes)
        lines.push_back("note: " + note);
    if (!plan.restart.empty())
        lines.push_back("then: " + plan.restart);
    return lines;
}

fs::path engineStoreDirectory(const fs::path& config)
{
    return storeDirectory(readContainerdConfig(config));
}

std::string installedContainerdVersion()
{
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen("containerd --version 2>/dev/null", "re"), ::pclose);
    if (!pipe)
        return {};
    char line[512] = {};
    if (!std::fgets(line, sizeof line, pipe.get()))
        return {};
    // "containerd github.com/containerd/containerd 1.6.20~ds1 1.6.20~ds1-1+deb12u3"
    std::istringstream words(line);
    for (std::string word; words >> word;)
        if (parseVersion(word))
            return word;
    return {};
}

} // namespace layerhold::cli
