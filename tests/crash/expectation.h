// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/digest.h"

#include <map>
#include <mutex>
#include <set>
#include <vector>

namespace layerhold::test {

/// What a client was promised, kept outside of the store under test. A change is begun before the request is sent and
/// acknowledged when the answer is there; what was begun and not acknowledged may have happened or not.
///
/// Only one change of a digest may be under way at a time. Thread-safe.
class Expectation
{
public:
    enum class Held
    {
        Yes,   ///< commit or claim acknowledged, no release begun since
        No,    ///< release acknowledged, no commit or claim begun since
        Maybe, ///< a change was begun and not acknowledged
    };

    Expectation() = default;
    Expectation(const Expectation& other);
    Expectation& operator=(const Expectation&) = delete;

    void beginClaim(const Digest& digest);
    void acknowledgeClaim(const Digest& digest);
    void beginRelease(const Digest& digest);
    void acknowledgeRelease(const Digest& digest);
    /// The change that was begun has certainly not happened: back to what was known before it.
    void refused(const Digest& digest);

    /// A released blob is damaged on purpose, until that is mended.
    void beginDamage(const Digest& digest);
    void endDamage(const Digest& digest);
    /// What is not mended, and so may be neither here nor there. A claim that was acknowledged ends it as well.
    std::set<Digest> damaged() const;

    Held held(const Digest& digest) const;
    std::vector<Digest> known() const;
    std::uint64_t acknowledgements() const;

    /// What a check found becomes what is known.
    void settle(const Digest& digest, Held held);

private:
    struct State
    {
        Held before = Held::No;
        Held now = Held::No;
    };

    mutable std::mutex m_mutex;
    std::map<Digest, State> m_states;
    std::uint64_t m_acknowledgements = 0;
    std::set<Digest> m_damaged;
};

} // namespace layerhold::test
