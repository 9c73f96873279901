// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/content_store.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace layerhold::test {

/// One write, whatever carries it. Destruction leaves the bytes for a later write of the ref.
class ContractWriter
{
public:
    virtual ~ContractWriter() = default;

    virtual IngestStatus status() = 0;
    /// sha256 of the bytes so far, "sha256:hex".
    virtual std::string runningDigest() = 0;
    virtual void append(const std::string& bytes) = 0;
    virtual void truncate() = 0;
    /// Returns the digest.
    virtual std::string commit(std::uint64_t total, const std::string& expected, const Labels& labels) = 0;
};

/// The verbs of the content store as the cases of the contract use them; every failure is an Error. One implementation
/// calls the library, the other goes through a content socket.
class ContractStore
{
public:
    virtual ~ContractStore() = default;

    virtual std::optional<ContentInfo> info(const std::string& digest) = 0;
    virtual std::vector<ContentInfo> list() = 0;
    virtual ContentInfo updateLabels(const std::string& digest, const LabelUpdate& update) = 0;
    virtual void remove(const std::string& digest) = 0;
    virtual std::string read(const std::string& digest, std::uint64_t offset, std::uint64_t size) = 0;
    virtual std::unique_ptr<ContractWriter> write(const std::string& ref, std::uint64_t total,
                                                  const std::string& expected) = 0;
    virtual std::optional<IngestStatus> status(const std::string& ref) = 0;
    virtual std::vector<IngestStatus> statuses() = 0;
    virtual void abort(const std::string& ref) = 0;
};

/// What one case runs on: two engines of one cache, both sharing openly.
class ContractBackend
{
public:
    virtual ~ContractBackend() = default;
    virtual ContractStore& store() = 0;
    virtual ContractStore& other() = 0;
    /// Everything is closed and opened again on the same root.
    virtual void restart() = 0;
};

} // namespace layerhold::test
