// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/certificates_folder.h"

#include "base/file_system.h"
#include "base/text.h"
#include "layerhold/error.h"

#include <algorithm>
#include <string>

namespace layerhold::registry {

namespace {

void requireOther(const std::vector<std::string>& names, const std::filesystem::path& file, const char* extension)
{
    std::filesystem::path other = file;
    other.replace_extension(extension);
    if (!std::binary_search(names.begin(), names.end(), other.filename().native()))
        throw Error(ErrorCode::FailedPrecondition, text::quotedPath(file) + " is half of a client certificate; put " +
                                                       text::quoted(other.filename().native()) +
                                                       " beside it, or take it away");
}

} // namespace

TlsSettings readCertificates(const std::filesystem::path& folder)
{
    TlsSettings tls;
    const std::vector<std::string> names = FileSystem::real().list(folder); // sorted
    for (const std::string& name : names) {
        const std::filesystem::path file = folder / name;
        if (file.extension() == ".crt") {
            tls.caFiles.push_back(file);
        } else if (file.extension() == ".cert") {
            requireOther(names, file, ".key");
            std::filesystem::path key = file;
            tls.clientPairs.push_back({file, key.replace_extension(".key")});
        } else if (file.extension() == ".key") {
            requireOther(names, file, ".cert");
        }
    }
    return tls;
}

} // namespace layerhold::registry
