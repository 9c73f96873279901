// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/text.h"

#include <memory>

namespace layerhold::cli {

namespace {

Json json(const Settings& settings)
{
    Json list = Json::array();
    for (const SettingSpec& spec : settings.specs()) {
        const Settings::Value& value = settings.value(spec.key);
        Json entry{{"key", spec.name}};
        if (spec.type == SettingType::Count)
            entry["value"] = settings.number(spec.key);
        else
            entry["value"] = value.text;
        entry["origin"] = value.origin;
        entry["default"] = spec.defaultValue;
        entry["sentence"] = spec.sentence;
        list.push_back(entry);
    }
    return {{"file", settings.file() ? Json(settings.file()->string()) : Json()}, {"settings", list}};
}

int run(Context& context, bool defaults)
{
    Output output = context.output();
    if (defaults) {
        std::string text = defaultConfigText(settingSpecs(SettingsEnvironment::ofProcess()));
        text.pop_back(); // line() ends it
        output.line(text);
        return 0;
    }
    const Settings& settings = context.settings();
    if (output.isJson()) {
        output.document(json(settings));
        return 0;
    }
    Table table({{"KEY"}, {"VALUE"}, {"ORIGIN"}, {"MEANING"}});
    for (const SettingSpec& spec : settings.specs()) {
        const Settings::Value& value = settings.value(spec.key);
        table.add({spec.name, value.text.empty() ? "\"\"" : value.text, value.origin, spec.sentence});
    }
    output.table(table);
    return 0;
}

} // namespace

void addConfig(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("config", "Show every setting, its value and where that is from");
    const auto defaults = std::make_shared<bool>(false);
    verb.add_flag("--default", *defaults, "Print a commented configuration file with the defaults");
    context.addClientFlags(verb);
    verb.footer("Example:\n  layerhold config --default | sudo tee /etc/layerhold/config.toml");
    context.onRun(verb, [defaults](Context& c) { return run(c, *defaults); });
}

} // namespace layerhold::cli
