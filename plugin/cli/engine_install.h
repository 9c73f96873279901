// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace layerhold::cli {

/// Making a containerd use Layerhold as its content store, and undoing that, by its configuration files alone: a
/// drop-in `<directory of the configuration>/conf.d/layerhold-<engine>.toml` that disables the built-in store and names
/// our socket, and an `imports` entry in the main file that makes containerd read it.
///
/// A plan is made first and changes nothing; it refuses, with an Error that says what to do, whatever would leave
/// containerd with no store or with two. Applying a plan writes one file after the other, each atomically and durably,
/// in an order in which containerd starts with one working store after every step. Planning again after a cut
/// continues where it stopped.
///
/// The steps around it belong to the caller:
///     add:     plan → add the engine → import the built-in store's blobs → apply → restart containerd
///     remove:  plan → export the engine's blobs → apply → restart containerd → remove the engine
/// Plain functions without state; no two threads may apply plans for the same configuration at once.

struct EngineInstallRequest
{
    std::string engine;            ///< name as of layerhold::Engine
    std::filesystem::path config;  ///< containerd's main configuration file; may be absent
    std::filesystem::path socket;  ///< absolute path of the engine's content socket
    std::string containerdVersion; ///< "1.6", "2.0.3"…; empty when it is not known
};

enum class FileAction
{
    Create,
    Replace,
    Remove,
};

/// One file to be written or removed.
struct FileChange
{
    FileAction action = FileAction::Create;
    std::filesystem::path path;
    std::optional<std::string> before; ///< content the plan was made for; nullopt: there was no file
    std::string after;                 ///< unused for Remove
    std::string reason;                ///< one sentence for people
};

struct EngineInstallPlan
{
    std::vector<FileChange> changes; ///< in the order of writing; empty when all is as it should be
    std::vector<std::string> notes;  ///< sentences for people: what to mind
    std::string restart;             ///< the command that makes the change effective; empty when there is none
    /// The `blobs` folder of the built-in store of this containerd: what to import from before, and export to.
    std::filesystem::path storeDirectory;
};

/// What `layerhold engine add` has to write. Errors: InvalidArgument (bad name, path or TOML), FailedPrecondition (a
/// version 1 file, another content plugin, the built-in store disabled by somebody else, a drop-in that is not ours, an
/// import that is missing), Unsupported (containerd before 1.6), Denied (unreadable).
EngineInstallPlan planEngineInstall(const EngineInstallRequest& request);

/// What `layerhold engine remove` has to write: the drop-in goes, then our `imports` entry; a main file that nobody
/// edited since gets its former bytes back. No changes when the engine is not installed in that configuration.
/// FailedPrecondition when containerd would be left without a store.
EngineInstallPlan planEngineRemoval(const std::string& engine, const std::filesystem::path& config);

/// Writes what the plan says. FailedPrecondition, before anything is written, when a file is no longer what the plan
/// was made for.
void applyEngineInstall(const EngineInstallPlan& plan);

/// The plan as lines for people, for `--dry-run` and for the report after it.
std::vector<std::string> describe(const EngineInstallPlan& plan);

/// `<root>/io.containerd.content.v1.content/blobs`, with the root of the configuration (containerd's default when the
/// file or the key is absent). The folder need not exist.
std::filesystem::path engineStoreDirectory(const std::filesystem::path& config);

/// What `containerd --version` says ("1.6.20~ds1"); empty when there is no containerd on PATH or it does not answer.
std::string installedContainerdVersion();

} // namespace layerhold::cli
