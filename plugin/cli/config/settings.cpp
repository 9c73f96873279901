// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/config/settings.h"

#include "cli/output/text.h"
#include "layerhold/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>

namespace layerhold::cli {

namespace {

std::string environmentName(const SettingSpec& spec)
{
    std::string name = "LAYERHOLD_";
    for (const char* c = spec.name; *c; ++c)
        name.push_back(*c >= 'a' && *c <= 'z' ? static_cast<char>(*c - 'a' + 'A') : *c);
    return name;
}

std::optional<std::int64_t> parseNumber(const std::string& text)
{
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

/// Why `text` is no value of the setting; empty when it is one.
std::string problemOf(const SettingSpec& spec, const std::string& text)
{
    switch (spec.type) {
    case SettingType::Text:
        return {};
    case SettingType::Path:
        return text.starts_with('/') ? "" : "it must be an absolute path";
    case SettingType::Choice:
        if (std::find(spec.choices.begin(), spec.choices.end(), text) != spec.choices.end())
            return {};
        return fmt::format("it must be one of {}", fmt::join(spec.choices, ", "));
    case SettingType::Count: {
        const std::optional<std::int64_t> number = parseNumber(text);
        if (number && *number >= spec.least && *number <= spec.most)
            return {};
        return fmt::format("it must be an integer from {} to {}", spec.least, spec.most);
    }
    }
    return {};
}

/// `where`: what to name in the error.
void requireValid(const SettingSpec& spec, const std::string& text, const std::string& where)
{
    if (const std::string problem = problemOf(spec, text); !problem.empty())
        throw Error(ErrorCode::InvalidArgument,
                    fmt::format("{}: {} is '{}', but {}", where, spec.name, neutralise(text), problem));
}

std::string position(const std::filesystem::path& file, const toml::source_region& region)
{
    return fmt::format("{}:{}:{}", file.string(), region.begin.line, region.begin.column);
}

std::string textOf(const SettingSpec& spec, const toml::node& node, const std::string& where)
{
    if (spec.type == SettingType::Count) {
        if (const auto number = node.value_exact<std::int64_t>())
            return std::to_string(*number);
        throw Error(ErrorCode::InvalidArgument, fmt::format("{}: {} must be an integer", where, spec.name));
    }
    if (const auto text = node.value_exact<std::string>())
        return *text;
    throw Error(ErrorCode::InvalidArgument, fmt::format("{}: {} must be a string in quotes", where, spec.name));
}

std::string readAll(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    if (!stream || !(text << stream.rdbuf() || stream.peek() == std::ifstream::traits_type::eof()))
        throw Error(ErrorCode::NotFound,
                    "cannot read the configuration file " + file.string() + "; is it there and readable?");
    return text.str();
}

} // namespace

Settings Settings::load(const std::optional<std::filesystem::path>& file, const SettingsEnvironment& environment)
{
    Settings settings;
    settings.m_specs = settingSpecs(environment);
    for (const SettingSpec& spec : settings.m_specs)
        settings.m_values[spec.key] = {spec.defaultValue, "default"};
    std::error_code ignored;
    if (file)
        settings.readFile(*file);
    else if (const auto usual = defaultConfigFile(environment); std::filesystem::exists(usual, ignored))
        settings.readFile(usual);
    settings.readEnvironment(environment);
    return settings;
}

void Settings::readFile(const std::filesystem::path& file)
{
    const std::string text = readAll(file);
    toml::table table;
    try {
        table = toml::parse(text, file.string());
    } catch (const toml::parse_error& error) {
        throw Error(ErrorCode::InvalidArgument,
                    position(file, error.source()) + ": " + std::string(error.description()));
    }
    for (const auto& [name, node] : table) {
        const std::string where = position(file, name.source());
        const auto found = std::find_if(m_specs.begin(), m_specs.end(),
                                        [&, key = name.str()](const SettingSpec& spec) { return key == spec.name; });
        if (found == m_specs.end())
            throw Error(ErrorCode::InvalidArgument, fmt::format("{}: unknown key '{}'; layerhold config lists those "
                                                                "there are",
                                                                where, neutralise(name.str())));
        const std::string value = textOf(*found, node, position(file, node.source()));
        requireValid(*found, value, position(file, node.source()));
        m_values[found->key] = {value, fmt::format("{}:{}", file.string(), name.source().begin.line)};
    }
    m_file = file;
}

void Settings::readEnvironment(const SettingsEnvironment& environment)
{
    for (const SettingSpec& spec : m_specs) {
        const std::string name = environmentName(spec);
        if (const std::optional<std::string> text = environment.variable(name)) {
            requireValid(spec, *text, "the environment variable " + name);
            m_values[spec.key] = {*text, "environment " + name};
        }
    }
}

void Settings::setFromFlag(Key key, const std::string& text, const std::string& flag)
{
    requireValid(spec(key), text, flag);
    m_values[key] = {text, "flag " + flag};
}

void Settings::placeApiSocket()
{
    if (value(Key::ApiSocket).origin == "default" && value(Key::Root).origin != "default")
        m_values[Key::ApiSocket].text = text(Key::Root) + "/api.sock";
}

const SettingSpec& Settings::spec(Key key) const
{
    return *std::find_if(m_specs.begin(), m_specs.end(), [key](const SettingSpec& spec) { return spec.key == key; });
}

std::vector<std::string> Settings::list(Key key) const
{
    std::vector<std::string> items;
    std::istringstream stream(text(key));
    for (std::string item; std::getline(stream, item, ',');) {
        const auto first = item.find_first_not_of(" \t");
        if (first != std::string::npos)
            items.push_back(item.substr(first, item.find_last_not_of(" \t") - first + 1));
    }
    return items;
}

std::uint64_t Settings::number(Key key) const
{
    return static_cast<std::uint64_t>(parseNumber(text(key)).value_or(0));
}

bool Settings::isExplicit(Key key) const
{
    const std::string& origin = value(key).origin;
    return origin.starts_with("flag ") || origin.starts_with("environment ");
}

std::string defaultConfigText(const std::vector<SettingSpec>& specs)
{
    std::string text = "# Configuration of Layerhold. Every line that starts with # is the default.\n";
    for (const SettingSpec& spec : specs) {
        text += fmt::format("\n# {}\n", spec.sentence);
        if (!spec.choices.empty())
            text += fmt::format("# One of: {}.\n", fmt::join(spec.choices, ", "));
        if (spec.type == SettingType::Count)
            text += fmt::format("# From {} to {}.\n# {} = {}\n", spec.least, spec.most, spec.name, spec.defaultValue);
        else
            text += fmt::format("# {} = \"{}\"\n", spec.name, spec.defaultValue);
    }
    return text;
}

} // namespace layerhold::cli
