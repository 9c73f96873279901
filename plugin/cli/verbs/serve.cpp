// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/interrupt.h"
#include "layerhold/error.h"
#include "service/daemon/daemon.h"
#include "service/daemon/daemon_log.h"
#include "service/daemon/metrics_server.h"
#include "service/daemon/process.h"

#include <signal.h>

#include <memory>

namespace layerhold::cli {

namespace {

using service::DaemonLog;

void makeSocketDirectory(const std::string& socket)
{
    const std::filesystem::path directory = std::filesystem::path(socket).parent_path();
    std::error_code failure;
    // 0700 with the daemon's umask; a directory for more users is made by the administrator or systemd.
    std::filesystem::create_directories(directory, failure);
    if (failure)
        throw systemError(failure.value(), "cannot make the directory " + directory.string() + " for the API socket");
}

service::DaemonOptions daemonOptions(const Settings& settings, const std::string& contentSocket)
{
    service::DaemonOptions options;
    options.root = settings.text(Key::Root);
    options.apiSocket = settings.text(Key::ApiSocket);
    if (!contentSocket.empty())
        options.contentSocket = absolutePath(contentSocket).string();
    options.apiGroup = settings.text(Key::ApiGroup);
    options.contentGroup = settings.text(Key::ContentGroup);
    options.eventsKept = settings.number(Key::EventsKept);
    options.scrubRate = settings.number(Key::ScrubRate);
    options.metricsListen = settings.text(Key::MetricsListen);
    if (!options.metricsListen.empty())
        service::parseMetricsAddress(options.metricsListen); // a typing error is told before anything is opened
    options.tags = tagOptions(settings);
    options.access = accessOptions(settings);
    options.insecureRegistries = settings.list(Key::InsecureRegistries);
    options.trustedRegistries = settings.list(Key::TrustedRegistries);
    options.credentialsFile = settings.text(Key::CredentialsFile);
    options.hasBackgroundProofs = settings.isOn(Key::BackgroundProofs);
    options.maxFollowers = settings.number(Key::MaxFollowers);
    options.maxWorkers = settings.number(Key::MaxWorkers);
    options.stopTimeout = std::chrono::seconds(settings.number(Key::StopTimeout));
    options.inherited = service::InheritedSockets::take();
    return options;
}

service::LogSwitches switchesOf(const Settings& settings)
{
    return {.caller = settings.isOn(Key::LogCaller),
            .performance = settings.isOn(Key::LogPerformance),
            .operations = settings.isOn(Key::LogOperations)};
}

void blockHangup()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

/// nullptr when a signal came before the daemon was ready: making an index anew can take long.
std::unique_ptr<service::Daemon> start(service::DaemonOptions options, const DaemonLog& log)
{
    std::unique_ptr<service::Daemon> daemon;
    {
        const Interrupt interrupt; // afterwards the daemon takes the signals itself
        options.stop = interrupt.token();
        try {
            daemon = std::make_unique<service::Daemon>(options, log);
        } catch (const Cancelled&) {
            log.write(service::LogLevel::Info,
                      "stopped while the index was being made anew; the next start begins again");
            return nullptr;
        }
    }
    if (options.stop.stop_requested())
        return nullptr;
    return daemon;
}

int run(Context& context, const std::string& contentSocket)
{
    blockHangup();
    service::prepareProcess();
    const Settings& settings = context.settings();
    DaemonLog log(settings.text(Key::LogFormat) == "json" ? DaemonLog::Format::Json : DaemonLog::Format::Text,
                  parseLogLevel(settings.text(Key::LogLevel)).level, switchesOf(settings));
    service::DaemonOptions options = daemonOptions(settings, contentSocket);
    if (!options.inherited.api())
        makeSocketDirectory(options.apiSocket);
    const auto daemon = start(std::move(options), log);
    if (!daemon)
        return 0;
    daemon->run([&] {
        try {
            const Settings& now = context.reloadSettings();
            const std::string& level = now.text(Key::LogLevel);
            log.setLevel(parseLogLevel(level).level);
            log.setSwitches(switchesOf(now));
            log.write(service::LogLevel::Info, "log level is " + level);
        } catch (const Error& error) {
            log.write(service::LogLevel::Error, std::string("nothing is changed: ") + error.what());
        }
    });
    return 0;
}

} // namespace

void addServe(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("serve", "Run the daemon: serve the engines and the API until told to stop");
    const auto contentSocket = std::make_shared<std::string>();
    verb.add_option("--content-socket", *contentSocket,
                    "Also serve the engine 'default', which shares everything, on this socket")
        ->type_name("SOCK");
    context.addServeFlags(verb);
    verb.footer("SIGTERM and SIGINT stop it gracefully; SIGHUP makes it read the log settings again.\n\n"
                "Example:\n  layerhold serve --root /var/lib/layerhold --content-socket /run/layerhold/content.sock");
    context.onRun(verb, [contentSocket](Context& c) { return run(c, *contentSocket); });
}

} // namespace layerhold::cli
