// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/pins.h"

namespace layerhold::gui {

void Pins::load(CacheClient* client)
{
    m_list.drop();
    if (!client) {
        m_changes.clear();
        m_isKnown = false;
        m_pins.clear();
        emit changed();
        return;
    }
    m_list.follow(
        client->pins(),
        [this](const std::vector<PinRecord>& pins) {
            m_pins.clear();
            for (const PinRecord& pin : pins)
                m_pins.insert(QString::fromStdString(pin.digest), pin);
            m_isKnown = true;
            emit changed();
        },
        // Lists and images can be shown without: then nothing is said of pins.
        [](const CallError&) {});
}

const PinRecord* Pins::find(const QString& digest) const
{
    const auto found = m_pins.constFind(digest);
    return found == m_pins.constEnd() ? nullptr : &*found;
}

void Pins::pin(CacheClient& client, const QString& digest, const QString& note)
{
    change(digest, client.pin(digest, note), [this, digest](const PinRecord& pin) { m_pins.insert(digest, pin); });
}

void Pins::unpin(CacheClient& client, const QString& digest)
{
    change(digest, client.unpin(digest), [this, digest] { m_pins.remove(digest); });
}

template <class Result, class Take>
void Pins::change(const QString& digest, QFuture<Result> future, Take take)
{
    std::unique_ptr<LatestCall>& call = m_changes[digest];
    call = std::make_unique<LatestCall>();
    call->follow(
        future,
        [this, take = std::move(take)](const auto&... result) {
            take(result...);
            emit changed();
        },
        [this](const CallError& error) { emit failed(error.message()); });
}

} // namespace layerhold::gui
