// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/registry/registry_client.h"
#include "registry/answer_headers.h"
#include "registry/registry_client_impl.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>

namespace layerhold::registry {

namespace {

using Json = nlohmann::json;

constexpr std::size_t mostPages = 200;
constexpr std::size_t mostTags = 100'000;
constexpr std::size_t mostReferrers = 10'000;
constexpr std::size_t longestType = 255;
constexpr std::uint64_t largestPage = 4U << 20U;
constexpr std::string_view index = "application/vnd.oci.image.index.v1+json";

/// Calls `take` for each page until it wants no more; nullopt when there is no such list, else whether that was all.
std::optional<bool> forEachPage(RegistrySession& session, const Url& first, const ScopeSet& scopes,
                                std::stop_token stop, const std::function<bool(const Json&)>& take)
{
    Url url = first;
    for (std::size_t page = 0; page < mostPages; ++page) {
        HttpRequest request = session.request(Method::Get, url);
        request.author = page == 0 ? UrlAuthor::Ourselves : UrlAuthor::Server;
        request.limits.body = largestPage;
        request.headers.emplace_back("Accept", std::string(index) + ", application/json;q=0.5");
        const HttpResponse response = session.send(std::move(request), scopes, stop);
        if (response.status == 404 && page == 0)
            return std::nullopt;
        if (response.status != 200)
            session.fail(response);
        const Json document = Json::parse(response.body, nullptr, false);
        if (!document.is_object())
            throw Error(ErrorCode::FailedPrecondition, "the registry answers with no JSON object; ask who runs it");
        const bool wantsMore = take(document);
        const auto next = nextLink(response);
        if (!next)
            return true;
        if (!wantsMore)
            return false;
        const Url target = session.follow(response, *next);
        if (!target.isSameOrigin(first))
            throw Error(ErrorCode::FailedPrecondition,
                        "the next page of the list is said to be on another host, which is refused");
        url = target;
    }
    return false;
}

std::string textOf(const Json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool isType(std::string_view text)
{
    return text.size() <= longestType &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7f; });
}

std::optional<Referrer> referrerOf(const Json& descriptor)
{
    if (!descriptor.is_object())
        return std::nullopt;
    const auto digest = Digest::parse(textOf(descriptor, "digest"));
    const auto size = descriptor.find("size");
    if (!digest || size == descriptor.end() || !size->is_number_unsigned())
        return std::nullopt;
    Referrer referrer{*digest, size->get<std::uint64_t>(), textOf(descriptor, "mediaType"),
                      textOf(descriptor, "artifactType")};
    return isType(referrer.mediaType) && isType(referrer.artifactType) ? std::optional(std::move(referrer))
                                                                       : std::nullopt;
}

/// Adds those of that type; false when there are enough.
bool addReferrers(std::vector<Referrer>& referrers, const Json& document, const std::string& artifactType)
{
    const auto manifests = document.find("manifests");
    if (manifests == document.end() || !manifests->is_array())
        return true;
    for (const Json& descriptor : *manifests) {
        if (referrers.size() == mostReferrers)
            return false;
        auto referrer = referrerOf(descriptor);
        if (referrer && (artifactType.empty() || referrer->artifactType == artifactType))
            referrers.push_back(std::move(*referrer));
    }
    return true;
}

} // namespace

TagList RegistryClient::listTags(const std::string& repository, std::stop_token stop)
{
    checkRepository(repository);
    RegistrySession& session = m_impl->session;
    return about("tags of " + session.registry() + '/' + repository, [&] {
        TagList list;
        const Url url = session.url(repository, "tags", "list").withParameter("n", "1000");
        const auto isComplete = forEachPage(session, url, pullScope(repository), stop, [&](const Json& document) {
            const auto tags = document.find("tags");
            if (tags == document.end() || !tags->is_array()) // null where there is none
                return true;
            for (const Json& tag : *tags) {
                if (list.tags.size() == mostTags)
                    return false;
                if (tag.is_string() && isTag(tag.get_ref<const std::string&>()))
                    list.tags.push_back(tag.get<std::string>());
                else
                    ++list.dropped;
            }
            return list.tags.size() < mostTags;
        });
        if (!isComplete)
            throw Error(ErrorCode::NotFound, "the registry has no such repository; see how it is written");
        list.isComplete = *isComplete;
        return list;
    });
}

std::vector<Referrer> RegistryClient::referrers(const std::string& repository, const Digest& digest,
                                                const std::string& artifactType, std::stop_token stop)
{
    checkRepository(repository);
    RegistrySession& session = m_impl->session;
    return about("referrers of " + session.registry() + '/' + repository + '@' + digest.toString(), [&] {
        std::vector<Referrer> referrers;
        const auto take = [&](const Json& document) { return addReferrers(referrers, document, artifactType); };
        Url url = session.url(repository, "referrers", digest.toString());
        if (!artifactType.empty())
            url = url.withParameter("artifactType", artifactType);
        if (forEachPage(session, url, pullScope(repository), stop, take))
            return referrers;
        // OCI distribution specification, "Referrers Tag Schema".
        const std::string tag = std::string(toString(digest.algorithm())) + '-' + digest.hex();
        forEachPage(session, session.url(repository, "manifests", tag), pullScope(repository), stop, take);
        return referrers;
    });
}

} // namespace layerhold::registry
