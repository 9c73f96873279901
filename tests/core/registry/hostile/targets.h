// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hostile/hostility.h"

#include <string>
#include <vector>

namespace layerhold::test::hostile {

struct Target
{
    const char* name;
    std::string url;
    Refusal refusal;
};

/// Where no answer may lead a client to.
inline std::vector<Target> forbiddenTargets()
{
    using enum Refusal;
    return {
        {"the metadata of the cloud", "http://169.254.169.254/latest/meta-data?{signed}", ByAddress},
        {"it as a number", "http://2852039166/", ByAddress},
        {"it in hexadecimal", "http://0xA9FEA9FE:{evil-port}/", ByAddress},
        {"it in octal", "http://0251.0376.0251.0376/", ByAddress},
        {"it inside IPv6", "http://[::ffff:169.254.169.254]/", ByAddress},
        {"it by name", "{evil:metadata.google.internal}/computeMetadata/v1/?{signed}", ByAddress},
        {"it by a short name", "{evil:metadata}/", ByAddress},
        {"the metadata of another cloud", "{evil:carrier.example.org}/", ByAddress},
        {"metadata in IPv6", "http://[fd00:ec2::254]/", ByAddress},
        {"10.0.0.1", "http://10.0.0.1:{evil-port}/", ByAddress},
        {"10.255.255.255", "http://10.255.255.255:6443/", ByAddress},
        {"172.31.0.1", "http://172.31.0.1/", ByAddress},
        {"192.168.0.1", "http://192.168.0.1/", ByAddress},
        {"0.0.0.0", "http://0.0.0.0:{evil-port}/", ByAddress},
        {"another loopback", "http://127.0.0.2:{evil-port}/", ByAddress},
        {"loopback in IPv6", "http://[::1]:{evil-port}/", ByAddress},
        {"link-local IPv6", "http://[fe80::1]/", ByAddress},
        {"multicast", "http://224.0.0.1/", ByAddress},
        {"localhost", "http://localhost:{evil-port}/", ByAddress},
        {"below localhost", "http://x.localhost:{evil-port}/", ByAddress},
        {"a name that is loopback", "{evil}/?{signed}", ByAddress},
        {"a name that begins like the registry", "{evil:127.0.0.1.example.org}/", ByAddress},
        {"a name that is link-local", "{evil:link-local.example.org}/", ByAddress},
        {"a name that is private", "{evil:private.example.org}/", ByAddress},
        {"a name that is unspecified", "{evil:unspecified.example.org}/", ByAddress},
        {"a name that is loopback in IPv6", "{evil:loopback6.example.org}/", ByAddress},
        {"a name that is mapped", "{evil:mapped.example.org}/", ByAddress},
        {"a name of two addresses", "{evil:mixed.example.org}/", ByAddress},
        {"another host without scheme", "//{evil-authority}/", ByAddress},
        {"another host before a fragment", "http://{evil-authority}#@127.0.0.1/", ByAddress},
        {"another host in disguise", "http://cdn%2eexample%2eorg:{evil-port}/", ByAddress},
        {"another host behind userinfo", "http://127.0.0.1:80@{evil-authority}/", None},
        {"userinfo", "http://{userinfo}@{evil-authority}/?{signed}", None},
        {"file:", "file:///etc/passwd?{signed}", None},
        {"ftp:", "ftp://{userinfo}@{evil-authority}/", None},
        {"gopher:", "gopher://{evil-authority}/_x", None},
        {"dict:", "dict://{evil-authority}/d:{word}", None},
        {"ldap:", "ldap://{evil-authority}/", None},
        {"data:", "data:application/json,{word}", None},
        {"nonsense", "http://a b/{word}", None},
        {"an open bracket", "http://[{word}/", None},
        {"no host", "http:///{word}", None},
        {"20 KiB", "http://{evil-authority}/" + std::string(20'000, 'x'), None},
    };
}

} // namespace layerhold::test::hostile
