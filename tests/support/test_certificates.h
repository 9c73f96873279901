// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/temp_root.h"

#include <filesystem>

namespace layerhold::test {

/// A certificate authority of the moment, and what it has signed, as PEM files: for 127.0.0.1, localhost and all names
/// below example.test; and for a client.
class TestCertificates
{
public:
    TestCertificates();

    std::filesystem::path caFile() const { return m_folder / "ca.pem"; }

    std::filesystem::path serverCertificate() const { return m_folder / "server.pem"; }

    std::filesystem::path serverKey() const { return m_folder / "server.key"; }

    std::filesystem::path clientCertificate() const { return m_folder / "client.pem"; }

    std::filesystem::path clientKey() const { return m_folder / "client.key"; }

private:
    TempRoot m_folder;
};

} // namespace layerhold::test
