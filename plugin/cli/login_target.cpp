// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/login_target.h"

#include "cli/output/text.h"
#include "layerhold/error.h"
#include "layerhold/image_reference.h"
#include "layerhold/registry/credential.h"

#include <fmt/format.h>

#include <string_view>

namespace layerhold::cli {

namespace {

constexpr const char* dockerHub = "docker.io";

bool takeScheme(std::string_view& text)
{
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (!text.starts_with(scheme))
            continue;
        text.remove_prefix(scheme.size());
        return true;
    }
    return false;
}

bool takeEnd(std::string_view& text)
{
    const std::size_t before = text.size();
    while (text.ends_with('/'))
        text.remove_suffix(1);
    return text.size() != before;
}

std::string named(std::string_view host)
{
    std::string lower(host);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return registry::isDockerHub(lower) ? dockerHub : std::string(host);
}

/// Of what may hold a password; nothing of it is in the message.
void refuseUser()
{
    throw Error(ErrorCode::InvalidArgument,
                "a registry's name has no user and no password in it; name the host, and the user with --username");
}

/// Of text without a slash.
bool looksLikeHost(std::string_view text)
{
    const std::string_view name = text.substr(0, text.find(':'));
    return text.find('@') == std::string_view::npos &&
           (name.find('.') != std::string_view::npos || name == "localhost" || text.starts_with('['));
}

} // namespace

std::string requireRegistry(const std::string& text)
{
    std::string_view rest = text;
    takeScheme(rest);
    takeEnd(rest);
    if (rest.find('@') != std::string_view::npos)
        refuseUser();
    const std::size_t slash = rest.find('/');
    const std::string_view path = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
    if (!path.empty() && path != "v1" && path != "v2")
        throw Error(ErrorCode::InvalidArgument,
                    fmt::format("'{}' is no registry alone; credentials are kept for whole registries: name {}",
                                neutralise(text), neutralise(rest.substr(0, slash))));
    rest = rest.substr(0, slash);
    if (rest.empty())
        throw Error(ErrorCode::InvalidArgument, "the registry's name is empty; name one, such as ghcr.io");
    return named(rest);
}

std::string LoginTarget::toString() const
{
    return repository.empty() ? registry : registry + '/' + repository;
}

LoginTarget requireLoginTarget(const std::string& text)
{
    std::string_view rest = text;
    const bool isUrl = takeScheme(rest);
    const bool hasEnd = takeEnd(rest);
    const bool isOneName = rest.find('/') == std::string_view::npos;
    if (isUrl || rest.empty() || (isOneName && (hasEnd || looksLikeHost(rest))))
        return {requireRegistry(text), {}};
    if (const std::size_t at = rest.find('@'); at != std::string_view::npos && !Digest::parse(rest.substr(at + 1)))
        refuseUser();
    const ImageReference image = ImageReference::require(rest);
    return {image.registry(), image.path()};
}

LoginTarget loginTargetOfKey(const std::string& key)
{
    const std::size_t slash = key.find('/');
    if (slash == std::string::npos)
        return {key, {}};
    return {key.substr(0, slash), key.substr(slash + 1)};
}

} // namespace layerhold::cli
