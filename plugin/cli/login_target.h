// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace layerhold::cli {

/// What somebody logs in to, as people write it: "ghcr.io", "https://ghcr.io/", "https://index.docker.io/v1/". The
/// result has neither scheme nor path, and is "docker.io" for all names of Docker Hub. Error{InvalidArgument} for a
/// path behind the name: credentials are kept for whole registries.
std::string requireRegistry(const std::string& text);

struct LoginTarget
{
    std::string registry;
    std::string repository; ///< empty: the registry as a whole

    /// "ghcr.io", "docker.io/library/nginx".
    std::string toString() const;
};

/// A registry, or what the name of an image stands for. A name without a slash is a registry when it has a dot before
/// any colon or is "localhost", and an image of Docker Hub otherwise; a slash at its end or a scheme makes it a
/// registry. Error{InvalidArgument} for what is neither.
LoginTarget requireLoginTarget(const std::string& text);

/// A key of a credential file in normal form: "ghcr.io", "quay.io/team".
LoginTarget loginTargetOfKey(const std::string& key);

} // namespace layerhold::cli
