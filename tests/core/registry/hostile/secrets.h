// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace layerhold::test::hostile {

/// What nobody but the one it is for may see. Each holds the word "planted", or is the base 64 of what does.
struct Planted
{
    std::string password = "planted-password-7f3a";
    std::string passwordBasic = "dXNlcjpwbGFudGVkLXBhc3N3b3JkLTdmM2E="; ///< of "user:" and the password
    std::string bearer = "planted-bearer-51bc";
    std::string identity = "planted-identity-9e2d";
    std::string identityBasic = "PHRva2VuPjpwbGFudGVkLWlkZW50aXR5LTllMmQ="; ///< of "<token>:" and the identity token
    std::string registryToken = "planted-registry-08c4";
    std::string gateway = "planted-gateway-33aa"; ///< in a header of the endpoint's settings
    std::string signature = "planted-signature-d1e7";
    std::string userinfo = "planted-userinfo-6b6b";

    /// What a server that was told everything could say.
    std::string everything(char separator) const
    {
        std::string text;
        for (const std::string& secret : {password, passwordBasic, bearer, identity, identityBasic, registryToken})
            text += (text.empty() ? std::string() : std::string(1, separator)) + secret;
        return text;
    }
};

inline const Planted planted;

/// Whether nothing planted is in the text, whole or in part, in whatever case, once `allowed` are taken out.
bool isClean(std::string text, const std::vector<std::string>& allowed = {});

/// Every `from` of the text made `to`.
void replaceAll(std::string& text, const std::string& from, const std::string& to);

} // namespace layerhold::test::hostile
