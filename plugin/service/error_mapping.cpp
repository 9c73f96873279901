// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/error_mapping.h"

#include <array>
#include <new>

namespace layerhold::service {

namespace {

struct Row
{
    ErrorCode code;
    grpc::StatusCode status;
    int exitCode;
};

/// The one table. Where several codes share a status, the first row is what the status is read back as.
constexpr std::array Table{
    Row{ErrorCode::NotFound, grpc::StatusCode::NOT_FOUND, exit_code::NotFound},
    Row{ErrorCode::AlreadyExists, grpc::StatusCode::ALREADY_EXISTS, exit_code::WrongState},
    Row{ErrorCode::InvalidArgument, grpc::StatusCode::INVALID_ARGUMENT, exit_code::Usage},
    Row{ErrorCode::FailedPrecondition, grpc::StatusCode::FAILED_PRECONDITION, exit_code::WrongState},
    Row{ErrorCode::Expired, grpc::StatusCode::FAILED_PRECONDITION, exit_code::WrongState},
    Row{ErrorCode::OutOfRange, grpc::StatusCode::OUT_OF_RANGE, exit_code::WrongState},
    Row{ErrorCode::Unavailable, grpc::StatusCode::UNAVAILABLE, exit_code::Busy},
    Row{ErrorCode::Locked, grpc::StatusCode::UNAVAILABLE, exit_code::Busy},
    Row{ErrorCode::Full, grpc::StatusCode::RESOURCE_EXHAUSTED, exit_code::Full},
    Row{ErrorCode::Invalidated, grpc::StatusCode::ABORTED, exit_code::WrongState},
    Row{ErrorCode::Denied, grpc::StatusCode::PERMISSION_DENIED, exit_code::Denied},
    Row{ErrorCode::Unsupported, grpc::StatusCode::UNIMPLEMENTED, exit_code::WrongState},
    Row{ErrorCode::DataLoss, grpc::StatusCode::DATA_LOSS, exit_code::Damaged},
    Row{ErrorCode::Corrupted, grpc::StatusCode::DATA_LOSS, exit_code::Damaged},
    Row{ErrorCode::Internal, grpc::StatusCode::INTERNAL, exit_code::Internal},
};

/// A status travels in a header: clients take 8 KiB of them, and what is not ASCII is written in three bytes for one.
constexpr std::size_t longestMessage = 2000;

std::string shortened(std::string message)
{
    if (message.size() > longestMessage)
        message.replace(longestMessage, std::string::npos, "…");
    return message;
}

const Row& rowOf(ErrorCode code)
{
    for (const Row& row : Table) {
        if (row.code == code)
            return row;
    }
    return Table.back();
}

} // namespace

grpc::StatusCode toGrpc(ErrorCode code)
{
    return rowOf(code).status;
}

std::optional<ErrorCode> errorCodeNamed(std::string_view name)
{
    for (const Row& row : Table) {
        if (toString(row.code) == name)
            return row.code;
    }
    return std::nullopt;
}

std::optional<ErrorCode> fromGrpc(grpc::StatusCode status)
{
    switch (status) {
    case grpc::StatusCode::OK:
    case grpc::StatusCode::CANCELLED:
        return std::nullopt;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
        return ErrorCode::Unavailable;
    case grpc::StatusCode::UNAUTHENTICATED:
        return ErrorCode::Denied;
    default:
        break;
    }
    for (const Row& row : Table) {
        if (row.status == status)
            return row.code;
    }
    return ErrorCode::Internal;
}

int exitCode(ErrorCode code)
{
    return rowOf(code).exitCode;
}

int exitCode(grpc::StatusCode status)
{
    if (status == grpc::StatusCode::CANCELLED)
        return exit_code::Cancelled;
    const std::optional<ErrorCode> code = fromGrpc(status);
    return code ? exitCode(*code) : exit_code::Ok;
}

grpc::Status toStatus(const Error& error)
{
    return grpc::Status(toGrpc(error.code()), shortened(error.what()));
}

grpc::Status currentExceptionToStatus()
{
    try {
        throw;
    } catch (const Error& error) {
        return toStatus(error);
    } catch (const Cancelled&) {
        return grpc::Status(grpc::StatusCode::CANCELLED, "cancelled");
    } catch (const std::bad_alloc&) {
        return grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "out of memory");
    } catch (const std::exception& exception) {
        return grpc::Status(grpc::StatusCode::INTERNAL, shortened(exception.what()));
    } catch (...) {
        return grpc::Status(grpc::StatusCode::INTERNAL, "an exception of unknown type");
    }
}

void throwStatus(const grpc::Status& status, std::optional<ErrorCode> named)
{
    if (status.error_code() == grpc::StatusCode::CANCELLED)
        throw Cancelled();
    const std::optional<ErrorCode> code = named ? named : fromGrpc(status.error_code());
    throw Error(code.value_or(ErrorCode::Internal), status.error_message());
}

} // namespace layerhold::service
