// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/tag_flights.h"

#include <algorithm>
#include <utility>

namespace layerhold::registry {

Resolution TagFlights::share(const TagQuestion& question, const Ask& ask, const std::stop_token& stop)
{
    const auto own = std::make_shared<Flight>(question);
    while (const auto other = findOrBegin(own)) {
        std::unique_lock lock(m_mutex);
        if (!m_changed.wait(lock, stop, [&] { return other->isOver; }))
            throw Cancelled();
        if (other->answer)
            return *other->answer;
        if (other->error)
            throw Error(*other->error);
    }
    return lead(own, ask);
}

std::shared_ptr<TagFlights::Flight> TagFlights::findOrBegin(const std::shared_ptr<Flight>& own)
{
    const std::lock_guard lock(m_mutex);
    const auto found = std::find_if(m_flights.begin(), m_flights.end(),
                                    [&](const auto& flight) { return flight->question == own->question; });
    if (found != m_flights.end())
        return *found;
    m_flights.push_back(own);
    return nullptr;
}

Resolution TagFlights::lead(const std::shared_ptr<Flight>& flight, const Ask& ask)
{
    try {
        Resolution answer = ask();
        end(flight, answer, std::nullopt);
        return answer;
    } catch (const Error& error) {
        end(flight, std::nullopt, error);
        throw;
    } catch (...) {
        end(flight, std::nullopt, std::nullopt);
        throw;
    }
}

void TagFlights::end(const std::shared_ptr<Flight>& flight, std::optional<Resolution> answer,
                     std::optional<Error> error)
{
    {
        const std::lock_guard lock(m_mutex);
        flight->answer = answer;
        flight->error = std::move(error);
        flight->isOver = true;
        std::erase(m_flights, flight);
    }
    m_changed.notify_all();
}

} // namespace layerhold::registry
