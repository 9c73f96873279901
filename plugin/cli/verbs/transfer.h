// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/registry_sources.h"
#include "service/api/session.h"

#include <layerhold/v1/registries.pb.h>

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

/// What pull, push and copy have in common.
namespace layerhold::cli {

class Context;

/// --platform and --all-platforms.
class PlatformFlags
{
public:
    void addTo(CLI::App& verb);
    /// As registry::PullRequest::platforms: that of this machine unless others are named, none for all.
    std::vector<std::string> chosen() const;

private:
    std::vector<std::string> m_platforms;
    bool m_isAll = false;
};

/// With a progress bar. `engine`: that is given what the credential may read; empty: none.
v1::PullReport pull(Context& context, service::Session& session, RegistrySources& sources, const ImageReference& image,
                    const std::vector<std::string>& platforms, const std::string& engine);
/// `image`: what people call it. `platform`: of an index only that one's manifest; empty: all of it.
v1::PushReport push(Context& context, service::Session& session, RegistrySources& sources, const std::string& image,
                    const ImageReference& destination, const std::string& platform);

void show(class Output& output, const v1::PushReport& report);

} // namespace layerhold::cli
