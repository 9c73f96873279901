// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
// The calls about engines and what goes in and out for them.

#include "service/api/api_service.h"

#include "service/api/call.h"
#include "service/api/messages.h"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>

namespace layerhold::service {

namespace {

/// nullopt when it is left open.
std::optional<Sharing> requireSharing(const std::string& text)
{
    const std::optional<Sharing> sharing = parseSharing(text);
    if (sharing || text.empty())
        return sharing;
    throw Error(ErrorCode::InvalidArgument, "unknown sharing '" + text + "': use verified, open or isolated");
}

std::filesystem::path requireAbsolute(const std::string& directory)
{
    std::filesystem::path path(directory);
    if (!path.is_absolute())
        throw Error(ErrorCode::InvalidArgument, "the directory '" + directory + "' is not an absolute path");
    return path;
}

/// A directory to read from.
std::filesystem::path requireDirectory(const std::string& directory)
{
    std::filesystem::path path = requireAbsolute(directory);
    std::error_code failure;
    if (std::filesystem::is_directory(path, failure))
        return path;
    if (failure && failure != std::errc::no_such_file_or_directory && failure != std::errc::not_a_directory)
        throw systemError(failure.value(), "cannot look at the directory " + path.string());
    throw Error(ErrorCode::NotFound, "there is no directory " + path.string());
}

/// The client means the directory it sees; under the same name this process may see another one, or none.
void requireSame(const std::filesystem::path& directory, const v1::DirectoryIdentity& seen)
{
    struct stat status
    {};

    if (::stat(directory.c_str(), &status) != 0) {
        if (const int error = errno; error != ENOENT && error != ENOTDIR)
            throw systemError(error, "cannot look at the directory " + directory.string());
    } else if (status.st_dev == seen.device() && status.st_ino == seen.inode()) {
        return;
    }
    throw Error(ErrorCode::FailedPrecondition,
                "the daemon sees another directory under the name " + directory.string() +
                    ", or none, as a service does that has its own /tmp; name a directory that is the same for both");
}

/// What is not allowed is not allowed to the daemon; its client may be allowed more, and wonder.
template <typename Function>
auto explainingDenial(const std::filesystem::path& directory, const Function& function)
{
    try {
        return function();
    } catch (Error& error) {
        if (error.code() == ErrorCode::Denied)
            error.addContext("export to " + directory.string() +
                             " (a daemon that is a service writes only to what its unit names in ReadWritePaths=)");
        throw;
    }
}

void finish(CallStop& call, grpc::ServerWriter<v1::TransferProgress>& writer, const ImportReport& report)
{
    v1::TransferProgress last;
    *last.mutable_report() = messages::from(report);
    send(call, writer, last);
}

} // namespace

grpc::Status ApiService::ListEngines(grpc::ServerContext* context, const v1::ListEnginesRequest*,
                                     v1::ListEnginesResponse* response)
{
    return answer(*context, [&] {
        for (const EngineState& state : m_engines.states())
            *response->add_engines() = messages::from(state);
    });
}

grpc::Status ApiService::AddEngine(grpc::ServerContext* context, const v1::AddEngineRequest* request,
                                   v1::AddEngineResponse* response)
{
    return answer(*context, [&] {
        EngineState state = m_engines.add(request->name(), request->socket(), requireSharing(request->sharing()));
        if (request->has_containerd_address())
            state = m_engines.setAddress(request->name(), request->containerd_address());
        *response->mutable_engine() = messages::from(state);
    });
}

grpc::Status ApiService::RemoveEngine(grpc::ServerContext* context, const v1::RemoveEngineRequest* request,
                                      v1::RemoveEngineResponse*)
{
    return answer(*context,
                  [&] { m_engines.remove(request->name(), request->force() ? Removal::Always : Removal::WhenUnused); });
}

grpc::Status ApiService::ImportBlobs(grpc::ServerContext* context, const v1::ImportBlobsRequest* request,
                                     grpc::ServerWriter<v1::TransferProgress>* writer)
{
    return answer(*context, [&] {
        runLong(*context, m_stop, [&](CallStop& call) {
            if (request->has_seen())
                requireSame(requireAbsolute(request->directory()), request->seen());
            const ImportReport report = m_cache.importBlobs(request->engine(), requireDirectory(request->directory()),
                                                            progressTo(call, *writer), call.token());
            finish(call, *writer, report);
        });
    });
}

grpc::Status ApiService::ExportBlobs(grpc::ServerContext* context, const v1::ExportBlobsRequest* request,
                                     grpc::ServerWriter<v1::TransferProgress>* writer)
{
    return answer(*context, [&] {
        runLong(*context, m_stop, [&](CallStop& call) {
            const std::filesystem::path directory = requireAbsolute(request->directory());
            if (request->has_seen())
                requireSame(directory, request->seen());
            const ImportReport report = explainingDenial(directory, [&] {
                return m_cache.exportBlobs(request->engine(), directory, progressTo(call, *writer), call.token());
            });
            finish(call, *writer, report);
        });
    });
}

} // namespace layerhold::service
