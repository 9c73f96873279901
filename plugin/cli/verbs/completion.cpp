// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/completions.h"
#include "cli/context.h"

#include <memory>

namespace layerhold::cli {

namespace {

const char* script(const std::string& shell)
{
    if (shell == "bash")
        return completions::bash;
    return shell == "zsh" ? completions::zsh : completions::fish;
}

} // namespace

void addCompletion(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("completion", "Print the script that completes our command lines in a shell");
    const auto shell = std::make_shared<std::string>();
    verb.add_option("SHELL", *shell, "bash, zsh or fish")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
    verb.footer("Example:\n  source <(layerhold completion bash)");
    context.onRun(verb, [shell](Context& c) {
        c.output().line(script(*shell));
        return 0;
    });
}

} // namespace layerhold::cli
