// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace layerhold::cli {

/// Every setting there is, by its key: in the file `key = value`, in the environment LAYERHOLD_<KEY>.
enum class Key
{
    Root,
    ApiSocket,
    ApiGroup,
    ContentGroup,
    LogLevel,
    LogFormat,
    EventsKept,
    TagHistory,
    TagTtl,
    MaxFollowers,
    MaxWorkers,
    StopTimeout,
    LogCaller,
    LogPerformance,
    LogOperations,
    MetricsListen,
    ScrubRate,
    InsecureRegistries,
    TrustedRegistries,
    CredentialsFile,
    BackgroundProofs,
    ProofLifetime,
    OfflineGrace,
};

enum class SettingType
{
    Text,
    Path,   ///< absolute
    Choice, ///< one of the choices
    Count,  ///< an integer from `least` to `most`
};

/// The declaration of a setting; the only place where its name, type, default and meaning are written.
struct SettingSpec
{
    Key key;
    const char* name;
    SettingType type;
    std::string defaultValue;
    const char* sentence;
    std::vector<std::string> choices = {};
    std::int64_t least = 0;
    std::int64_t most = 0;
};

/// Where values come from; injected so that tests own it.
struct SettingsEnvironment
{
    /// nullopt when the variable is not set; set but empty counts as not set for XDG variables.
    std::function<std::optional<std::string>(const std::string& name)> variable;
    bool isRoot = false;
    /// The daemon goes by the directories that systemd made for it (CONFIGURATION_, STATE_ and RUNTIME_DIRECTORY). A
    /// client does not: those it sees are of the service that runs it.
    bool isDaemon = false;

    static SettingsEnvironment ofProcess();
};

/// The table; defaults depend on who runs the program.
std::vector<SettingSpec> settingSpecs(const SettingsEnvironment& environment);

/// The value of each setting and where it is from: default, then file, then environment, then flag; the last wins.
class Settings
{
public:
    struct Value
    {
        std::string text;
        std::string origin; ///< "default", "FILE:LINE", "environment LAYERHOLD_…", "flag --…"
    };

    /// Reads the configuration file and the environment. `file` names a file that must exist; without it
    /// defaultConfigFile is read when it is there.
    /// InvalidArgument with file:line:column for bad TOML, unknown keys, wrong types and bad values.
    static Settings load(const std::optional<std::filesystem::path>& file, const SettingsEnvironment& environment);

    /// What a command-line flag says. InvalidArgument for a bad value.
    void setFromFlag(Key key, const std::string& text, const std::string& flag);

    /// The usual API socket belongs to the usual root; another root has its own, so that two daemons do not collide.
    /// Call it once everything is set.
    void placeApiSocket();

    const std::string& text(Key key) const { return value(key).text; }

    std::uint64_t number(Key key) const;

    /// Of a text with commas between.
    std::vector<std::string> list(Key key) const;

    /// Of a choice between on and off.
    bool isOn(Key key) const { return text(key) == "on"; }

    const Value& value(Key key) const { return m_values.at(key); }

    /// True when the environment or a flag set it: somebody means it for this very run.
    bool isExplicit(Key key) const;

    const std::vector<SettingSpec>& specs() const { return m_specs; }

    /// The file that was read; nullopt when there is none.
    const std::optional<std::filesystem::path>& file() const { return m_file; }

private:
    const SettingSpec& spec(Key key) const;
    void readFile(const std::filesystem::path& file);
    void readEnvironment(const SettingsEnvironment& environment);

    std::vector<SettingSpec> m_specs;
    std::map<Key, Value> m_values;
    std::optional<std::filesystem::path> m_file;
};

/// Where the file is looked for when none is named: in $CONFIGURATION_DIRECTORY (daemon), /etc/layerhold (root) or
/// $XDG_CONFIG_HOME/layerhold.
std::filesystem::path defaultConfigFile(const SettingsEnvironment& environment);

/// A configuration file with every setting, its meaning and its default, all commented out.
std::string defaultConfigText(const std::vector<SettingSpec>& specs);

} // namespace layerhold::cli
