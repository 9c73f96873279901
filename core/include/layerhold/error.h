// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <string>
#include <string_view>

namespace layerhold {

/// The closed set of failure classes. One table in plugin/service maps each to a gRPC status, a CLI exit code and a
/// severity; nothing else may classify failures.
enum class ErrorCode
{
    NotFound,
    AlreadyExists,
    InvalidArgument,
    FailedPrecondition,
    OutOfRange,
    Locked, ///< held by somebody else right now; trying again later can help
    Full,   ///< no space, no quota, no inode
    Expired,
    Corrupted, ///< stored bytes or rows are not what was recorded
    Invalidated,
    Denied,
    Unavailable,
    Unsupported,
    DataLoss, ///< acknowledged bytes cannot be delivered
    Internal,
};

/// "not_found", "already_exists", … : the names used in JSON output and in the design.
std::string_view toString(ErrorCode code);

/// The one exception type of the library. The message says what failed, on what, and what to do; context is pushed on
/// the way up, at module edges only, and never rewrites the cause.
class Error : public std::exception
{
public:
    Error(ErrorCode code, std::string message);

    ErrorCode code() const { return m_code; }

    /// Context, outermost first, then the cause: "import of /x: cannot open /x/y: Permission denied".
    const char* what() const noexcept override { return m_text.c_str(); }

    /// Puts `context` in front of the message. Use in catch-rethrow: `catch (Error& e) { e.addContext(…); throw; }`.
    void addContext(std::string_view context);

private:
    ErrorCode m_code;
    std::string m_text;
};

/// An Error made from errno, which the caller captured before anything else could change it. ENOSPC, EDQUOT and
/// EFBIG become Full; ENOENT NotFound; EACCES, EPERM and EROFS Denied; EEXIST AlreadyExists; everything else Internal.
Error systemError(int errnoValue, std::string_view what);

/// The caller asked for the work to stop. Not an Error, so that no handler of errors can swallow it.
class Cancelled : public std::exception
{
public:
    const char* what() const noexcept override { return "cancelled"; }
};

} // namespace layerhold
