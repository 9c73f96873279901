// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/engine.h"

#include "cli/context.h"
#include "cli/engine_install.h"
#include "cli/output/text.h"

#include <fmt/format.h>

#include <memory>

namespace layerhold::cli {

namespace {

struct Flags
{
    std::string name;
    std::string socket;
    std::string sharing; ///< empty: as it is, or what the daemon takes for a new engine
    std::optional<std::string> containerdAddress;
    std::string containerdConfig;
    std::string containerdVersion;
    bool noImport = false;
    bool force = false;
    bool dryRun = false;
};

struct Result
{
    std::optional<EngineInstallPlan> plan;
    v1::EngineState state;
    std::optional<v1::TransferReport> imported;
};

std::filesystem::path socketPath(Context& context, const Flags& flags)
{
    if (!flags.socket.empty())
        return absolutePath(flags.socket);
    return std::filesystem::path(context.settings().text(Key::ApiSocket)).parent_path() /
           ("content-" + flags.name + ".sock");
}

std::optional<EngineInstallPlan> makePlan(const Flags& flags, const std::filesystem::path& socket)
{
    if (flags.containerdConfig.empty())
        return std::nullopt;
    return planEngineInstall({.engine = flags.name,
                              .config = absolutePath(flags.containerdConfig),
                              .socket = socket,
                              .containerdVersion = flags.containerdVersion.empty() ? installedContainerdVersion()
                                                                                   : flags.containerdVersion});
}

Json json(const Result& result, const Flags& flags)
{
    Json document{{"dry_run", flags.dryRun},
                  {"engine", flags.dryRun ? Json() : toJson(result.state)},
                  {"imported", result.imported ? toJson(*result.imported) : Json()},
                  {"changes", Json::array()},
                  {"notes", Json::array()},
                  {"restart", result.plan ? result.plan->restart : ""}};
    if (result.plan) {
        for (const FileChange& change : result.plan->changes)
            document["changes"].push_back({{"path", change.path.string()}, {"reason", change.reason}});
        document["notes"] = result.plan->notes;
    }
    return document;
}

void show(Output& output, const Result& result, const Flags& flags)
{
    if (!flags.dryRun) {
        const v1::Engine& engine = result.state.engine();
        output.line(fmt::format("Engine {} ({}) is {} on {}.", neutralise(engine.name()), engine.sharing(),
                                result.state.serving() ? "served" : "added, but not served yet,",
                                neutralise(engine.socket())));
        if (!result.state.problem().empty())
            output.line(fmt::format("Not served, because: {}.", neutralise(result.state.problem())));
        if (result.state.has_link())
            output.line(fmt::format("Its images are looked up on {}.", neutralise(result.state.link().address())));
    }
    if (result.imported)
        output.lines(describe(*result.imported, Direction::Import));
    if (result.plan) {
        for (const std::string& line : describe(*result.plan))
            output.line(neutralise(line));
    }
}

constexpr const char* nothingWritten = "containerd's configuration is as it was";

/// A containerd that is restarted with a store that nobody serves finds no content, and its pulls wait for ever.
void requireServing(const v1::EngineState& state)
{
    if (!state.serving())
        throw Error(ErrorCode::FailedPrecondition,
                    fmt::format("engine {} is not served, because: {}; {}; mend that and run this again, or use "
                                "--force",
                                state.engine().name(), state.problem(), nothingWritten));
}

/// Blobs that did not come in are lost to containerd once its own store is disabled.
void requireComplete(const v1::TransferReport& report)
{
    if (report.failed() == 0)
        return;
    const int first = report.skipped_size() - static_cast<int>(report.failed());
    throw Error(ErrorCode::FailedPrecondition,
                fmt::format("{} of containerd's store could not be brought in (the first: {}); {}; mend that and run "
                            "this again, or use --force",
                            count(report.failed(), "blob"), report.skipped(first), nothingWritten));
}

void addEngine(Context& context, const Flags& flags, const std::filesystem::path& socket, Result& result)
{
    using Options = service::SessionOptions;
    const bool isSwitch = result.plan && !flags.force;
    service::Session session =
        context.connect(Options::Absent::Create, isSwitch ? Options::Host::Daemon : Options::Host::Any);
    v1::AddEngineRequest request;
    request.set_name(flags.name);
    request.set_socket(socket.string());
    request.set_sharing(flags.sharing);
    if (flags.containerdAddress)
        request.set_containerd_address(
            flags.containerdAddress->empty() ? std::string() : absolutePath(*flags.containerdAddress).string());
    result.state = session.client().call(&v1::Layerhold::Stub::AddEngine, request, context.stop()).engine();
    if (isSwitch)
        requireServing(result.state);
    if (result.plan && !flags.noImport && std::filesystem::exists(result.plan->storeDirectory)) {
        result.imported =
            transfer(session.client(), Direction::Import, flags.name, result.plan->storeDirectory, context.stop());
        if (isSwitch)
            requireComplete(*result.imported);
    }
    if (result.plan)
        applyEngineInstall(*result.plan);
}

int run(Context& context, const Flags& flags)
{
    Result result;
    const std::filesystem::path socket = socketPath(context, flags);
    result.plan = makePlan(flags, socket); // refuses before anything is changed
    if (!flags.dryRun)
        addEngine(context, flags, socket, result);
    Output output = context.output();
    if (output.isJson())
        output.document(json(result, flags));
    else
        show(output, result, flags);
    return 0;
}

} // namespace

void addEngineAdd(CLI::App& engine, Context& context)
{
    CLI::App& verb = *engine.add_subcommand("add", "Serve another containerd; a running daemon does so at once");
    const auto flags = std::make_shared<Flags>();
    verb.add_option("NAME", flags->name, "Name of the engine: lower-case letters, digits, '_', '.' and '-'")
        ->required();
    verb.add_option("--socket", flags->socket,
                    "Its content socket; content-NAME.sock beside the API socket unless stated")
        ->type_name("SOCK");
    verb.add_option("--sharing", flags->sharing,
                    "Which blobs of others it gets: verified (what it had itself once; a new engine's), open (all) or "
                    "isolated (none); changes that of a known engine")
        ->check(CLI::IsMember({"verified", "open", "isolated"}))
        ->type_name("MODE");
    verb.add_option("--containerd-address", flags->containerdAddress,
                    "Socket of that containerd's own API, to learn the names of its images; empty for none")
        ->type_name("SOCK");
    auto* config = verb.add_option("--containerd-config", flags->containerdConfig,
                                   "Also bring in that containerd's blobs and make it use Layerhold");
    config->type_name("FILE");
    verb.add_option("--containerd-version", flags->containerdVersion,
                    "With --containerd-config: version of that containerd, when `containerd --version` is not it")
        ->type_name("VERSION")
        ->needs(config);
    verb.add_flag("--no-import", flags->noImport,
                  "With --containerd-config: leave that containerd's blobs where they are")
        ->needs(config);
    verb.add_flag(
            "--force", flags->force,
            "With --containerd-config: change its configuration although the engine is not served, or blobs of it "
            "could not be brought in")
        ->needs(config);
    verb.add_flag("--dry-run", flags->dryRun, "With --containerd-config: change nothing; show what would be written")
        ->needs(config);
    context.addClientFlags(verb);
    verb.footer("Example:\n  layerhold engine add main --containerd-config /etc/containerd/config.toml");
    context.onRun(verb, [flags](Context& c) { return run(c, *flags); });
}

} // namespace layerhold::cli
