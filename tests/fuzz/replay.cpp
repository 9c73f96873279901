// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
// replay PATH...: runs the fuzzer that it is linked with once over each file, and each file of each folder. Needs no
// libFuzzer, so any compiler and any test run can do it.
#include "fuzz/fuzz_one.h"
#include "support/files.h"

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

namespace {

std::vector<std::filesystem::path> filesIn(const std::filesystem::path& path)
{
    if (!std::filesystem::is_directory(path))
        return {path};
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(path))
        files.push_back(entry.path());
    return files;
}

} // namespace

int main(int argumentCount, char** arguments)
{
    int count = 0;
    for (int i = 1; i < argumentCount; ++i) {
        for (const std::filesystem::path& file : filesIn(arguments[i])) {
            std::printf("%s\n", file.c_str());
            std::fflush(stdout); // the last line names the input that ends the program
            const std::string content = layerhold::test::readFile(file);
            fuzzOne({reinterpret_cast<const std::uint8_t*>(content.data()), content.size()});
            ++count;
        }
    }
    std::printf("%d inputs\n", count);
    return count > 0 ? 0 : 1;
}
