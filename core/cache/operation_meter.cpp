// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/operation_meter.h"

namespace layerhold {

namespace {

bool isManifest(BlobKind kind)
{
    return kind == BlobKind::Manifest || kind == BlobKind::Index;
}

std::string_view getName(std::optional<BlobKind> kind)
{
    return kind && isManifest(*kind) ? "get_manifest" : "get_blob";
}

std::string_view putName(BlobKind kind)
{
    return isManifest(kind) ? "put_manifest" : "put_blob";
}

std::string_view nameOf(OperationKind operation)
{
    switch (operation) {
    case OperationKind::Get:
        return "get_blob";
    case OperationKind::Put:
        return "put_blob";
    case OperationKind::Delete:
        return "delete_entry";
    }
    return "get_blob";
}

} // namespace

bool isFault(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Full:
    case ErrorCode::Corrupted:
    case ErrorCode::Denied:
    case ErrorCode::Unavailable:
    case ErrorCode::DataLoss:
    case ErrorCode::Internal:
        return true;
    case ErrorCode::NotFound:
    case ErrorCode::AlreadyExists:
    case ErrorCode::InvalidArgument:
    case ErrorCode::FailedPrecondition:
    case ErrorCode::OutOfRange:
    case ErrorCode::Locked:
    case ErrorCode::Expired:
    case ErrorCode::Invalidated:
    case ErrorCode::Unsupported:
        return false;
    }
    return true;
}

std::chrono::nanoseconds OperationMeter::end(OperationKind operation, Time start, Time now)
{
    const std::chrono::nanoseconds duration = now - start;
    window(operation).record(duration);
    return duration;
}

void OperationMeter::countGet(BlobKind kind)
{
    m_counters.add(isManifest(kind) ? CounterId::ManifestGets : CounterId::BlobGets);
}

void OperationMeter::hit(Time start, const Digest& digest, BlobKind kind, std::uint64_t bytes)
{
    const Time now = m_clock.steadyNow();
    m_counters.add(CounterId::Hits, 1, now);
    countGet(kind);
    const auto duration = end(OperationKind::Get, start, now);
    if (!m_log.wants(LogLevel::Info, LogTopic::Operations))
        return;
    const Logger log = m_log.withDigest(digest);
    log.hit(getName(kind), bytes);
    log.operation(getName(kind), duration, bytes, std::nullopt);
}

void OperationMeter::miss(Time start, const Digest& digest, std::optional<BlobKind> kind, const std::string& engine,
                          MissReason reason)
{
    const Time now = m_clock.steadyNow();
    m_counters.add(CounterId::Misses, 1, now);
    if (kind)
        countGet(*kind);
    end(OperationKind::Get, start, now);
    m_misses.record(digest, m_clock.now(), engine, reason);
    if (m_log.wants(LogLevel::Debug, LogTopic::Operations))
        m_log.withDigest(digest).miss(getName(kind), toString(reason));
}

void OperationMeter::put(Time start, const Digest& digest, BlobKind kind, std::uint64_t bytes)
{
    m_counters.add(isManifest(kind) ? CounterId::ManifestPuts : CounterId::BlobPuts);
    const auto duration = end(OperationKind::Put, start, m_clock.steadyNow());
    if (m_log.wants(LogLevel::Info, LogTopic::Operations))
        m_log.withDigest(digest).operation(putName(kind), duration, bytes, std::nullopt);
}

void OperationMeter::released(Time start, const Digest& digest)
{
    const auto duration = end(OperationKind::Delete, start, m_clock.steadyNow());
    if (m_log.wants(LogLevel::Info, LogTopic::Operations))
        m_log.withDigest(digest).operation(nameOf(OperationKind::Delete), duration, 0, std::nullopt);
}

void OperationMeter::failed(OperationKind operation, Time start, const Digest& digest, const Error& error)
{
    const Time now = m_clock.steadyNow();
    if (isFault(error.code()))
        m_counters.add(CounterId::Errors, 1, now);
    const auto duration = end(operation, start, now);
    if (m_log.wants(LogLevel::Warning, LogTopic::Operations))
        m_log.withDigest(digest).operation(nameOf(operation), duration, 0, std::string(error.what()));
}

} // namespace layerhold
