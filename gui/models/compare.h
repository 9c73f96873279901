// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/format.h"
#include "models/records.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// How two images differ. Pure functions; any thread. The records tell of layers, platforms, dates and commands; what
/// is in a config beyond that (environment, entrypoint, labels, user) they don't, and so it is not compared.
namespace layerhold::gui {

struct LayerComparison
{
    enum class Where
    {
        Both,
        OnlyA,
        OnlyB
    };
    Where where = Where::Both;
    std::string digest;
    std::uint64_t size = 0;
    std::string command;    ///< that made it; of A where both have it
    bool isPresent = false; ///< stored
    std::uint64_t images = 0;
};

struct FactComparison
{
    enum class Fact
    {
        Platform,
        Created,
        Config, ///< its digest
        ArtifactType,
        LayerCount,
        LayerBytes
    };
    Fact fact = Fact::Platform;
    std::optional<std::string> a; ///< nullopt: not known
    std::optional<std::string> b;
    /// nullopt: cannot be told.
    std::optional<bool> isDifferent() const;
};

/// One manifest of A beside the one of B for the same platform, or one that has no other.
struct PlatformComparison
{
    std::string platform; ///< empty: not known
    std::string digestA;  ///< of the manifest; empty: A has none for this platform
    std::string digestB;
    std::vector<LayerComparison> layers; ///< those of A from the lowest on, then those that only B has
    std::vector<FactComparison> facts;
    std::optional<std::uint64_t> bytesA; ///< of the distinct layers; nullopt: not known
    std::optional<std::uint64_t> bytesB;
    std::optional<std::uint64_t> fetchForB; ///< by whoever has the layers of A; nullopt: not known
    std::optional<std::uint64_t> fetchForA; ///< by whoever has the layers of B
};

struct ImageComparison
{
    bool isKnownA = false; ///< false: it is gone from the store, or was never here
    bool isKnownB = false;
    std::vector<PlatformComparison> platforms; ///< in the order of A, then those that only B has
};

/// A side that is not set is not known: what is known of the other is told all the same. Manifests are paired by
/// platform; several of one platform (attestations) by their order. Where each side has one that is left, and the
/// platform of one of them is not known, these are a pair too.
ImageComparison compareImages(const std::optional<ImageDetails>& a, const std::optional<ImageDetails>& b);

QString factName(FactComparison::Fact fact);
/// A value of FactComparison for people: bytes in their unit.
QString factText(FactComparison::Fact fact, const std::optional<std::string>& value, const Format& format);

/// "A client that has A fetches 48.2 MiB of 912 MiB for B." or what is missing to tell.
QString fetchSentence(const PlatformComparison& platform, const Format& format);

} // namespace layerhold::gui
