// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/blob_delivery.h"

#include "registry/http_types.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

namespace layerhold::registry {

namespace {

using namespace std::chrono_literals;

/// Between tries that bring next to nothing; when they are used up, it has failed.
constexpr std::array<std::chrono::milliseconds, 3> pauses{500ms, 1500ms, 5000ms};
constexpr int mostTries = 50;
/// Of a server's wish: one that wants longer gets no further try.
constexpr std::chrono::milliseconds longestPause = 30s;

/// Counts tries as fruitless until there is progress that is worth a connection.
class Patience
{
public:
    Patience(std::uint64_t size, std::uint64_t offset)
        : m_worthwhile(std::clamp<std::uint64_t>(size / 100, 1, 1U << 20U))
        , m_reached(offset)
    {}

    /// How long to wait before the next try; nullopt when there is to be none.
    std::optional<std::chrono::milliseconds> afterFailure(const Error& error, std::uint64_t offset)
    {
        // What is sent from the beginning again is no progress until it is past where it was.
        if (offset >= m_reached + m_worthwhile) {
            m_reached = offset;
            m_fruitless = 0;
        }
        if (m_fruitless == pauses.size() || ++m_tries == mostTries)
            return std::nullopt;
        const std::chrono::milliseconds usual = pauses.at(m_fruitless++);
        const auto* const later = dynamic_cast<const TryLater*>(&error);
        const auto pause = later ? std::max(usual, later->wish()) : usual;
        return pause > longestPause ? std::nullopt : std::optional(pause);
    }

private:
    const std::uint64_t m_worthwhile;
    std::uint64_t m_reached;
    std::size_t m_fruitless = 0;
    int m_tries = 0;
};

class Receiver final : public BlobReceiver
{
public:
    Receiver(Delivery& delivery, std::string& etag, const std::function<void(std::size_t bytes)>& onBytes)
        : m_delivery(delivery)
        , m_etag(etag)
        , m_onBytes(onBytes)
    {}

    void begin(const BlobStart& start) override
    {
        if (start.offset != m_delivery.offset())
            m_delivery.restart(); // it is sent from the beginning
        m_etag = start.etag;
        m_hasBegun = true;
    }

    void write(std::span<const std::byte> bytes) override
    {
        m_delivery.append(bytes);
        m_onBytes(bytes.size());
    }

    bool hasBegun() const { return m_hasBegun; }

private:
    Delivery& m_delivery;
    std::string& m_etag;
    const std::function<void(std::size_t bytes)>& m_onBytes;
    bool m_hasBegun = false;
};

} // namespace

void deliverBlob(RegistryClient& client, const std::string& repository, const Digest& digest, std::uint64_t size,
                 Delivery& delivery, const std::function<void(std::size_t bytes)>& onBytes, const std::stop_token& stop)
{
    if (delivery.offset() > size)
        delivery.restart();
    if (size > 0 && delivery.offset() == size) {
        client.headBlob(repository, digest, stop); // whoever brought the bytes may have had another credential
        return;
    }
    std::string etag;
    Patience patience(size, delivery.offset());
    for (;;) {
        BlobRange range;
        range.offset = delivery.offset();
        range.etag = etag;
        range.expectedSize = size;
        Receiver receiver(delivery, etag, onBytes);
        std::optional<std::chrono::milliseconds> pause;
        try {
            client.getBlob(repository, digest, range, receiver, stop);
            return;
        } catch (const Error& error) {
            if (error.code() != ErrorCode::Unavailable)
                throw;
            if (receiver.hasBegun() && delivery.offset() == size)
                return; // the connection broke behind the last byte
            pause = patience.afterFailure(error, delivery.offset());
            if (!pause)
                throw;
        }
        client.wait(*pause, stop);
    }
}

} // namespace layerhold::registry
