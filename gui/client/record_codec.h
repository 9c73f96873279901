// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/record_fields.h"

#include <QByteArray>

#include <bit>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold::gui {

/// A text of others without what opens doors: user and password in an address, what follows "Bearer" or "Basic".
std::string withoutSecrets(std::string text);

/// Puts records behind each other as bytes: whole numbers by seven bits, the lowest first; texts and lists with their
/// length before them. Texts lose their secrets on the way.
class RecordEncoder
{
public:
    const QByteArray& bytes() const { return m_bytes; }

    void clear() { m_bytes.clear(); }

    void put(bool value) { m_bytes.append(value ? '\1' : '\0'); }

    void put(std::uint64_t value);

    void put(std::int64_t value) { put(std::rotl(static_cast<std::uint64_t>(value), 1)); }

    void put(double value);
    void put(const std::string& text);

    void put(Moment moment) { put(static_cast<std::int64_t>(moment.time_since_epoch().count())); }

    void put(std::chrono::seconds time) { put(static_cast<std::int64_t>(time.count())); }

    template <class T>
    void put(const std::optional<T>& value)
    {
        put(value.has_value());
        if (value)
            put(*value);
    }

    template <class T>
    void put(const std::vector<T>& list)
    {
        put(static_cast<std::uint64_t>(list.size()));
        for (const T& each : list)
            put(each);
    }

    template <HasFields R>
    void put(const R& record)
    {
        static_assert(namesAllFields<R, decltype(fieldsOf(std::declval<R&>()))>);
        std::apply([this](const auto&... fields) { (this->put(fields), ...); }, fieldsOf(record));
    }

private:
    void putPlain(const std::string& text);

    QByteArray m_bytes;
};

/// Bytes that no encoder made.
struct MalformedRecord
{};

/// Takes out again what an encoder put in, in the same order. Whatever the bytes are, it reads none beyond their end
/// and takes memory for no more than they hold. Errors: MalformedRecord.
class RecordDecoder
{
public:
    /// `bytes` outlives the decoder.
    explicit RecordDecoder(std::string_view bytes)
        : m_left(bytes)
    {}

    bool isAtEnd() const { return m_left.empty(); }

    void get(bool& value);
    void get(std::uint64_t& value);

    void get(std::int64_t& value) { value = static_cast<std::int64_t>(std::rotr(get<std::uint64_t>(), 1)); }

    void get(double& value);
    void get(std::string& text);

    void get(Moment& moment);
    void get(std::chrono::seconds& time);

    template <class T>
    void get(std::optional<T>& value)
    {
        value.reset();
        if (get<bool>())
            get(value.emplace());
    }

    template <class T>
    void get(std::vector<T>& list)
    {
        // Nothing is reserved by a number that nobody vouches for.
        list.clear();
        for (auto count = takeLength(); count > 0; --count)
            get(list.emplace_back());
    }

    template <HasFields R>
    void get(R& record)
    {
        std::apply([this](auto&... fields) { (this->get(fields), ...); }, fieldsOf(record));
    }

    template <class T>
    T get()
    {
        T value{};
        get(value);
        return value;
    }

private:
    /// Of a text or list; each part of it takes a byte at least.
    std::size_t takeLength();
    std::string_view take(std::size_t length);

    std::string_view m_left;
};

} // namespace layerhold::gui
