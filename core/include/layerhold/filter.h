// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold {

/// containerd's filter grammar (containerd, filters/parser.go): `selector,selector` is AND, several filters are OR,
/// `field.path` tests presence, `==`, `!=` and `~=` compare. Regular expressions are RE2: linear time, unanchored; one
/// that does not compile never matches. Immutable and thread-safe once made.
class Filter
{
public:
    /// The value of a field path, nullopt when the thing has no such field. The pieces of the path come unquoted.
    using Adaptor = std::function<std::optional<std::string>(const std::vector<std::string>& fieldPath)>;

    /// InvalidArgument with the position of the mistake. "" matches everything.
    static Filter parse(std::string_view text);
    /// OR over all; no filters match everything.
    static Filter parseAny(const std::vector<std::string>& texts);

    bool matches(const Adaptor& adaptor) const;
    bool matchesEverything() const;

private:
    struct Node;
    explicit Filter(std::shared_ptr<const Node> root);
    std::shared_ptr<const Node> m_root;
};

} // namespace layerhold
