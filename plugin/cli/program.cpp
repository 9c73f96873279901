// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/program.h"

#include "cli/interrupt.h"
#include "cli/output/help_format.h"
#include "cli/output/text.h"
#include "cli/verbs/verbs.h"
#include "layerhold/error.h"
#include "service/error_mapping.h"
#include "service/version.h"

#include <fmt/format.h>

#include <signal.h>

#include <cstdio>
#include <memory>
#include <new>

namespace layerhold::cli {

namespace {

void reportFailure(std::string_view message)
{
    fmt::print(stderr, "layerhold: {}\n", neutralise(message));
}

/// CLI11 throws help and version as "errors" that succeed.
int reportParse(const CLI::App& app, const CLI::ParseError& error, int argc, const char* const* argv)
{
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success))
        return app.exit(error);
    const CLI::App* verb = &app;
    std::string command = app.get_name();
    int next = 1;
    for (; !verb->get_subcommands().empty(); ++next) {
        verb = verb->get_subcommands().front();
        command += " " + verb->get_name();
    }
    std::string message = error.what();
    if (verb->get_require_subcommand_min() > 0) {
        if (next >= argc)
            message = "a verb is missing";
        else
            message = fmt::format("there is no {} '{}'", argv[next][0] == '-' ? "flag" : "verb", argv[next]);
    }
    reportFailure(fmt::format("{}; {} --help tells more", message, command));
    return service::exit_code::Usage;
}

int runParsed(Context& context)
{
    const int code = context.run();
    context.output().flush();
    return code;
}

} // namespace

void defineProgram(CLI::App& app, Context& context)
{
    app.name("layerhold");
    app.formatter(std::make_shared<HelpFormat>());
    app.description("One content store for every container engine on a machine");
    app.set_version_flag("--version", std::string("layerhold ") + service::version);
    app.require_subcommand(1);
    app.footer("Exit codes: 0 done, 1 internal fault, 2 wrong usage, 3 not found, 4 busy or not running,\n"
               "5 not allowed, 6 no space, 7 damaged bytes, 8 not in this state, 130 interrupted.\n"
               "layerhold VERB --help tells more about a verb.");
    addServe(app, context);
    addStatus(app, context);
    addPull(app, context);
    addPush(app, context);
    addCopy(app, context);
    addResolve(app, context);
    addAccess(app, context);
    addLs(app, context);
    addImages(app, context);
    addInspect(app, context);
    addTags(app, context);
    addHistory(app, context);
    addTag(app, context);
    addUntag(app, context);
    addExport(app, context);
    addLoad(app, context);
    addWhy(app, context);
    addStats(app, context);
    addEvents(app, context);
    addExplain(app, context);
    addDoctor(app, context);
    addDebug(app, context);
    addVerify(app, context);
    addRepair(app, context);
    addGc(app, context);
    addPrune(app, context);
    addPolicy(app, context);
    addPlan(app, context);
    addApply(app, context);
    addUndo(app, context);
    addTrash(app, context);
    addPin(app, context);
    addDf(app, context);
    addEngine(app, context);
    addEntry(app, context);
    addLogin(app, context);
    addLogout(app, context);
    addRebuild(app, context);
    addCompact(app, context);
    addConfig(app, context);
    addCompletion(app, context);
    addVersion(app, context);
}

int runProgram(int argc, const char* const* argv)
{
    ::signal(SIGPIPE, SIG_IGN); // a closed pipe is an error of write, which Output knows
    Interrupt::blockSignals();
    try {
        Context context;
        CLI::App app;
        defineProgram(app, context);
        try {
            app.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            return reportParse(app, error, argc, argv);
        }
        return runParsed(context);
    } catch (const OutputClosed&) {
        return service::exit_code::Ok;
    } catch (const Cancelled&) {
        reportFailure("interrupted");
        return service::exit_code::Cancelled;
    } catch (const Error& error) {
        reportFailure(error.what());
        return service::exitCode(error.code());
    } catch (const std::bad_alloc&) {
        reportFailure("out of memory");
        return service::exitCode(ErrorCode::Full);
    } catch (const std::exception& error) {
        reportFailure(error.what());
        return service::exit_code::Internal;
    }
}

} // namespace layerhold::cli
