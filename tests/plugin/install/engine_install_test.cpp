// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/containerd_config.h"
#include "cli/engine_install.h"
#include "layerhold/error.h"

#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

using namespace layerhold;
using namespace layerhold::cli;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& path, const std::string& text)
{
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

std::string read(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Every regular file below a folder with its content.
std::map<std::string, std::string> tree(const fs::path& folder)
{
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && !entry.is_symlink())
            files[entry.path().string()] = read(entry.path());
    return files;
}

void makeReadOnly(const fs::path& folder)
{
    using fs::perms;
    fs::permissions(folder, perms::owner_read | perms::owner_exec | perms::group_read | perms::group_exec |
                                perms::others_read | perms::others_exec);
}

/// Acts as an unprivileged user where the test runs as root, for whom no folder is read-only.
class Unprivileged
{
public:
    Unprivileged()
        : m_was(::geteuid())
    {
        if (m_was == 0)
            m_changed = ::seteuid(65534) == 0;
    }

    Unprivileged(const Unprivileged&) = delete;
    Unprivileged& operator=(const Unprivileged&) = delete;

    ~Unprivileged()
    {
        if (m_changed && ::seteuid(m_was) != 0)
            std::abort();
    }

private:
    uid_t m_was;
    bool m_changed = false;
};

} // namespace

class EngineInstallTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    fs::path dir() const { return m_dir->path().toStdString(); }

    fs::path config() const { return dir() / "config.toml"; }

    fs::path dropIn() const { return dir() / "conf.d/layerhold-a.toml"; }

    std::string filled(QString text) const { return text.replace("@", m_dir->path()).toStdString(); }

    EngineInstallRequest request() const { return {"a", config(), "/run/layerhold/content-a.sock", "1.6.20"}; }

    /// The code of the error a plan is refused with, and that nothing was touched.
    template <typename Plan>
    void refuses(Plan plan, ErrorCode code, const char* part)
    {
        const auto before = tree(dir());
        try {
            plan();
        } catch (const Error& e) {
            QCOMPARE(int(e.code()), int(code));
            QVERIFY2(std::string(e.what()).find(part) != std::string::npos, e.what());
            QCOMPARE(tree(dir()), before);
            return;
        }
        QFAIL("not refused");
    }

