// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/cache.h"
#include "layerhold/error.h"
#include "service/content/engine_server.h"

#include <csignal>
#include <iostream>
#include <map>
#include <string>

/// layerhold_content_server --root DIR --socket SOCK [--sharing verified|open|isolated]: the content service of one
/// engine over a cache, and nothing else. Prints "ready" when clients can connect; ends on SIGTERM and SIGINT.
int main(int argc, char** argv)
try {
    std::map<std::string, std::string> arguments{{"--sharing", "verified"}};
    for (int i = 1; i + 1 < argc; i += 2)
        arguments[argv[i]] = argv[i + 1];
    const auto sharing = layerhold::parseSharing(arguments["--sharing"]);
    if (arguments["--root"].empty() || arguments["--socket"].empty() || !sharing) {
        std::cerr << "usage: layerhold_content_server --root DIR --socket SOCK [--sharing verified|open|isolated]\n";
        return 2;
    }

    // Blocked before any thread starts, so that only sigwait sees them.
    sigset_t stops;
    sigemptyset(&stops);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stops, nullptr);

    layerhold::CacheOptions cacheOptions;
    cacheOptions.root = arguments["--root"];
    const auto cache = layerhold::Cache::open(cacheOptions);
    cache->addEngine("test", arguments["--socket"], *sharing);

    layerhold::service::WorkerPool workers(16);
    layerhold::service::EngineServerOptions options;
    options.listen.path = arguments["--socket"];
    layerhold::service::EngineServer server(
        cache->contentStore("test"), options, workers,
        [](layerhold::service::LogLevel, const std::string& message) { std::cerr << message << std::endl; });
    server.start();
    std::cout << "ready" << std::endl;

    int signal = 0;
    sigwait(&stops, &signal);
    server.stop(std::chrono::system_clock::now() + std::chrono::seconds(2));
    return 0;

} catch (const std::exception& exception) {
    std::cerr << exception.what() << std::endl;
    return 1;
}
