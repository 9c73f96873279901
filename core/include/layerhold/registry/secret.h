// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace layerhold::registry {

/// Text that nobody may see: a password, a token. Its memory is overwritten when it ends or gets another value. There
/// is no conversion, no stream operator and no JSON, so that it can reach a log only where reveal() stands in the code.
class Secret
{
public:
    Secret() = default;
    /// Takes the text over; what was in `text` is overwritten.
    explicit Secret(std::string&& text);
    Secret(const Secret& other);
    Secret(Secret&& other) noexcept;
    Secret& operator=(const Secret& other);
    Secret& operator=(Secret&& other) noexcept;
    ~Secret();

    bool isEmpty() const { return m_text.empty(); }

    /// Only to hand it to whom it is for.
    std::string_view reveal() const { return m_text; }

    /// In a time that depends on the lengths alone.
    friend bool operator==(const Secret& a, const Secret& b);

private:
    std::string m_text;
};

/// Overwrites the bytes of `text`, also those beyond its size, and leaves it empty.
void wipe(std::string& text);

} // namespace layerhold::registry