private slots:

    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void roundTrip_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        const QString line = "imports = [\"@/conf.d/layerhold-*.toml\"] # added by layerhold engine add";
        QTest::newRow("empty") << ""
                               << "version = 2\n" + line + "\n";
        QTest::newRow("comments only") << "# mine\n"
                                       << "# mine\nversion = 2\n" + line + "\n";
        QTest::newRow("comment without newline") << "# mine"
                                                 << "# mine\nversion = 2\n" + line + "\n";
        QTest::newRow("version 2") << "version = 2\nroot = \"/r\"\n"
                                   << "version = 2\n" + line + "\nroot = \"/r\"\n";
        QTest::newRow("version 3") << "version = 3\n[grpc]\n  gid = 7\n"
                                   << "version = 3\n" + line + "\n[grpc]\n  gid = 7\n";
        QTest::newRow("version 4, no newline at the end") << "version = 4"
                                                          << "version = 4\n" + line + "\n";
        QTest::newRow("version last among comments")
            << "# a\n\nroot='/r'\n  version  =  2   # why\n\n[x]\ny=1\n"
            << "# a\n\nroot='/r'\n  version  =  2   # why\n" + line + "\n\n[x]\ny=1\n";
        QTest::newRow("CRLF") << "version = 2\r\n[grpc]\r\n  gid = 7\r\n"
                              << "version = 2\r\n" + line + "\r\n[grpc]\r\n  gid = 7\r\n";
        QTest::newRow("empty imports") << "version = 2\nimports = []\n"
                                       << "version = 2\nimports = [\"@/conf.d/layerhold-*.toml\"]\n";
        QTest::newRow("imports of others, non-ASCII before it")
            << "version = 2\n\"ü\" = 'é' \nimports = [ '/none/ß*.toml' ] # keep\n"
            << "version = 2\n\"ü\" = 'é' \nimports = [\"@/conf.d/layerhold-*.toml\",  '/none/ß*.toml' ] # keep\n";
        QTest::newRow("imports over several lines")
            << "version = 2\nimports = [\n  \"/none/*.toml\", # one\n]\n"
            << "version = 2\nimports = [\"@/conf.d/layerhold-*.toml\", \n  \"/none/*.toml\", # one\n]\n";
        QTest::newRow("byte order mark") << QString("\uFEFFversion = 2\n")
                                         << QString("\uFEFFversion = 2\n") + line + "\n";
        QTest::newRow("byte order mark before the imports")
            << QString("\uFEFF'ü' = 1\nimports = []\nversion = 2\n")
            << QString("\uFEFF'ü' = 1\nimports = [\"@/conf.d/layerhold-*.toml\"]\nversion = 2\n");
        QTest::newRow("byte order mark right before the imports")
            << QString("\uFEFFimports = []\nversion = 2\n")
            << QString("\uFEFFimports = [\"@/conf.d/layerhold-*.toml\"]\nversion = 2\n");
        QTest::newRow("relative pattern does not count")
            << "version = 2\nimports = ['conf.d/*.toml']\n"
            << "version = 2\nimports = [\"@/conf.d/layerhold-*.toml\", 'conf.d/*.toml']\n";
        QTest::newRow("covered by a pattern") << "version = 2\nimports = [\"@/conf.d/*.toml\"]\n"
                                              << "version = 2\nimports = [\"@/conf.d/*.toml\"]\n";
        QTest::newRow("own disabled plugins and a snapshotter")
            << "version = 2\ndisabled_plugins = [\"io.containerd.grpc.v1.cri\"]\n[proxy_plugins.s]\ntype='snapshot'\n"
               "address='/s'\n"
            << "version = 2\n" + line +
                   "\ndisabled_plugins = [\"io.containerd.grpc.v1.cri\"]\n[proxy_plugins.s]\ntype='snapshot'\n"
                   "address='/s'\n";
    }

    void roundTrip()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        write(config(), filled(before));
        ::chmod(config().c_str(), 0640);
        const auto original = tree(dir());

        const auto plan = planEngineInstall(request());
        QCOMPARE(tree(dir()), original); // a plan changes nothing
        applyEngineInstall(plan);
        QCOMPARE(QString::fromStdString(read(config())), QString::fromStdString(filled(after)));

        struct stat status
        {};

        QCOMPARE(::stat(config().c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0640U);

        const auto now = readContainerdConfig(config());
        QCOMPARE(now.builtInDisabledBy.size(), std::size_t(1));
        QCOMPARE(now.builtInDisabledBy[0], dropIn());
        QCOMPARE(now.proxies.back().address, std::string("/run/layerhold/content-a.sock"));
        QVERIFY(now.proxies.back().isContent());

        QVERIFY(planEngineInstall(request()).changes.empty()); // idempotent

        applyEngineInstall(planEngineRemoval("a", config()));
        QCOMPARE(tree(dir()), original);
        QVERIFY(planEngineRemoval("a", config()).changes.empty());
    }

    void absentConfiguration_data()
    {
        QTest::addColumn<QString>("version");
        QTest::addColumn<QString>("pattern");
        QTest::newRow("1.7") << "1.7.24"
                             << "layerhold-*.toml";
        QTest::newRow("2.2 reads all of conf.d by default") << "2.2"
                                                            << "*.toml";
        QTest::newRow("not known") << ""
                                   << "layerhold-*.toml";
    }

    void absentConfiguration()
    {
        QFETCH(QString, version);
        QFETCH(QString, pattern);
        auto asked = request();
        asked.containerdVersion = version.toStdString();
        applyEngineInstall(planEngineInstall(asked));
        QCOMPARE(readContainerdConfig(config()).imports,
                 std::vector<std::string>{(dir() / "conf.d" / pattern.toStdString()).string()});
        applyEngineInstall(planEngineRemoval("a", config()));
        QVERIFY(tree(dir()).empty());
    }

    void dropInCarriesTheVersionOfTheMainFile()
    {
        write(config(), "version = 3\n");
        applyEngineInstall(planEngineInstall(request()));
        QVERIFY(read(dropIn()).find("\nversion = 3\ndisabled_plugins = [\"io.containerd.content.v1.content\"]\n") !=
                std::string::npos);
    }

    void refused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("part");
        const int precondition = int(ErrorCode::FailedPrecondition);
        QTest::newRow("version 1, said") << "version = 1\n" << precondition << "config migrate";
        QTest::newRow("version 1, by silence") << "root = \"/r\"\n" << precondition << "version = 2";
        QTest::newRow("another content plugin")
            << "version = 2\n[proxy_plugins.other]\ntype = 'content'\naddress = '/o'\n"
            << precondition << "\"other\" (/o)";
        QTest::newRow("another content plugin, long type")
            << "version = 2\n[proxy_plugins.other]\ntype = 'io.containerd.content.v1'\n"
            << precondition << "other";
        QTest::newRow("our name taken") << "version = 2\n[proxy_plugins.layerhold]\ntype = 'snapshot'\n"
                                        << precondition << "rename";
        QTest::newRow("store disabled by somebody else")
            << "version = 2\ndisabled_plugins = ['io.containerd.content.v1.content']\n"
            << precondition << "no content store";
        QTest::newRow("missing import") << "version = 2\nimports = ['@/gone.toml']\n" << precondition << "gone.toml";
        QTest::newRow("not TOML") << "version = 2\n[grpc\n" << int(ErrorCode::InvalidArgument) << "line 2";
        QTest::newRow("imports of a wrong type") << "version = 2\nimports = 'x'\n"
                                                 << int(ErrorCode::InvalidArgument) << "list of strings";
        QTest::newRow("imports with a number") << "version = 2\nimports = [1]\n"
                                               << int(ErrorCode::InvalidArgument) << "list of strings";
        QTest::newRow("a proxy that is no table") << "version = 2\n[proxy_plugins]\nx = 1\n"
                                                  << int(ErrorCode::InvalidArgument) << "proxy_plugins.x";
    }

    void refused()
    {
        QFETCH(QString, text);
        QFETCH(int, code);
        QFETCH(QString, part);
        write(config(), filled(text));
        refuses([&] { planEngineInstall(request()); }, ErrorCode(code), part.toUtf8());
    }

    void settingsInImportedFilesCount()
    {
        write(config(), filled("version = 2\nimports = ['@/more/*.toml', 'one.toml']\n"));
        write(dir() / "one.toml", "version = 2\nroot = '/elsewhere'\nimports = ['two.toml']\n");
        write(dir() / "two.toml",
              "version = 2\nimports = ['one.toml']\n[proxy_plugins.o]\ntype='content'\naddress='/o'\n");
        QCOMPARE(engineStoreDirectory(config()), fs::path("/elsewhere/io.containerd.content.v1.content/blobs"));
        refuses([&] { planEngineInstall(request()); }, ErrorCode::FailedPrecondition, "two.toml");
    }

    void relativePatternsAreFollowed()
    {
        write(config(), "version = 2\nimports = ['conf.d/*.toml']\n");
        write(dir() / "conf.d/other.toml", "version = 2\n[proxy_plugins.o]\ntype='content'\naddress='/o'\n");
        refuses([&] { planEngineInstall(request()); }, ErrorCode::FailedPrecondition, "other.toml");
        write(dir() / "conf.d/other.toml", "version = 2\nroot = '/elsewhere'\n");
        QCOMPARE(engineStoreDirectory(config()), fs::path("/elsewhere/io.containerd.content.v1.content/blobs"));
    }

    /// Without a main file containerd 2 reads conf.d, and so does the one that is made; containerd 1 reads nothing.
    void filesWithoutAMainFileCount()
    {
        write(dir() / "conf.d/other.toml",
              "version = 2\nroot = '/elsewhere'\n[proxy_plugins.o]\ntype='content'\naddress='/o'\n");
        auto asked = request();
        for (const char* version : {"2.2", ""}) {
            asked.containerdVersion = version;
            refuses([&] { planEngineInstall(asked); }, ErrorCode::FailedPrecondition, "other.toml");
        }
        asked.containerdVersion = "1.7";
        QVERIFY(!planEngineInstall(asked).changes.empty());
        QCOMPARE(engineStoreDirectory(config()), fs::path("/elsewhere/io.containerd.content.v1.content/blobs"));
    }

    void badArguments()
    {
        write(config(), "version = 2\n");
        const auto with = [this](auto change) {
            auto asked = request();
            change(asked);
            return [asked] { planEngineInstall(asked); };
        };
        refuses(with([](auto& r) { r.engine = "../x"; }), ErrorCode::InvalidArgument, "name");
        refuses(with([](auto& r) { r.engine = ""; }), ErrorCode::InvalidArgument, "name");
        refuses(with([](auto& r) { r.socket = "unix:///run/x"; }), ErrorCode::InvalidArgument, "absolute");
        refuses(with([](auto& r) { r.socket = "/run/x\n"; }), ErrorCode::InvalidArgument, "absolute");
        refuses(with([](auto& r) { r.containerdVersion = "new"; }), ErrorCode::InvalidArgument, "1.6");
        refuses(with([](auto& r) { r.containerdVersion = "1.5.9"; }), ErrorCode::Unsupported, "1.6");
        refuses(with([](auto& r) { r.config = r.config.parent_path() / "a*b" / "config.toml"; }),
                ErrorCode::InvalidArgument, "pattern");
    }

    void oneEngineForEachContainerd()
    {
        applyEngineInstall(planEngineInstall(request()));
        auto second = request();
        second.engine = "b";
        refuses([&] { planEngineInstall(second); }, ErrorCode::FailedPrecondition, "engine remove a");
        QVERIFY(planEngineRemoval("b", config()).changes.empty());
    }

    void anotherSocketReplacesTheDropIn()
    {
        applyEngineInstall(planEngineInstall(request()));
        auto moved = request();
        moved.socket = "/run/it's \"quoted\"";
        const auto plan = planEngineInstall(moved);
        QCOMPARE(plan.changes.size(), std::size_t(1));
        applyEngineInstall(plan);
        QCOMPARE(readContainerdConfig(config()).proxies.at(0).address, moved.socket.string());
    }

    void foreignDropInIsLeftAlone()
    {
        write(dropIn(), "version = 2\n");
        refuses([&] { planEngineInstall(request()); }, ErrorCode::FailedPrecondition, "not written by Layerhold");
        refuses([&] { planEngineRemoval("a", config()); }, ErrorCode::FailedPrecondition, "by hand");
    }

    /// A cut after each step: what is left is harmless, a new plan finishes the installation, and a removal takes it
    /// back.
    void cutAfterEachStep()
    {
        const std::string before = "version = 2\nroot = '/r'\n";
        write(config(), before);
        const auto full = planEngineInstall(request());
        QCOMPARE(full.changes.size(), std::size_t(3));
        for (std::size_t steps = 0; steps < 3; ++steps) {
            for (const bool finish : {true, false}) {
                auto cut = full;
                cut.changes.resize(steps);
                applyEngineInstall(cut);
                QVERIFY(readContainerdConfig(config()).builtInDisabledBy.empty());
                if (finish) {
                    applyEngineInstall(planEngineInstall(request()));
                    QCOMPARE(readContainerdConfig(config()).builtInDisabledBy.size(), std::size_t(1));
                    auto removal = planEngineRemoval("a", config());
                    removal.changes.resize(1);
                    applyEngineInstall(removal);
                    QVERIFY(readContainerdConfig(config()).builtInDisabledBy.empty());
                }
                applyEngineInstall(planEngineRemoval("a", config()));
                QCOMPARE(tree(dir()), (std::map<std::string, std::string>{{config().string(), before}}));
            }
        }
    }

    void editsMadeSinceSurviveTheRemoval()
    {
        write(config(), "version = 2\n");
        applyEngineInstall(planEngineInstall(request()));
        write(config(), read(config()) + "root = '/new'\n");
        applyEngineInstall(planEngineRemoval("a", config()));
        QCOMPARE(tree(dir()),
                 (std::map<std::string, std::string>{{config().string(), "version = 2\nroot = '/new'\n"}}));

        write(config(), "version = 2\nimports = ['/none/*.toml']\n");
        applyEngineInstall(planEngineInstall(request()));
        write(config(), read(config()) + "root = '/new'\n");
        applyEngineInstall(planEngineRemoval("a", config()));
        QCOMPARE(read(config()), std::string("version = 2\nimports = ['/none/*.toml']\nroot = '/new'\n"));
    }

    void editedNewConfigurationStays()
    {
        applyEngineInstall(planEngineInstall(request()));
        write(config(), read(config()) + "root = '/new'\n");
        const auto plan = planEngineRemoval("a", config());
        QCOMPARE(plan.notes.size(), std::size_t(1));
        applyEngineInstall(plan);
        QVERIFY(fs::exists(config()));
        QVERIFY(!fs::exists(dropIn()));
    }

    void lostImportIsRepaired()
    {
        write(config(), "version = 2\n");
        applyEngineInstall(planEngineInstall(request()));
        write(config(), "version = 2\nroot = '/r'\n");
        QVERIFY(readContainerdConfig(config()).builtInDisabledBy.empty());
        applyEngineInstall(planEngineInstall(request()));
        QCOMPARE(readContainerdConfig(config()).builtInDisabledBy.size(), std::size_t(1));
        applyEngineInstall(planEngineRemoval("a", config()));
        QCOMPARE(read(config()), std::string("version = 2\nroot = '/r'\n"));
    }

    void removalNeverLeavesContainerdWithoutStore()
    {
        write(config(), "version = 2\n");
        applyEngineInstall(planEngineInstall(request()));
        write(config(), read(config()) + "disabled_plugins = ['io.containerd.content.v1.content']\n");
        refuses([&] { planEngineRemoval("a", config()); }, ErrorCode::FailedPrecondition, "without a content store");
    }

    void stalePlanIsRefused()
    {
        write(config(), "version = 2\n");
        const auto plan = planEngineInstall(request());
        write(config(), "version = 2\nroot = '/r'\n");
        refuses([&] { applyEngineInstall(plan); }, ErrorCode::FailedPrecondition, "changed meanwhile");
    }

    void symbolicLinkStaysALink()
    {
        const auto target = dir() / "real/containerd.toml";
        write(target, "version = 2\n");
        fs::create_symlink(target, config());
        applyEngineInstall(planEngineInstall(request()));
        QVERIFY(fs::is_symlink(config()));
        QVERIFY(read(target).find("imports") != std::string::npos);
        QVERIFY(fs::exists(dropIn()));
        applyEngineInstall(planEngineRemoval("a", config()));
        QVERIFY(fs::is_symlink(config()));
        QCOMPARE(tree(dir()), (std::map<std::string, std::string>{{target.string(), "version = 2\n"}}));
    }

    void folderBehindALinkIsRecognised()
    {
        fs::create_directories(dir() / "real");
        fs::create_directory_symlink(dir() / "real", dir() / "link");
        write(dir() / "real/config.toml", filled("version = 2\nimports = [\"@/real/conf.d/*.toml\"]\n"));
        auto asked = request();
        asked.config = dir() / "link/config.toml";
        applyEngineInstall(planEngineInstall(asked));
        QVERIFY(planEngineInstall(asked).changes.empty());
    }

    void readOnlyFolder()
    {
        write(config(), "version = 2\n");
        const auto plan = planEngineInstall(request());
        makeReadOnly(dir());
        {
            const Unprivileged user;
            refuses([&] { applyEngineInstall(plan); }, ErrorCode::Denied, m_dir->path().toUtf8());
        }
        fs::permissions(dir(), fs::perms::owner_all);
    }

    void unreadableConfiguration()
    {
        write(config(), "version = 2\n");
        fs::permissions(config(), fs::perms::none);
        makeReadOnly(dir());
        bool denied = false;
        {
            const Unprivileged user;
            try {
                planEngineInstall(request());
            } catch (const Error& e) {
                denied = e.code() == ErrorCode::Denied;
            }
        }
        fs::permissions(dir(), fs::perms::owner_all);
        QVERIFY(denied);
    }

    void folderInPlaceOfTheConfiguration()
    {
        fs::create_directories(config());
        refuses([&] { planEngineInstall(request()); }, ErrorCode::InvalidArgument, "not a text file");
    }

    void storeDirectoryFollowsTheRoot()
    {
        QCOMPARE(engineStoreDirectory(config()),
                 fs::path("/var/lib/containerd/io.containerd.content.v1.content/blobs"));
        write(config(), "version = 2\nroot = '/data/containerd'\n");
        QCOMPARE(engineStoreDirectory(config()), fs::path("/data/containerd/io.containerd.content.v1.content/blobs"));
    }

    void reportSaysWhatChangesAndWhatToRestart()
    {
        write(config(), "version = 2\n");
        const auto lines = describe(planEngineInstall(request()));
        QCOMPARE(lines.size(), std::size_t(5));
        QVERIFY(lines[0].starts_with("create " + config().string() + ".layerhold-backup: "));
        QVERIFY(lines[1].starts_with("change " + config().string() + ": "));
        QVERIFY(lines[2].starts_with("create " + dropIn().string() + ": "));
        QVERIFY(lines[3].find("layerhold engine import a") != std::string::npos);
        QVERIFY(lines[4].find(config().string()) != std::string::npos);
        QCOMPARE(describe(planEngineRemoval("b", dir() / "none.toml")), std::vector<std::string>{"nothing to change"});
    }
};

QTEST_GUILESS_MAIN(EngineInstallTest)
#include "engine_install_test.moc"
