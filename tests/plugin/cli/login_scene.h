// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/planted_secret.h"
#include "plugin/cli/program_run.h"
#include "support/http_server.h"
#include "support/temp_root.h"

#include <QProcess>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace layerhold::testing {

using layerhold::registry::test::leaks;
using layerhold::registry::test::plantedAuth;
using layerhold::registry::test::plantedSecret;
using layerhold::registry::test::plantedUser;

inline std::string readFile(const std::filesystem::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// A user with a home of his own, who runs the program.
class LoginScene
{
public:
    LoginScene()
    {
        for (const char* folder : {"home", "bin", "etc/ssl"})
            std::filesystem::create_directories(m_root / folder);
    }

    std::filesystem::path operator/(const std::filesystem::path& name) const { return m_root / name; }

    std::filesystem::path dockerConfig() const { return m_root / "home/.docker/config.json"; }

    std::string storedConfig() const { return readFile(dockerConfig()); }

    /// A file for its owner alone.
    std::filesystem::path put(const std::filesystem::path& name, const std::string& content) const
    {
        using std::filesystem::perms;
        std::filesystem::path path = m_root / name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << content;
        std::filesystem::permissions(path, perms::owner_read | perms::owner_write);
        return path;
    }

    void putDockerConfig(const std::string& content) const { put("home/.docker/config.json", content); }

    void putLogin(const std::string& registry) const
    {
        putDockerConfig("{\"auths\":{\"" + registry + "\":{\"auth\":\"" + plantedAuth + "\"}}}");
    }

    void putPodmanLogin(const std::string& key) const
    {
        put("run/containers/auth.json", "{\"auths\":{\"" + key + "\":{\"auth\":\"" + plantedAuth + "\"}}}");
    }

    /// docker-credential-SUFFIX, which runWithHelpers finds.
    void putHelper(const std::string& suffix, const std::string& script) const
    {
        const auto path = put("bin/docker-credential-" + suffix, "#!/bin/sh\n" + script + '\n');
        std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    }

    /// Lets the program trust the server's authority, by the user's certs.d.
    void trust(const test::HttpServer& server) const
    {
        put("config/docker/certs.d/" + server.authority() + "/ca.crt", readFile(server.certificates().caFile()));
    }

    /// A setting of the program, by its variable.
    void set(const QString& variable, const std::string& value)
    {
        m_settings.insert(variable, QString::fromStdString(value));
    }

    void prepare(QProcess& process) const
    {
        QProcessEnvironment environment;
        const auto set = [&](const char* name, const std::filesystem::path& value) {
            environment.insert(QString::fromLatin1(name), QString::fromStdString(value.native()));
        };
        set("PATH", qEnvironmentVariable("PATH").toStdString());
        set("HOME", m_root / "home");
        set("XDG_CONFIG_HOME", m_root / "config");
        set("XDG_RUNTIME_DIR", m_root / "run");
        // Of programs that were built to be checked.
        for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"})
            if (qEnvironmentVariableIsSet(name))
                environment.insert(QString::fromLatin1(name), qEnvironmentVariable(name));
        environment.insert(m_settings);
        process.setProcessEnvironment(environment);
    }

    /// With a pipe as standard input.
    RunResult run(const QStringList& arguments, const QByteArray& input = {}) const
    {
        return runCommand(programPath(), arguments, input);
    }

    /// As run, in a mount namespace in which bin is a folder of helpers and, if wished for, etc is /etc.
    RunResult runPrivately(const QStringList& arguments, const QByteArray& input = {}, bool withEtc = false) const
    {
        const std::string script =
            std::string(R"(mount --bind "$1" /usr/local/sbin && shift || exit 99; )") +
            (withEtc ? R"(mount --bind /etc/ssl "$1/ssl" && mount --rbind "$1" /etc || exit 99; )" : "") +
            R"(shift; exec "$@")";
        return runCommand("unshare",
                          QStringList{::geteuid() == 0 ? "-m" : "-Urm", "sh", "-c", QString::fromStdString(script),
                                      "sh", QString::fromStdString((m_root / "bin").native()),
                                      QString::fromStdString((m_root / "etc").native()), programPath()} +
                              arguments,
                          input);
    }

    bool canRunPrivately() const { return runPrivately({"--version"}).exitCode == 0; }

private:
    RunResult runCommand(const QString& program, const QStringList& arguments, const QByteArray& input) const
    {
        QProcess process;
        prepare(process);
        process.start(program, arguments);
        process.write(input);
        process.closeWriteChannel();
        RunResult result;
        if (process.waitForFinished(60'000) && process.exitStatus() == QProcess::NormalExit)
            result.exitCode = process.exitCode();
        result.output = process.readAllStandardOutput();
        result.errors = process.readAllStandardError();
        return result;
    }

    test::TempRoot m_root;
    QProcessEnvironment m_settings;
};

/// A registry that lets the planted user in, by Basic.
inline test::HttpServer::Handler basicRegistry()
{
    return [](const test::HttpRecord& request, test::HttpReply& reply) {
        if (request.header("authorization") == "Basic " + plantedAuth)
            reply.send(200, {}, "{}");
        else
            reply.send(401, {{"WWW-Authenticate", "Basic realm=\"registry\""}});
    };
}

/// A registry with a token service at the same place, which gives a token for the planted secret as refresh token.
inline test::HttpServer::Handler tokenRegistry()
{
    return [](const test::HttpRecord& request, test::HttpReply& reply) {
        const std::string origin = "https://" + request.header("host");
        if (request.path() == "/token" && request.body.find("refresh_token=" + plantedSecret) != std::string::npos)
            reply.send(200, {}, "{\"access_token\":\"given-token\",\"expires_in\":300}");
        else if (request.path() == "/token")
            reply.send(401);
        else if (request.header("authorization") == "Bearer given-token")
            reply.send(200, {}, "{}");
        else
            reply.send(401, {{"WWW-Authenticate", "Bearer realm=\"" + origin + "/token\",service=\"registry\""}});
    };
}

/// All that the program said.
inline std::string everything(const RunResult& result)
{
    return (result.output + result.errors).toStdString();
}

} // namespace layerhold::testing
