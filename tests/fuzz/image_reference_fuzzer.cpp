// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz_one.h"
#include "fuzz/properties.h"
#include "layerhold/image_reference.h"

#include <algorithm>
#include <string>

using namespace layerhold;
using namespace layerhold::fuzz;

namespace {

bool isMadeOf(std::string_view text, std::string_view others)
{
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || others.find(c) != std::string_view::npos;
    });
}

/// The limits of distribution/reference.
void checkParts(const ImageReference& reference)
{
    constexpr std::string_view upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    hold(!reference.registry().empty() && reference.registry().size() <= 255, "the registry is bounded");
    hold(!reference.path().empty() && reference.path().size() <= 255, "the path is bounded");
    hold(reference.tag().size() <= 128, "the tag is bounded");
    hold(!reference.tag().empty() || reference.digest(), "there is a tag or a digest");
    hold(isMadeOf(reference.registry(), std::string(upper) + ".-:[]"), "the registry has its characters only");
    hold(isMadeOf(reference.path(), "._-/"), "the path has its characters only");
    hold(isMadeOf(reference.tag(), std::string(upper) + "._-"), "the tag has its characters only");
    hold(reference.path().find("..") == std::string::npos && reference.path().find("//") == std::string::npos,
         "the path leads nowhere else");
    hold(reference.path().front() != '/' && reference.path().back() != '/', "the path has no empty part");
}

/// What stands behind the repository.
std::string suffixOf(const ImageReference& reference)
{
    return reference.toString().substr(reference.repository().size());
}

void checkNames(const ImageReference& reference)
{
    hold(ImageReference::parse(reference.toString()) == reference, "a printed reference parses to the same");
    hold(reference.toString().starts_with(reference.repository()), "the text begins with the repository");
    if (reference.registry() != "docker.io")
        return;
    hold(reference.path().find('/') != std::string::npos, "single names of Docker Hub are in library/");
    hold(ImageReference::parse("index." + reference.toString()) == reference, "Docker Hub has one name");
    constexpr std::string_view official = "library/";
    const std::string name = reference.path().substr(std::min(official.size(), reference.path().size()));
    if (reference.path().starts_with(official) && name.find('/') == std::string::npos)
        hold(ImageReference::parse(name + suffixOf(reference)) == reference, "the short name is the same image");
}

} // namespace

int fuzzOne(std::span<const std::uint8_t> input)
{
    const std::string_view text = textOf(input);
    const auto reference = ImageReference::parse(text);
    if (!reference) {
        hold(refusalOf(ErrorCode::InvalidArgument, [&] { ImageReference::require(text); }).has_value(),
             "require refuses what parse refuses");
        return 0;
    }
    hold(ImageReference::require(text) == *reference, "require takes what parse takes");
    checkParts(*reference);
    checkNames(*reference);
    return 0;
}
