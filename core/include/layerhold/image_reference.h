// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/digest.h"

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace layerhold {

/// The name of an image in normal form, by Docker's rules (distribution/reference): the part before the first slash is
/// a registry only when it has a dot or a colon or is `localhost`, else the registry is docker.io; single names there
/// are in `library/`; a name without tag and digest has the tag `latest`. A value; always valid once made.
///
/// Equal images that are named differently ("nginx", "docker.io/library/nginx:latest") give equal references, different
/// names never do.
class ImageReference
{
public:
    /// nullopt for text that names no image.
    static std::optional<ImageReference> parse(std::string_view text);
    /// As parse, but bad text is Error{InvalidArgument} that says what is wrong with it.
    static ImageReference require(std::string_view text);

    /// "docker.io", "localhost:5000".
    const std::string& registry() const { return m_registry; }

    /// "library/nginx".
    const std::string& path() const { return m_path; }

    /// "docker.io/library/nginx".
    std::string repository() const { return m_registry + '/' + m_path; }

    /// Empty only when there is a digest.
    const std::string& tag() const { return m_tag; }

    const std::optional<Digest>& digest() const { return m_digest; }

    /// "docker.io/library/nginx:1.25", with "@sha256:…" behind when there is a digest. parse() of it is equal.
    std::string toString() const;

    friend bool operator==(const ImageReference&, const ImageReference&) = default;
    friend auto operator<=>(const ImageReference&, const ImageReference&) = default;

private:
    ImageReference() = default;

    std::string m_registry;
    std::string m_path;
    std::string m_tag;
    std::optional<Digest> m_digest;
};

} // namespace layerhold
