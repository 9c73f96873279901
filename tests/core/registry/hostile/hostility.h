// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/error.h"
#include "support/http_server.h"

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace layerhold::test::hostile {

class Stage;

/// What a client is asked to do.
enum class Operation
{
    Ping,
    HeadManifest, ///< of a tag
    GetManifest,  ///< by digest
    GetTag,
    PutManifest,
    HeadBlob,
    GetBlob,
    ResumeBlob,
    PushBlob,
    PushChunks,
    PushLarge, ///< more than the buffers of a connection take
    MountBlob,
    ListTags,
    Referrers,
};

using Operations = std::vector<Operation>;

inline const Operations reads{Operation::Ping,    Operation::HeadManifest, Operation::GetManifest, Operation::HeadBlob,
                              Operation::GetBlob, Operation::ListTags,     Operation::Referrers};
inline const Operations writes{Operation::PutManifest, Operation::PushBlob, Operation::PushChunks,
                               Operation::MountBlob};
/// Those whose answers have bodies that are kept.
inline const Operations documents{Operation::GetManifest, Operation::GetTag, Operation::ListTags, Operation::Referrers};

/// With what, and how the registry wants it shown.
enum class Who
{
    Anonymous,
    Basic,
    Password, ///< for a token
    IdentityToken,
    RegistryToken,
};

inline const std::vector<Who> everybody{Who::Anonymous, Who::Basic, Who::Password, Who::IdentityToken,
                                        Who::RegistryToken};
/// Those for whom the token service is asked.
inline const std::vector<Who> tokenUsers{Who::Anonymous, Who::Password, Who::IdentityToken};

const char* toString(Operation operation);
const char* toString(Who who);

/// Where a server may lead to that it has no business to.
enum class Refusal
{
    None,
    ByAddress, ///< known when the socket would be made
};

enum class Gate
{
    Closed, ///< the registry asks for a credential first, and misbehaves when it has it
    Open,
};

enum class Patience
{
    Usual,
    Short, ///< 150 ms for headers and stalls, a second in all
};

/// Whether each operation is done with each credential, or with one of them in turn.
enum class Mix
{
    InTurn,
    All,
};

/// What a server does with a request.
using Act = std::function<void(const Stage& stage, const HttpRecord& request, HttpReply& reply)>;

/// One way to be hostile, what it is tried on, and what may come of it.
struct Hostility
{
    Hostility(std::string theName, Act act)
        : name(std::move(theName))
        , registry(std::move(act))
    {}

    Hostility& on(Operations theirs) { return operations = std::move(theirs), *this; }

    Hostility& by(std::vector<Who> theirs, Mix mixed = Mix::All) { return who = std::move(theirs), mix = mixed, *this; }

    /// Any of these; none: the operation succeeds.
    Hostility& ends(std::vector<ErrorCode> theirs) { return codes = std::move(theirs), *this; }

    std::string name;
    Act registry;
    Act tokens;  ///< empty: gives a token
    Act storage; ///< empty: 200 with an empty object
    Operations operations = reads;
    std::vector<Who> who = everybody;
    Mix mix = Mix::InTurn;
    std::vector<ErrorCode> codes;
    Refusal refusal = Refusal::None;
    Gate gate = Gate::Closed;
    Patience patience = Patience::Usual;
    Security security = Security::Plain;
    std::string host = "127.0.0.1"; ///< of the registry
    std::size_t mostRequests = 24;  ///< to each server
};

/// In texts of acts {registry}, {tokens}, {storage}, {trusted}, {mute}, {evil} and {evil:NAME} stand for origins,
/// {evil-authority} and {evil-port} for parts of one, {signed} for a query, {userinfo} for a user and a password,
/// {everything} and {word} for all secrets, without spaces in the latter.
Act answers(int status, HttpHeaders headers = {}, std::string body = {});
/// With a Location.
Act leads(std::string location, int status = 307);
/// Bytes, and the end of the connection.
Act sends(std::string bytes);
/// A challenge for a bearer token: the parameters.
Act challenges(std::string parameters, int status = 401);

std::vector<Hostility> destinations(); ///< redirects and links
std::vector<Hostility> uploads();
std::vector<Hostility> realms();
std::vector<Hostility> tokenServices();
std::vector<Hostility> refusals(); ///< endless 401, and what error answers say
std::vector<Hostility> framings(); ///< HTTP that is none
std::vector<Hostility> contents(); ///< other bytes than asked for
std::vector<Hostility> delays();

} // namespace layerhold::test::hostile
