// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/fault_plan.h"
#include "support/unsynced_data.h"

#include <cstdint>
#include <memory>
#include <string>

namespace layerhold::test {

/// A SQLite VFS over unix-excl, registered under its own name while the object lives. Calls fail as the plan says
/// (mutating: write, truncate, sync, delete; with Counting::All also open and read), and what was not synced is
/// remembered so that it can be lost. A failed sync drops what it was to write, as Linux does.
///
/// The first sync of a new journal or WAL also syncs the directory, as the VFS of SQLite for Unix does. The files of
/// one object have to be in one directory. All connections must be
/// closed before the object goes.
class FaultVfs
{
public:
    FaultVfs(std::string name, FaultPlan& plan);
    ~FaultVfs();
    FaultVfs(const FaultVfs&) = delete;
    FaultVfs& operator=(const FaultVfs&) = delete;

    const std::string& name() const;

    /// Takes all files to what is on the disk. All connections must be closed. Connections that are closed while the
    /// power is on checkpoint first, so cut the power of the plan before closing them.
    void powerCut(Loss loss, std::uint64_t seed = 0);

    /// The state behind the C interface; public for the functions of that interface only.
    struct State;

private:
    std::unique_ptr<State> m_state;
};

} // namespace layerhold::test
