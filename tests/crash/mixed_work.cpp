// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "crash/mixed_work.h"

#include <fstream>
#include <random>
#include <system_error>

namespace layerhold::test {

namespace {

class Worker
{
public:
    Worker(Target& target, const BlobPool& pool, Expectation& expectation, const MixedWork& work)
        : m_target(target)
        , m_pool(pool)
        , m_expectation(expectation)
        , m_work(work)
        , m_random(work.seed * 31 + work.worker)
    {}

    void step()
    {
        const PoolBlob& blob = pick();
        // The ref names the digest, as those of a pull do, so that an aborted write becomes a partial.
        const std::string ref = "default/1/layer-" + blob.digest.toString();
        switch (m_random() % 13) {
        case 0:
        case 1:
        case 2:
        case 3:
            m_expectation.beginClaim(blob.digest);
            m_target.put(ref, blob, 1 + m_random() % (blob.bytes.size() + 1));
            m_expectation.acknowledgeClaim(blob.digest);
            break;
        case 4:
        case 5:
            m_expectation.beginRelease(blob.digest);
            m_target.release(blob.digest);
            m_expectation.acknowledgeRelease(blob.digest);
            break;
        case 6:
        case 7:
            claim(blob);
            break;
        case 8:
            m_target.writePart(ref, blob, blob.bytes.size() / 2);
            break;
        case 9:
            m_target.abort(ref);
            break;
        case 10:
            read(blob);
            break;
        case 11:
            handleReleased(blob);
            break;
        default:
            m_target.cleanup(m_random() % 3 == 0 ? 0 : m_random() % 200'000);
            break;
        }
    }

    Violations violations;

private:
    const PoolBlob& pick()
    {
        const unsigned share = (m_pool.size() + m_work.workers - 1 - m_work.worker) / m_work.workers;
        return m_pool.at(m_work.worker + m_work.workers * static_cast<unsigned>(m_random() % share));
    }

    /// Only released blobs are in the trash, and only they are damaged: no promise changes.
    void handleReleased(const PoolBlob& blob)
    {
        switch (m_random() % 7) {
        case 0:
            m_target.undo();
            break;
        case 1:
            m_target.emptyTrash();
            break;
        case 2:
        case 3:
            if (m_expectation.held(blob.digest) != Expectation::Held::No)
                break;
            m_expectation.beginDamage(blob.digest);
            m_target.damage(blob.digest, m_random() % 2 == 0 ? Target::Damage::Lost : Target::Damage::Changed);
            m_target.repair();
            m_expectation.endDamage(blob.digest);
            break;
        default:
            m_target.moveToTrash(1 + m_random() % 100'000);
            break;
        }
    }

    void claim(const PoolBlob& blob)
    {
        const bool wasHeld = m_expectation.held(blob.digest) == Expectation::Held::Yes;
        m_expectation.beginClaim(blob.digest);
        if (m_target.claim(blob.digest)) {
            m_expectation.acknowledgeClaim(blob.digest);
        } else {
            if (wasHeld)
                violations.push_back("Info denies a blob that is held: " + blob.digest.toString());
            m_expectation.refused(blob.digest);
        }
    }

    void read(const PoolBlob& blob)
    {
        // Reading claims, too: only what is held already keeps the expectation simple.
        if (m_expectation.held(blob.digest) == Expectation::Held::Yes && m_target.read(blob.digest) != blob.bytes)
            violations.push_back("wrong bytes read: " + blob.digest.toString());
    }

    Target& m_target;
    const BlobPool& m_pool;
    Expectation& m_expectation;
    MixedWork m_work;
    std::mt19937_64 m_random;
};

} // namespace

void Target::damage(const Digest& digest, Damage kind) const
{
    const auto file = m_root / "blobs" / toString(digest.algorithm()) / digest.hex();
    std::error_code ignored; // a cleanup may have been quicker
    if (kind == Damage::Lost) {
        std::filesystem::remove(file, ignored);
    } else if (std::filesystem::exists(file, ignored)) {
        const auto spoiled = m_root.string() + ".spoiled-" + digest.hex();
        std::ofstream(spoiled) << "other bytes";
        std::filesystem::rename(spoiled, file, ignored);
    }
}

Violations runMixedWork(Target& target, const BlobPool& pool, Expectation& expectation, const MixedWork& work,
                        const std::function<bool()>& stop)
{
    Worker worker(target, pool, expectation, work);
    for (unsigned step = 0; step < work.steps && !stop(); ++step) {
        try {
            worker.step();
        } catch (const std::exception&) {
            // The answer was not a success; the expectation says "maybe", and the check after the cut decides.
        }
    }
    return worker.violations;
}

} // namespace layerhold::test
