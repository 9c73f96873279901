// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/containerd_checks.h"
#include "cli/context.h"
#include "cli/output/text.h"
#include "layerhold/error.h"
#include "service/error_mapping.h"

#include <layerhold/v1/health.grpc.pb.h>

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace layerhold::cli {

namespace {

constexpr const char* usualContainerdConfig = "/etc/containerd/config.toml";

v1::HealthCheck toMessage(const HealthCheck& check)
{
    v1::HealthCheck message;
    message.set_name(check.name);
    message.set_outcome(std::string(toString(check.outcome)));
    message.set_finding(check.finding);
    message.set_advice(check.advice);
    return message;
}

void addDaemonChecks(v1::DiagnoseResponse& checks, Context& context, const std::string& containerdConfig)
{
    service::Session session = context.connect();
    *checks.add_checks() =
        toMessage(session.isLocal() ? HealthCheck{"daemon", HealthCheck::Outcome::Warn, "No daemon runs on this cache.",
                                                  "Run layerhold serve, so that engines can use it."}
                                    : HealthCheck{"daemon", HealthCheck::Outcome::Ok, "It answers.", {}});
    const v1::DiagnoseResponse answer =
        session.client().call(&v1::Health::Stub::Diagnose, v1::DiagnoseRequest(), context.stop());
    for (const v1::HealthCheck& check : answer.checks())
        *checks.add_checks() = check;
    const v1::ListEnginesResponse engines =
        session.client().call(&v1::Layerhold::Stub::ListEngines, v1::ListEnginesRequest(), context.stop());
    std::vector<Engine> known;
    for (const v1::EngineState& state : engines.engines()) {
        Engine engine;
        engine.name = state.engine().name();
        engine.socket = state.engine().socket();
        known.push_back(std::move(engine));
    }
    const auto presence = containerdConfig.empty() ? ConfigIs::Optional : ConfigIs::Named;
    const std::string path = containerdConfig.empty() ? usualContainerdConfig : containerdConfig;
    for (const HealthCheck& check : checkContainerd(absolutePath(path), presence, known))
        *checks.add_checks() = toMessage(check);
}

void show(Output& output, const v1::DiagnoseResponse& checks)
{
    std::size_t width = 0;
    for (const v1::HealthCheck& check : checks.checks())
        width = std::max(width, displayWidth(neutralise(check.name())));
    for (const v1::HealthCheck& check : checks.checks()) {
        const std::string name = neutralise(check.name());
        output.line(fmt::format("{:<4}  {}{}  {}{}", check.outcome(), name,
                                std::string(width - displayWidth(name), ' '), neutralise(check.finding()),
                                check.advice().empty() ? "" : " " + neutralise(check.advice())));
    }
}

int run(Context& context, const std::string& containerdConfig)
{
    v1::DiagnoseResponse checks;
    try {
        addDaemonChecks(checks, context, containerdConfig);
    } catch (const Error& error) {
        // That it cannot be looked at is a finding, and often the one that was looked for.
        *checks.add_checks() = toMessage({"access", HealthCheck::Outcome::Fail, error.what(),
                                          "See to that first, then run layerhold doctor again."});
    }
    Output output = context.output();
    if (output.isJson())
        output.document(toJson(checks));
    else
        show(output, checks);
    const bool isAnyBad = std::any_of(checks.checks().begin(), checks.checks().end(),
                                      [](const v1::HealthCheck& check) { return check.outcome() == "fail"; });
    return isAnyBad ? service::exit_code::WrongState : service::exit_code::Ok;
}

} // namespace

void addDoctor(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("doctor", "Check everything, and say what to do about what is wrong");
    const auto containerdConfig = std::make_shared<std::string>();
    verb.add_option("--containerd-config", *containerdConfig,
                    "containerd's configuration file, when it is not " + std::string(usualContainerdConfig))
        ->type_name("FILE");
    context.addClientFlags(verb);
    verb.footer("One line for each check: ok, warn or fail. Exits with 8 when one fails.\n\n"
                "Example:\n  layerhold doctor || layerhold debug --export /tmp/layerhold.json");
    context.onRun(verb, [containerdConfig](Context& c) { return run(c, *containerdConfig); });
}

} // namespace layerhold::cli
