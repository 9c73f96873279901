// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/error.h"

#include <grpcpp/support/status.h>

#include <optional>
#include <string_view>

namespace layerhold::service {

/// What the `layerhold` program exits with. Scripts depend on the numbers: they never change.
///
///   exit  means                            error codes                                        gRPC status
///   0     done                             -                                                  OK
///   1     a fault of ours or the machine   internal                                           INTERNAL, UNKNOWN
///   2     the command line is wrong        invalid_argument                                   INVALID_ARGUMENT
///   3     there is no such thing           not_found                                          NOT_FOUND
///   4     busy or not running; try again   locked, unavailable                                UNAVAILABLE
///   5     not allowed                      denied                                             PERMISSION_DENIED
///   6     no space                         full                                               RESOURCE_EXHAUSTED
///   7     stored bytes are damaged         corrupted, data_loss                               DATA_LOSS
///   8     not in this state                already_exists, failed_precondition, out_of_range, as named;
///                                          expired, invalidated, unsupported                  see error_mapping.cpp
///   130   stopped by the user              cancelled (not an error)                           CANCELLED
///
/// A code that travels as a gRPC status keeps its exit code: exitCode(fromGrpc(toGrpc(c))) == exitCode(c).
namespace exit_code {
inline constexpr int Ok = 0;
inline constexpr int Internal = 1;
inline constexpr int Usage = 2;
inline constexpr int NotFound = 3;
inline constexpr int Busy = 4;
inline constexpr int Denied = 5;
inline constexpr int Full = 6;
inline constexpr int Damaged = 7;
inline constexpr int WrongState = 8;
inline constexpr int Cancelled = 130;
} // namespace exit_code

/// UNAVAILABLE is only for Locked and for being really down: containerd's clients retry it without end.
grpc::StatusCode toGrpc(ErrorCode code);

/// The key of the trailing metadata in which calls of layerhold.v1 name the code (toString), as several share a status.
inline constexpr char errorCodeKey[] = "layerhold-error";

/// The code of that name; nullopt for a name that this build does not know.
std::optional<ErrorCode> errorCodeNamed(std::string_view name);

/// The class a status stands for; nullopt for OK and CANCELLED, which are no errors. Statuses that no error code of
/// ours produces (UNKNOWN, ABORTED, …) count as the nearest class.
std::optional<ErrorCode> fromGrpc(grpc::StatusCode status);

int exitCode(ErrorCode code);
/// As exitCode(fromGrpc(status)), with OK and CANCELLED.
int exitCode(grpc::StatusCode status);

/// Status code and message for the wire.
grpc::Status toStatus(const Error& error);

/// The status for the exception that is being handled: Error, Cancelled, std::bad_alloc, anything else. Call it in a
/// catch block.
grpc::Status currentExceptionToStatus();

/// The exception for a status that a call came back with: Cancelled or Error. `named` is the code that came beside it.
/// OK is a mistake of the caller.
[[noreturn]] void throwStatus(const grpc::Status& status, std::optional<ErrorCode> named = std::nullopt);

} // namespace layerhold::service
