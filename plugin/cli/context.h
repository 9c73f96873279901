// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/config/settings.h"
#include "cli/interrupt.h"
#include "cli/output/output.h"
#include "service/api/session.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

namespace layerhold::cli {

/// What the flags that verbs have in common were set to.
struct CommonFlags
{
    std::string root;
    std::string apiSocket;
    std::string config;
    bool json = false;
};

/// What a verb works with. A verb registers itself with its flags and an action; after parsing exactly one action runs.
class Context
{
public:
    /// Returns the exit code; failures are thrown.
    using Action = std::function<int(Context&)>;

    /// Makes `verb` run `action` when it is what was asked for.
    void onRun(CLI::App& verb, Action action);
    /// --root or --api-socket, --config and --json.
    void addClientFlags(CLI::App& verb);
    /// --json, of verbs that ask no daemon.
    void addJsonFlag(CLI::App& verb);
    /// --root, --api-socket and --config, as the daemon means them; what runs then is the daemon.
    void addServeFlags(CLI::App& verb);

    int run();

    const CommonFlags& flags() const { return m_flags; }

    /// Loaded at first use, with the flags on top.
    const Settings& settings();
    /// Reads the file and the environment again. When that throws, the old settings stay.
    const Settings& reloadSettings();
    service::Session connect(service::SessionOptions::Absent absent = service::SessionOptions::Absent::Fail,
                             service::SessionOptions::Host host = service::SessionOptions::Host::Any);

    Output output() const { return Output(m_flags.json ? Output::Format::ForPrograms : Output::Format::ForPeople); }

    /// Asked for when the user interrupts. From the first use on; a program that never uses it has its signals blocked.
    std::stop_token stop();

private:
    void addConfigFlag(CLI::App& verb);
    Settings loadSettings() const;

    CommonFlags m_flags;
    const CLI::App* m_serve = nullptr; ///< the verb with the daemon's flags
    std::optional<Settings> m_settings;
    std::optional<Interrupt> m_interrupt;
    Action m_action;
};

/// What the settings say of tags.
TagOptions tagOptions(const Settings& settings);
/// What they say of who may read what.
AccessOptions accessOptions(const Settings& settings);

/// A path from the command line, absolute.
std::filesystem::path absolutePath(const std::string& text);

} // namespace layerhold::cli
