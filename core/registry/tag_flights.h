// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/error.h"
#include "layerhold/registry/tag_resolver.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

namespace layerhold::registry {

/// What a registry is asked: whoever asks the same gets the same answer.
struct TagQuestion
{
    ImageReference reference;
    std::vector<Source> sources;

    friend bool operator==(const TagQuestion&, const TagQuestion&) = default;
};

/// Of those who ask the same question at the same time, one does, and all get what came of it. Thread-safe.
class TagFlights
{
public:
    using Ask = std::function<Resolution()>;

    /// `ask` runs in this thread, or somebody else's does meanwhile. When the one who asks gives up, another one of
    /// those who wait asks instead. Cancelled when asked to stop.
    Resolution share(const TagQuestion& question, const Ask& ask, const std::stop_token& stop);

private:
    struct Flight
    {
        explicit Flight(const TagQuestion& theQuestion)
            : question(theQuestion)
        {}

        const TagQuestion question;
        bool isOver = false;
        std::optional<Resolution> answer;
        std::optional<Error> error;
    };

    /// Somebody else's, or nullptr and `own` is begun.
    std::shared_ptr<Flight> findOrBegin(const std::shared_ptr<Flight>& own);
    Resolution lead(const std::shared_ptr<Flight>& flight, const Ask& ask);
    void end(const std::shared_ptr<Flight>& flight, std::optional<Resolution> answer, std::optional<Error> error);

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::vector<std::shared_ptr<Flight>> m_flights;
};

} // namespace layerhold::registry
