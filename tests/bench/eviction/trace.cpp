// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "eviction/trace.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <random>

namespace layerhold::bench {

namespace {

constexpr double kibibyte = 1024;
constexpr double mebibyte = 1024 * 1024;

/// The distributions of the standard library differ between libraries; these do not.
class Random
{
public:
    explicit Random(std::uint64_t seed)
        : m_engine(seed)
    {}

    /// In [0, 1).
    double uniform() { return static_cast<double>(m_engine() >> 11U) * 0x1p-53; }

    std::size_t below(std::size_t count) { return static_cast<std::size_t>(uniform() * static_cast<double>(count)); }

    bool happens(double probability) { return uniform() < probability; }

    double exponential(double mean) { return -mean * std::log(1 - uniform()); }

    /// Log-normal, as sizes of files and layers are.
    std::uint64_t size(double median, double spread)
    {
        const double normal = std::sqrt(-2 * std::log(1 - uniform())) * std::cos(2 * std::numbers::pi * uniform());
        return static_cast<std::uint64_t>(std::clamp(median * std::exp(spread * normal), 200.0, 4096 * mebibyte));
    }

private:
    std::mt19937_64 m_engine;
};

/// Draws ranks with a probability that falls as 1 / rank^skew.
class Zipf
{
public:
    Zipf(std::size_t count, double skew)
    {
        double sum = 0;
        for (std::size_t rank = 1; rank <= count; ++rank)
            m_cumulated.push_back(sum += std::pow(static_cast<double>(rank), -skew));
    }

    std::size_t draw(Random& random) const
    {
        const double point = random.uniform() * m_cumulated.back();
        const auto found = std::upper_bound(m_cumulated.begin(), m_cumulated.end(), point);
        return std::min(static_cast<std::size_t>(found - m_cumulated.begin()), m_cumulated.size() - 1);
    }

private:
    std::vector<double> m_cumulated;
};

class Generator
{
public:
    explicit Generator(const TraceOptions& options)
        : m_options(options)
        , m_random(options.seed)
        , m_popularity(options.repositories, options.skew)
        , m_places(options.repositories)
    {
        std::iota(m_places.begin(), m_places.end(), std::size_t(0));
        const Zipf baseChoice(options.bases, 1.0);
        for (std::size_t i = 0; i < options.bases; ++i)
            m_bases.push_back(newBase());
        for (std::size_t i = 0; i < options.repositories; ++i)
            addRepository(baseChoice.draw(m_random));
    }

    Trace run()
    {
        const double daysPerPull = m_options.days / static_cast<double>(m_options.pulls);
        double day = 0;
        for (std::size_t i = 0; i < m_options.pulls; ++i) {
            const double passed = m_random.exponential(daysPerPull);
            day += passed;
            live(passed);
            m_trace.pulls.push_back(pull(day));
        }
        return std::move(m_trace);
    }

private:
    using Blobs = std::vector<std::uint32_t>;

    struct Repository
    {
        std::size_t base = 0;
        double daysPerRelease = 0;
        Blobs dependencies;
        Blobs code;
        std::vector<Blobs> releases; ///< the newest last
    };

    std::uint32_t newBlob(std::uint64_t size)
    {
        m_trace.sizes.push_back(size);
        return static_cast<std::uint32_t>(m_trace.sizes.size() - 1);
    }

    Blobs newBlobs(std::size_t count, double median, double spread)
    {
        Blobs result;
        for (std::size_t i = 0; i < count; ++i)
            result.push_back(newBlob(m_random.size(median, spread)));
        return result;
    }

    Blobs newBase() { return newBlobs(1 + m_random.below(4), 30 * mebibyte, 0.8); }

    Blobs newDependencies() { return newBlobs(1 + m_random.below(3), 12 * mebibyte, 1.5); }

    Blobs newCode() { return newBlobs(1 + m_random.below(4), 400 * kibibyte, 2.0); }

    void addRepository(std::size_t base)
    {
        Repository repository;
        repository.base = base;
        repository.daysPerRelease = 1 + m_random.exponential(12);
        repository.dependencies = newDependencies();
        repository.code = newCode();
        m_repositories.push_back(std::move(repository));
        release(m_repositories.back());
    }

    void release(Repository& repository)
    {
        Blobs image = {newBlob(m_random.size(1.5 * kibibyte, 0.4)), newBlob(m_random.size(5 * kibibyte, 0.6))};
        for (const Blobs* layers : {&m_bases[repository.base], &repository.dependencies, &repository.code})
            image.insert(image.end(), layers->begin(), layers->end());
        repository.releases.push_back(std::move(image));
    }

    /// What changes in the registry in this time.
    void live(double days)
    {
        constexpr double daysPerBase = 20;
        for (Blobs& base : m_bases)
            if (m_random.happens(days / daysPerBase))
                base = newBase();
        for (Repository& repository : m_repositories) {
            if (!m_random.happens(days / repository.daysPerRelease))
                continue;
            if (m_random.happens(0.25))
                repository.dependencies = newDependencies();
            repository.code = newCode();
            release(repository);
        }
        constexpr double placesChangedPerDay = 4;
        if (m_random.happens(days * placesChangedPerDay))
            std::swap(m_places[m_random.below(m_places.size())], m_places[m_random.below(m_places.size())]);
    }

    Pull pull(double day)
    {
        const auto& releases = m_repositories[m_places[m_popularity.draw(m_random)]].releases;
        std::size_t back = 0;
        while (back + 1 < releases.size() && m_random.happens(back == 0 ? 0.15 : 0.6))
            ++back;
        constexpr double nanosecondsPerDay = 86'400e9;
        const TimePoint start = fromNanoseconds(1'700'000'000'000'000'000);
        return {start + std::chrono::nanoseconds(static_cast<std::int64_t>(day * nanosecondsPerDay)),
                releases[releases.size() - 1 - back]};
    }

    TraceOptions m_options;
    Random m_random;
    Zipf m_popularity;
    std::vector<std::size_t> m_places; ///< which repository has which rank of popularity
    std::vector<Blobs> m_bases;
    std::vector<Repository> m_repositories;
    Trace m_trace;
};

} // namespace

Trace makeTrace(const TraceOptions& options)
{
    return Generator(options).run();
}

} // namespace layerhold::bench
