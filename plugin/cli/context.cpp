// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/context.h"

namespace layerhold::cli {

namespace {

/// An empty path is a variable that was not set in somebody's script, and does not mean "the usual one".
std::string requireSome(const std::string& path)
{
    return path.empty() ? "the path is empty" : "";
}

} // namespace

std::filesystem::path absolutePath(const std::string& text)
{
    return std::filesystem::absolute(text).lexically_normal();
}

TagOptions tagOptions(const Settings& settings)
{
    TagOptions options;
    options.history = static_cast<std::int64_t>(settings.number(Key::TagHistory));
    options.ttl = std::chrono::seconds(settings.number(Key::TagTtl));
    return options;
}

AccessOptions accessOptions(const Settings& settings)
{
    AccessOptions options;
    options.proofLifetime = std::chrono::seconds(settings.number(Key::ProofLifetime));
    options.offlineGrace = std::chrono::seconds(settings.number(Key::OfflineGrace));
    return options;
}

void Context::onRun(CLI::App& verb, Action action)
{
    verb.callback([this, action = std::move(action)] { m_action = action; });
}

void Context::addConfigFlag(CLI::App& verb)
{
    verb.add_option("--config", m_flags.config, "Configuration file to read instead of the usual one")
        ->type_name("FILE")
        ->check(requireSome);
}

void Context::addClientFlags(CLI::App& verb)
{
    auto* root = verb.add_option("--root", m_flags.root,
                                 "Cache directory; its daemon is asked when one runs, else it is opened here");
    root->type_name("DIR")->check(requireSome);
    verb.add_option("--api-socket", m_flags.apiSocket, "API socket of the daemon to ask, instead of --root")
        ->type_name("SOCK")
        ->check(requireSome)
        ->excludes(root);
    addConfigFlag(verb);
    addJsonFlag(verb);
}

void Context::addJsonFlag(CLI::App& verb)
{
    verb.add_flag("--json", m_flags.json, "Print JSON for programs");
}

void Context::addServeFlags(CLI::App& verb)
{
    m_serve = &verb;
    verb.add_option("--root", m_flags.root, "Cache directory; made when it is absent")
        ->type_name("DIR")
        ->check(requireSome);
    verb.add_option("--api-socket", m_flags.apiSocket, "Socket to serve the API on")
        ->type_name("SOCK")
        ->check(requireSome);
    addConfigFlag(verb);
}

int Context::run()
{
    return m_action(*this);
}

Settings Context::loadSettings() const
{
    std::optional<std::filesystem::path> file;
    if (!m_flags.config.empty())
        file = absolutePath(m_flags.config);
    SettingsEnvironment environment = SettingsEnvironment::ofProcess();
    environment.isDaemon = m_serve && m_serve->parsed();
    Settings settings = Settings::load(file, environment);
    if (!m_flags.root.empty())
        settings.setFromFlag(Key::Root, absolutePath(m_flags.root), "--root");
    if (!m_flags.apiSocket.empty())
        settings.setFromFlag(Key::ApiSocket, absolutePath(m_flags.apiSocket), "--api-socket");
    settings.placeApiSocket();
    return settings;
}

const Settings& Context::settings()
{
    return m_settings ? *m_settings : reloadSettings();
}

const Settings& Context::reloadSettings()
{
    m_settings = loadSettings();
    return *m_settings;
}

std::stop_token Context::stop()
{
    if (!m_interrupt)
        m_interrupt.emplace();
    return m_interrupt->token();
}

service::Session Context::connect(service::SessionOptions::Absent absent, service::SessionOptions::Host host)
{
    stop(); // opening may take long: a second Ctrl-C ends it
    const Settings& values = settings();
    service::SessionOptions options;
    options.root = values.text(Key::Root);
    options.absent = absent;
    options.host = host;
    options.eventsKept = values.number(Key::EventsKept);
    options.tags = tagOptions(values);
    options.access = accessOptions(values);
    // A root that was named by flag goes before a socket that was not.
    if (!m_flags.apiSocket.empty() || (m_flags.root.empty() && values.isExplicit(Key::ApiSocket)))
        options.apiSocket = values.text(Key::ApiSocket);
    return service::Session::open(options);
}

} // namespace layerhold::cli
