// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

namespace layerhold::cli {

class Context;

/// Each adds its verb, with flags, help and action, to the program.
void addAccess(CLI::App& app, Context& context);
void addCopy(CLI::App& app, Context& context);
void addPull(CLI::App& app, Context& context);
void addPush(CLI::App& app, Context& context);
void addResolve(CLI::App& app, Context& context);
void addServe(CLI::App& app, Context& context);
void addStatus(CLI::App& app, Context& context);
void addLs(CLI::App& app, Context& context);
void addInspect(CLI::App& app, Context& context);
void addImages(CLI::App& app, Context& context);
void addTags(CLI::App& app, Context& context);
void addHistory(CLI::App& app, Context& context);
void addTag(CLI::App& app, Context& context);
void addExport(CLI::App& app, Context& context);
void addLoad(CLI::App& app, Context& context);
void addUntag(CLI::App& app, Context& context);
void addWhy(CLI::App& app, Context& context);
void addStats(CLI::App& app, Context& context);
void addEvents(CLI::App& app, Context& context);
void addVerify(CLI::App& app, Context& context);
void addGc(CLI::App& app, Context& context);
void addPolicy(CLI::App& app, Context& context);
void addPlan(CLI::App& app, Context& context);
void addApply(CLI::App& app, Context& context);
void addUndo(CLI::App& app, Context& context);
void addTrash(CLI::App& app, Context& context);
void addPrune(CLI::App& app, Context& context);
void addPin(CLI::App& app, Context& context); ///< and unpin, pins
void addDf(CLI::App& app, Context& context);
void addEngine(CLI::App& app, Context& context);
void addEntry(CLI::App& app, Context& context);
void addLogin(CLI::App& app, Context& context);
void addLogout(CLI::App& app, Context& context);
void addRebuild(CLI::App& app, Context& context);
void addConfig(CLI::App& app, Context& context);
void addCompact(CLI::App& app, Context& context);
void addCompletion(CLI::App& app, Context& context);
void addDebug(CLI::App& app, Context& context);
void addDoctor(CLI::App& app, Context& context);
void addExplain(CLI::App& app, Context& context);
void addRepair(CLI::App& app, Context& context);
void addVersion(CLI::App& app, Context& context);

} // namespace layerhold::cli
