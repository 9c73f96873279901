// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/registry_messages.h"

#include "layerhold/error.h"
#include "service/api/messages.h"

#include <chrono>
#include <string>

namespace layerhold::service::messages {

namespace {

using registry::Capability;
using registry::Credential;
using registry::CredentialKind;
using registry::Endpoint;
using registry::Secret;

constexpr int mostSources = 64;

v1::RegistryCredential::Kind kindOf(CredentialKind kind)
{
    switch (kind) {
    case CredentialKind::Anonymous:
        return v1::RegistryCredential::ANONYMOUS;
    case CredentialKind::Password:
        return v1::RegistryCredential::PASSWORD;
    case CredentialKind::IdentityToken:
        return v1::RegistryCredential::IDENTITY_TOKEN;
    case CredentialKind::RegistryToken:
        return v1::RegistryCredential::REGISTRY_TOKEN;
    }
    return v1::RegistryCredential::ANONYMOUS;
}

CredentialKind kindOf(v1::RegistryCredential::Kind kind)
{
    switch (kind) {
    case v1::RegistryCredential::ANONYMOUS:
        return CredentialKind::Anonymous;
    case v1::RegistryCredential::PASSWORD:
        return CredentialKind::Password;
    case v1::RegistryCredential::IDENTITY_TOKEN:
        return CredentialKind::IdentityToken;
    case v1::RegistryCredential::REGISTRY_TOKEN:
        return CredentialKind::RegistryToken;
    default:
        throw Error(ErrorCode::InvalidArgument, "the kind of the credential is unknown; is the program as new as the "
                                                "daemon?");
    }
}

Secret secretOf(const std::string& text)
{
    std::string copy = text;
    return Secret(std::move(copy));
}

const char* nameOf(registry::ResolvedBy by)
{
    switch (by) {
    case registry::ResolvedBy::Reference:
        return "reference";
    case registry::ResolvedBy::Cache:
        return "cache";
    case registry::ResolvedBy::Registry:
        return "registry";
    case registry::ResolvedBy::Stale:
        return "stale";
    }
    return "";
}

} // namespace

std::string shortName(const Identity& identity)
{
    constexpr std::size_t digits = 12;
    return identity.isAnonymous() ? identity.toString() : identity.toString().substr(0, digits);
}

v1::RegistryCredential from(const Credential& credential)
{
    v1::RegistryCredential message;
    message.set_kind(kindOf(credential.kind));
    message.set_username(credential.username);
    message.set_secret(std::string(credential.secret.reveal()));
    message.set_source(credential.source);
    return message;
}

v1::RegistrySource from(const registry::Source& source)
{
    const Endpoint& endpoint = source.endpoint;
    v1::RegistrySource message;
    *message.mutable_credential() = from(source.credential);
    v1::RegistryEndpoint& to = *message.mutable_endpoint();
    to.set_url(endpoint.url);
    to.set_pull(endpoint.capabilities.has(Capability::Pull));
    to.set_resolve(endpoint.capabilities.has(Capability::Resolve));
    to.set_push(endpoint.capabilities.has(Capability::Push));
    to.set_referrers(endpoint.capabilities.has(Capability::Referrers));
    to.set_is_mirror(endpoint.isMirror);
    const registry::TlsSettings tls = readTls(endpoint.tls);
    to.set_authorities(tls.material.authorities);
    to.set_client_certificate(tls.material.certificate);
    to.set_client_key(std::string(tls.material.key.reveal()));
    to.set_skip_verify(tls.verification == registry::Verification::Skip);
    for (const registry::Header& header : endpoint.headers) {
        v1::RegistryHeader& line = *to.add_headers();
        line.set_name(header.name);
        line.set_value(std::string(header.value.reveal()));
    }
    for (const std::string& host : endpoint.trustedHosts)
        to.add_trusted_hosts(host);
    if (endpoint.dialTimeout)
        to.set_dial_timeout_ms(static_cast<std::uint32_t>(endpoint.dialTimeout->count()));
    return message;
}

Credential credentialOf(const v1::RegistryCredential& message)
{
    Credential credential;
    credential.kind = kindOf(message.kind());
    credential.username = message.username();
    credential.secret = secretOf(message.secret());
    credential.source = message.source();
    const bool isAnonymous = credential.kind == CredentialKind::Anonymous;
    if (isAnonymous != credential.secret.isEmpty() && credential.kind != CredentialKind::Password)
        throw Error(ErrorCode::InvalidArgument,
                    isAnonymous ? "an anonymous credential has a secret" : "the credential has no secret");
    return credential;
}

registry::Source sourceOf(const v1::RegistrySource& message)
{
    const v1::RegistryEndpoint& from = message.endpoint();
    registry::Source source;
    source.credential = credentialOf(message.credential());
    Endpoint& endpoint = source.endpoint;
    endpoint.url = from.url();
    endpoint.capabilities = registry::Capabilities::none();
    const auto can = [&](Capability capability, bool set) {
        if (set)
            endpoint.capabilities.add(capability);
    };
    can(Capability::Pull, from.pull());
    can(Capability::Resolve, from.resolve());
    can(Capability::Push, from.push());
    can(Capability::Referrers, from.referrers());
    endpoint.isMirror = from.is_mirror();
    endpoint.tls.verification = from.skip_verify() ? registry::Verification::Skip : registry::Verification::Full;
    endpoint.tls.material.authorities = from.authorities();
    endpoint.tls.material.certificate = from.client_certificate();
    endpoint.tls.material.key = secretOf(from.client_key());
    for (const v1::RegistryHeader& header : from.headers())
        endpoint.headers.push_back({header.name(), secretOf(header.value())});
    endpoint.trustedHosts.assign(from.trusted_hosts().begin(), from.trusted_hosts().end());
    if (from.dial_timeout_ms() != 0)
        endpoint.dialTimeout = std::chrono::milliseconds(from.dial_timeout_ms());
    return source;
}

std::vector<registry::Source> sourcesOf(const google::protobuf::RepeatedPtrField<v1::RegistrySource>& messages)
{
    if (messages.size() > mostSources)
        throw Error(ErrorCode::InvalidArgument,
                    "more than " + std::to_string(mostSources) + " places are named to pull from");
    std::vector<registry::Source> sources;
    for (const v1::RegistrySource& message : messages)
        sources.push_back(sourceOf(message));
    return sources;
}

v1::RateLimit from(const registry::KnownRateLimit& limit)
{
    v1::RateLimit message;
    message.set_registry(limit.registry);
    message.set_identity(shortName(limit.identity));
    message.set_limit(limit.limit.limit);
    message.set_remaining(limit.limit.remaining);
    message.set_window_seconds(static_cast<std::uint64_t>(limit.limit.window.count()));
    message.set_source(limit.limit.source);
    set(message.mutable_said_at(), limit.saidAt);
    return message;
}

v1::PullReport from(const ImageReference& reference, const registry::PullReport& report)
{
    v1::PullReport message;
    message.set_reference(reference.toString());
    message.set_digest(report.digest.toString());
    message.set_blobs(report.blobs);
    message.set_bytes(report.bytes);
    message.set_downloaded_blobs(report.downloadedBlobs);
    message.set_downloaded_bytes(report.downloadedBytes);
    message.set_foreign_layers(report.foreignLayers);
    message.set_stale(report.isStale);
    return message;
}

v1::PushReport from(const ImageReference& reference, const registry::PushReport& report)
{
    v1::PushReport message;
    message.set_reference(reference.toString());
    message.set_digest(report.digest.toString());
    message.set_blobs(report.blobs);
    message.set_bytes(report.bytes);
    message.set_mounted_blobs(report.mountedBlobs);
    message.set_present_blobs(report.presentBlobs);
    message.set_uploaded_bytes(report.uploadedBytes);
    return message;
}

v1::ResolveResponse::Outcome from(const ImageReference& reference, const registry::ResolveOutcome& outcome)
{
    v1::ResolveResponse::Outcome message;
    message.set_reference(reference.toString());
    if (outcome.error) {
        message.set_error_code(std::string(toString(outcome.error->code())));
        message.set_error(outcome.error->what());
        return message;
    }
    message.set_digest(outcome.resolution->digest.toString());
    message.set_from(nameOf(outcome.resolution->by));
    if (outcome.resolution->movedFrom)
        message.set_moved_from(outcome.resolution->movedFrom->toString());
    set(message.mutable_checked_at(), outcome.resolution->checkedAt);
    return message;
}

} // namespace layerhold::service::messages
