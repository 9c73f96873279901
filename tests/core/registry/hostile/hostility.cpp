// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "hostile/hostility.h"

#include "hostile/stage.h"

namespace layerhold::test::hostile {

Act answers(int status, HttpHeaders headers, std::string body)
{
    return [=](const Stage& stage, const HttpRecord&, HttpReply& reply) {
        HttpHeaders expanded;
        for (const auto& [name, value] : headers)
            expanded.emplace_back(name, stage.expand(value));
        reply.send(status, expanded, stage.expand(body));
    };
}

Act leads(std::string location, int status)
{
    return answers(status, {{"Location", std::move(location)}});
}

Act sends(std::string bytes)
{
    return [=](const Stage& stage, const HttpRecord&, HttpReply& reply) {
        reply.raw(stage.expand(bytes));
        reply.cut();
    };
}

Act challenges(std::string parameters, int status)
{
    return answers(status, {{"WWW-Authenticate", "Bearer " + std::move(parameters)}});
}

} // namespace layerhold::test::hostile
