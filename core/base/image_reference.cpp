// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/image_reference.h"

#include "base/text.h"
#include "layerhold/error.h"

#include <algorithm>

namespace layerhold {

namespace {

constexpr std::string_view dockerHub = "docker.io";
constexpr std::string_view formerDockerHub = "index.docker.io";
constexpr std::string_view officialPrefix = "library/";
constexpr std::string_view defaultTag = "latest";
constexpr std::size_t longestRegistry = 255; // of a DNS name, with room for a port
constexpr std::size_t longestPath = 255;
constexpr std::size_t longestTag = 128;
constexpr std::size_t idDigits = 64;

/// Why a text is no reference. Thrown inside this file only.
struct Refusal
{
    std::string reason;
};

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool isNumeral(char c)
{
    return c >= '0' && c <= '9';
}

bool isLowerAlphanumeric(char c)
{
    return isLower(c) || isNumeral(c);
}

bool isAlphanumeric(char c)
{
    return isLowerAlphanumeric(c) || isUpper(c);
}

bool isHex(char c)
{
    return isNumeral(c) || (c >= 'a' && c <= 'f');
}

/// Calls `each` for the pieces between separators; there is always one.
template <typename Function>
void forEachPiece(std::string_view text, char separator, Function each)
{
    for (;;) {
        const std::size_t end = text.find(separator);
        each(text.substr(0, end));
        if (end == std::string_view::npos)
            return;
        text.remove_prefix(end + 1);
    }
}

void checkPort(std::string_view port)
{
    if (port.empty() || port.size() > 5 || !std::all_of(port.begin(), port.end(), isNumeral))
        throw Refusal{"the port of the registry is no number"};
}

void checkHost(std::string_view host)
{
    if (host.starts_with('[')) { // an IPv6 address
        const bool isClosed = host.size() > 2 && host.ends_with(']');
        const auto inside = isClosed ? host.substr(1, host.size() - 2) : std::string_view();
        const auto isPart = [](char c) { return isHex(c) || (c >= 'A' && c <= 'F') || c == ':'; };
        if (inside.empty() || !std::all_of(inside.begin(), inside.end(), isPart))
            throw Refusal{"the registry is no IPv6 address"};
        return;
    }
    forEachPiece(host, '.', [](std::string_view piece) {
        if (piece.empty() || piece.front() == '-' || piece.back() == '-' ||
            !std::all_of(piece.begin(), piece.end(), [](char c) { return isAlphanumeric(c) || c == '-'; }))
            throw Refusal{"the registry is no host name"};
    });
}

void checkRegistry(std::string_view registry)
{
    if (registry.size() > longestRegistry)
        throw Refusal{"the registry is longer than 255 bytes"};
    const std::size_t bracket = registry.rfind(']');
    const std::size_t colon = registry.find(':', bracket == std::string_view::npos ? 0 : bracket);
    if (colon != std::string_view::npos)
        checkPort(registry.substr(colon + 1));
    checkHost(registry.substr(0, colon));
}

/// A run of '.', '_' or '-' between two alphanumeric pieces: one dot, one or two underscores, any number of hyphens.
bool isSeparator(std::string_view run)
{
    return run == "." || run == "_" || run == "__" || run.find_first_not_of('-') == std::string_view::npos;
}

void checkComponent(std::string_view component)
{
    if (component.empty())
        throw Refusal{"the repository has an empty part"};
    if (std::any_of(component.begin(), component.end(), isUpper))
        throw Refusal{"the repository must be lower-case"};
    if (!isLowerAlphanumeric(component.front()) || !isLowerAlphanumeric(component.back()))
        throw Refusal{"each part of the repository begins and ends with a letter or digit"};
    for (auto at = component.begin(); at != component.end();) {
        const auto runEnd = std::find_if(at, component.end(), isLowerAlphanumeric);
        if (runEnd != at && !isSeparator({at, runEnd}))
            throw Refusal{"the parts of the repository are of a-z and 0-9, with '.', '_', '__' or '-' between"};
        at = std::find_if_not(runEnd, component.end(), isLowerAlphanumeric);
    }
}

void checkPath(std::string_view path)
{
    if (path.size() > longestPath)
        throw Refusal{"the repository is longer than 255 bytes"};
    forEachPiece(path, '/', checkComponent);
}

void checkTag(std::string_view tag)
{
    if (tag.empty())
        throw Refusal{"the tag is empty"};
    if (tag.size() > longestTag)
        throw Refusal{"the tag is longer than 128 bytes"};
    const auto isWord = [](char c) { return isAlphanumeric(c) || c == '_'; };
    if (!isWord(tag.front()) ||
        !std::all_of(tag.begin(), tag.end(), [&](char c) { return isWord(c) || c == '.' || c == '-'; }))
        throw Refusal{"a tag is of letters, digits, '_', '.' and '-', and begins with none of the last two"};
}

bool isRegistry(std::string_view first)
{
    return first == "localhost" || first.find_first_of(".:") != std::string_view::npos;
}

} // namespace

std::optional<ImageReference> ImageReference::parse(std::string_view text)
{
    try {
        return require(text);
    } catch (const Error&) {
        return std::nullopt;
    }
}

ImageReference ImageReference::require(std::string_view text)
{
    ImageReference reference;
    std::string_view rest = text;
    try {
        if (rest.empty())
            throw Refusal{"it is empty"};
        if (rest.size() == idDigits && std::all_of(rest.begin(), rest.end(), isHex))
            throw Refusal{"64 hexadecimal digits are an image ID, not a name"};
        if (const std::size_t at = rest.find('@'); at != std::string_view::npos) {
            reference.m_digest = Digest::parse(rest.substr(at + 1));
            if (!reference.m_digest)
                throw Refusal{"what follows '@' is no digest (sha256:, sha384: or sha512: and lower-case hexadecimal "
                              "digits)"};
            rest = rest.substr(0, at);
        }
        const std::size_t slash = rest.find('/');
        if (slash != std::string_view::npos && isRegistry(rest.substr(0, slash))) {
            reference.m_registry = rest.substr(0, slash);
            rest.remove_prefix(slash + 1);
            checkRegistry(reference.m_registry);
        } else {
            reference.m_registry = dockerHub;
        }
        if (reference.m_registry == formerDockerHub)
            reference.m_registry = dockerHub;
        if (const std::size_t colon = rest.find(':'); colon != std::string_view::npos) {
            reference.m_tag = rest.substr(colon + 1);
            rest = rest.substr(0, colon);
            checkTag(reference.m_tag);
        } else if (!reference.m_digest) {
            reference.m_tag = defaultTag;
        }
        if (rest.empty())
            throw Refusal{"the repository is missing"};
        if (reference.m_registry == dockerHub && rest.find('/') == std::string_view::npos)
            reference.m_path = officialPrefix;
        reference.m_path += rest;
        checkPath(reference.m_path);
    } catch (const Refusal& refusal) {
        throw Error(ErrorCode::InvalidArgument, text::quoted(text) + " names no image: " + refusal.reason +
                                                    "; write [REGISTRY/]NAME[:TAG][@DIGEST]");
    }
    return reference;
}

std::string ImageReference::toString() const
{
    std::string text = repository();
    if (!m_tag.empty())
        text += ':' + m_tag;
    if (m_digest)
        text += '@' + m_digest->toString();
    return text;
}

} // namespace layerhold
