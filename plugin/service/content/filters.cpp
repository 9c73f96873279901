// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/content/filters.h"

namespace layerhold::service {

namespace {

std::string joined(const std::vector<std::string>& pieces, std::size_t from)
{
    std::string result;
    for (std::size_t i = from; i < pieces.size(); ++i) {
        if (i > from)
            result += '.';
        result += pieces[i];
    }
    return result;
}

} // namespace

bool matches(const Filter& filter, const ContentInfo& info)
{
    return filter.matches([&](const std::vector<std::string>& path) -> std::optional<std::string> {
        if (path.front() == "digest")
            return info.digest.toString();
        if (path.front() == "labels") {
            if (const auto label = info.labels.find(joined(path, 1)); label != info.labels.end())
                return label->second;
        }
        return std::nullopt;
    });
}

bool matches(const Filter& filter, const IngestStatus& status)
{
    return filter.matches([&](const std::vector<std::string>& path) -> std::optional<std::string> {
        if (path.front() == "ref")
            return status.ref;
        return std::nullopt;
    });
}

} // namespace layerhold::service
