// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/config/settings.h"

#include "layerhold/access.h"
#include "layerhold/registry/registry_options.h"
#include "layerhold/tags.h"

#include <unistd.h>

#include <cstdlib>

namespace layerhold::cli {

namespace {

std::filesystem::path xdgDirectory(const SettingsEnvironment& environment, const char* name, const char* belowHome)
{
    // The XDG base directory specification: relative values are to be ignored.
    if (const std::optional<std::string> value = environment.variable(name); value && value->starts_with('/'))
        return *value;
    return std::filesystem::path(environment.variable("HOME").value_or("/")) / belowHome;
}

/// A directory that systemd made for the daemon; the first, when the unit names several.
std::optional<std::string> serviceDirectory(const SettingsEnvironment& environment, const char* name)
{
    if (!environment.isDaemon)
        return std::nullopt;
    const std::optional<std::string> value = environment.variable(name);
    if (!value || !value->starts_with('/'))
        return std::nullopt;
    return value->substr(0, value->find(':'));
}

std::string defaultRoot(const SettingsEnvironment& environment)
{
    if (const auto directory = serviceDirectory(environment, "STATE_DIRECTORY"))
        return *directory;
    if (environment.isRoot)
        return "/var/lib/layerhold";
    return xdgDirectory(environment, "XDG_DATA_HOME", ".local/share") / "layerhold";
}

std::string defaultApiSocket(const SettingsEnvironment& environment)
{
    if (const auto directory = serviceDirectory(environment, "RUNTIME_DIRECTORY"))
        return *directory + "/api.sock";
    if (environment.isRoot)
        return "/run/layerhold/api.sock";
    const std::optional<std::string> runtime = environment.variable("XDG_RUNTIME_DIR");
    if (runtime && runtime->starts_with('/'))
        return *runtime + "/layerhold/api.sock";
    return defaultRoot(environment) + "/api.sock";
}

std::string wellKnown()
{
    std::string list;
    for (const std::string& registry : registry::wellKnownRegistries())
        list += (list.empty() ? "" : ", ") + registry;
    return list;
}

} // namespace

SettingsEnvironment SettingsEnvironment::ofProcess()
{
    return {.variable = [](const std::string& name) -> std::optional<std::string> {
                const char* value = std::getenv(name.c_str());
                return value ? std::optional<std::string>(value) : std::nullopt;
            },
            .isRoot = ::geteuid() == 0};
}

std::vector<SettingSpec> settingSpecs(const SettingsEnvironment& environment)
{
    return {
        {Key::Root, "root", SettingType::Path, defaultRoot(environment),
         "The directory that holds the blobs and the index."},
        {Key::ApiSocket, "api_socket", SettingType::Path, defaultApiSocket(environment),
         "The socket of the daemon's own API, which this program and the desktop app use."},
        {Key::ApiGroup, "api_group", SettingType::Text, "",
         "The group whose members may use the API socket besides root and the daemon's user; empty for nobody else."},
        {Key::ContentGroup, "content_group", SettingType::Text, "",
         "The group whose members may use the engines' content sockets besides root and the daemon's user; empty for "
         "nobody else."},
        {Key::LogLevel,
         "log_level",
         SettingType::Choice,
         "info",
         "The least serious messages that the daemon logs; read again on SIGHUP.",
         {"debug", "info", "warning", "error"}},
        {Key::LogFormat,
         "log_format",
         SettingType::Choice,
         "text",
         "How the daemon writes its log to standard error: lines for people, or one JSON object per line.",
         {"text", "json"}},
        {Key::EventsKept,
         "events_kept",
         SettingType::Count,
         "100000",
         "How many events the cache keeps; older ones are forgotten.",
         {},
         1000,
         10'000'000},
        {Key::TagHistory,
         "tag_history",
         SettingType::Count,
         "10",
         "How many moves of each tag are remembered; 0 for none.",
         {},
         0,
         TagOptions::mostHistory},
        {Key::TagTtl,
         "tag_ttl",
         SettingType::Count,
         "300",
         "How many seconds after it was last checked a tag counts as fresh; 0 for ever.",
         {},
         0,
         TagOptions::longestTtl.count()},
        {Key::MaxFollowers,
         "max_followers",
         SettingType::Count,
         "64",
         "How many clients may follow the events at one time.",
         {},
         1,
         1024},
        {Key::MaxWorkers,
         "max_workers",
         SettingType::Count,
         "32",
         "How many threads of the daemon may wait for the disk at one time.",
         {},
         2,
         512},
        {Key::StopTimeout,
         "stop_timeout",
         SettingType::Count,
         "10",
         "How many seconds calls under way have to end when the daemon is told to stop.",
         {},
         1,
         600},
        {Key::LogCaller,
         "log_caller",
         SettingType::Choice,
         "off",
         "Whether log messages name the place in the source; read again on SIGHUP.",
         {"on", "off"}},
        {Key::LogPerformance,
         "log_performance",
         SettingType::Choice,
         "on",
         "Whether the daemon logs hit rate and counts every five minutes; read again on SIGHUP.",
         {"on", "off"}},
        {Key::LogOperations,
         "log_operations",
         SettingType::Choice,
         "off",
         "Whether the daemon logs each get, put and delete of an engine; read again on SIGHUP.",
         {"on", "off"}},
        {Key::MetricsListen, "metrics_listen", SettingType::Text, "",
         "Where Prometheus may ask for /metrics: the path of a unix socket, or a loopback address and a port such as "
         "127.0.0.1:9464; empty for nowhere."},
        {Key::ScrubRate,
         "scrub_rate",
         SettingType::Count,
         "4194304",
         "How many bytes per second the daemon hashes again in the background, of blobs that were not hashed for a "
         "week; 0 for none.",
         {},
         0,
         1'099'511'627'776},
        {Key::InsecureRegistries, "insecure_registries", SettingType::Text, "",
         "Registries that may be talked to without encryption, or with a certificate that nobody vouches for, such as "
         "registry.lan:5000; several with commas between. Those of this machine need not be named."},
        {Key::TrustedRegistries, "trusted_registries", SettingType::Text, wellKnown(),
         "Registries that are believed when they say that somebody may read what they have not sent here before; "
         "several with commas between. Of others, only those that have sent it once."},
        {Key::CredentialsFile, "credentials_file", SettingType::Text, "",
         "A file of logins, as docker login writes it, that the daemon shows registries when it works in the "
         "background; empty for none."},
        {Key::BackgroundProofs,
         "background_proofs",
         SettingType::Choice,
         "on",
         "Whether the daemon asks registries now and then what everybody may read, so that engines in the mode "
         "verified get it from here.",
         {"on", "off"}},
        {Key::ProofLifetime,
         "proof_lifetime",
         SettingType::Count,
         "900",
         "How many seconds it counts that a registry let somebody read something, before it is asked again.",
         {},
         1,
         AccessOptions::longestLifetime.count()},
        {Key::OfflineGrace,
         "offline_grace",
         SettingType::Count,
         "0",
         "How many seconds longer that counts while the registry cannot be reached; 0 for no longer.",
         {},
         0,
         AccessOptions::longestGrace.count()},
    };
}

std::filesystem::path defaultConfigFile(const SettingsEnvironment& environment)
{
    if (const auto directory = serviceDirectory(environment, "CONFIGURATION_DIRECTORY"))
        return *directory + "/config.toml";
    if (environment.isRoot)
        return "/etc/layerhold/config.toml";
    return xdgDirectory(environment, "XDG_CONFIG_HOME", ".config") / "layerhold" / "config.toml";
}

} // namespace layerhold::cli
