// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/error.h"

#include <cerrno>
#include <system_error>
#include <utility>

namespace layerhold {

namespace {

ErrorCode classify(int errnoValue)
{
    switch (errnoValue) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return ErrorCode::Full;
    case ENOENT:
        return ErrorCode::NotFound;
    case EACCES:
    case EPERM:
    case EROFS:
        return ErrorCode::Denied;
    case EEXIST:
        return ErrorCode::AlreadyExists;
    default:
        return ErrorCode::Internal;
    }
}

std::string_view advice(int errnoValue)
{
    switch (errnoValue) {
    case ENOSPC:
        return "; free some space or inodes on that file system";
    case EDQUOT:
        return "; free some space or raise the quota";
    case EFBIG:
        return "; raise the limit on file sizes";
    case EACCES:
    case EPERM:
        return "; check the owner and the permissions";
    case EROFS:
        return "; mount the file system writable";
    case EMFILE:
    case ENFILE:
        return "; raise the limit on open files";
    case EIO:
        return "; check the disk and the kernel log";
    default:
        return {};
    }
}

} // namespace

std::string_view toString(ErrorCode code)
{
    switch (code) {
    case ErrorCode::NotFound:
        return "not_found";
    case ErrorCode::AlreadyExists:
        return "already_exists";
    case ErrorCode::InvalidArgument:
        return "invalid_argument";
    case ErrorCode::FailedPrecondition:
        return "failed_precondition";
    case ErrorCode::OutOfRange:
        return "out_of_range";
    case ErrorCode::Locked:
        return "locked";
    case ErrorCode::Full:
        return "full";
    case ErrorCode::Expired:
        return "expired";
    case ErrorCode::Corrupted:
        return "corrupted";
    case ErrorCode::Invalidated:
        return "invalidated";
    case ErrorCode::Denied:
        return "denied";
    case ErrorCode::Unavailable:
        return "unavailable";
    case ErrorCode::Unsupported:
        return "unsupported";
    case ErrorCode::DataLoss:
        return "data_loss";
    case ErrorCode::Internal:
        break;
    }
    return "internal";
}

Error::Error(ErrorCode code, std::string message)
    : m_code(code)
    , m_text(std::move(message))
{}

void Error::addContext(std::string_view context)
{
    m_text.insert(0, std::string(context) + ": ");
}

Error systemError(int errnoValue, std::string_view what)
{
    std::string message(what);
    message += ": ";
    message += std::generic_category().message(errnoValue);
    message += advice(errnoValue);
    return {classify(errnoValue), std::move(message)};
}

} // namespace layerhold
