// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// Damages blob files and index files under an open and a closed store, in this process and under a daemon:
// no wrong byte is ever served, the store always starts, undamaged blobs stay, and ingesting a damaged blob again heals
// it.

// Qt first: moc 6.4 cannot parse <compare> when it is the first standard header.
#include <QTemporaryDir>
#include <QTest>

#include "crash/blob_pool.h"
#include "crash/daemon_process.h"
#include "crash/local_target.h"
#include "crash/remote_target.h"

#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <thread>

namespace layerhold::test {

namespace {

namespace fs = std::filesystem;

constexpr auto SettleDeadline = std::chrono::seconds(30);

/// Tries until it succeeds or the deadline passes.
bool succeedsBy(std::chrono::steady_clock::time_point deadline, const std::function<void()>& action)
{
    for (;;) {
        try {
            action();
            return true;
        } catch (const std::exception&) {
            if (std::chrono::steady_clock::now() > deadline)
                return false;
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    }
}

/// A store that can be stopped and started on one root.
class Subject
{
public:
    virtual ~Subject() = default;
    virtual void start() = 0;
    virtual void stop() = 0;
    virtual Target& target() = 0;
};

class LocalSubject : public Subject
{
public:
    LocalSubject(fs::path root, Sharing sharing)
        : m_root(std::move(root))
        , m_sharing(sharing)
    {}

    void start() override
    {
        CacheOptions options;
        options.root = m_root;
        m_cache = Cache::open(options);
        m_cache->addEngine("default", (m_root / "content.sock").string(), m_sharing);
        // What looks at everything in the background may find the damage first, and the index is made anew then.
        const auto deadline = std::chrono::steady_clock::now() + SettleDeadline;
        if (!succeedsBy(deadline, [this] { m_target.emplace(*m_cache, "default"); }))
            throw std::runtime_error("the store does not become ready");
    }

    void stop() override
    {
        m_target.reset();
        m_cache.reset();
    }

    Target& target() override { return *m_target; }

private:
    fs::path m_root;
    Sharing m_sharing;
    std::unique_ptr<Cache> m_cache;
    std::optional<LocalTarget> m_target;
};

class DaemonSubject : public Subject
{
public:
    DaemonSubject(fs::path root, Sharing sharing)
        : m_root(std::move(root))
    {
        CacheOptions options;
        options.root = m_root;
        // The daemon itself would make it an open one.
        Cache::open(options)->addEngine("default", m_root.parent_path() / "content.sock", sharing);
    }

    void start() override
    {
        const std::string base = m_root.parent_path().string();
        m_daemon.emplace(serveCommand(LAYERHOLD_PROGRAM, m_root.string(), base + "/content.sock", base + "/api.sock"),
                         base + "/daemon.log");
        m_target.emplace(m_root.string(), base + "/content.sock", base + "/api.sock");
        m_target->waitUntilReady(std::chrono::seconds(20));
    }

    void stop() override
    {
        m_target.reset();
        if (m_daemon && m_daemon->terminate() != 0)
            throw std::runtime_error("the daemon did not stop cleanly");
        m_daemon.reset();
    }

    Target& target() override { return *m_target; }

private:
    fs::path m_root;
    std::optional<DaemonProcess> m_daemon;
    std::optional<RemoteTarget> m_target;
};

enum class Damage
{
    Flip,
    Truncate,
    Zero,
    Delete
};

void damageFile(const fs::path& path, Damage damage, std::mt19937_64& random)
{
    if (damage == Damage::Delete) {
        fs::remove(path);
        return;
    }
    const std::uint64_t size = fs::file_size(path);
    if (size == 0)
        return;
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
    const std::uint64_t offset = random() % size;
    if (damage == Damage::Truncate) {
        fs::resize_file(path, offset);
        return;
    }
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    if (damage == Damage::Flip) {
        file.seekg(static_cast<std::streamoff>(offset));
        const int byte = file.get();
        file.seekp(static_cast<std::streamoff>(offset));
        file.put(static_cast<char>(byte ^ (1 << (random() % 8))));
    } else {
        const std::string zeros(std::min<std::uint64_t>(size - offset, 4096), '\0');
        file.seekp(static_cast<std::streamoff>(offset));
        file.write(zeros.data(), static_cast<std::streamsize>(zeros.size()));
    }
}

/// Reads again until the blob is served or the deadline passes: a store that rebuilds its index may say "not now".
bool isServedRight(Target& target, const PoolBlob& blob, std::chrono::steady_clock::time_point deadline)
{
    return succeedsBy(deadline, [&] {
        if (target.read(blob.digest) != blob.bytes)
            qFatal("WRONG BYTES SERVED");
    });
}

/// True when the store serves exactly the right bytes or refuses.
bool isServedOrRefused(Target& target, const PoolBlob& blob)
{
    try {
        return target.read(blob.digest) == blob.bytes;
    } catch (const std::exception&) {
        return true;
    }
}

enum class When
{
    Stopped,
    Running
};
enum class What
{
    Blob,
    Index
};

struct Case
{
    When when;
    What what;
    Damage damage;
};

fs::path pickIndexFile(const fs::path& root, std::mt19937_64& random)
{
    std::vector<fs::path> files;
    for (const char* name : {"index.db", "index.db-wal", "checkpoint"}) {
        if (fs::exists(root / name))
            files.push_back(root / name);
    }
    return files[random() % files.size()];
}

/// Looks for wrong bytes, and for blobs that are no longer served though only `damaged` was.
std::string findLoss(Target& target, const BlobPool& pool, const PoolBlob* damaged)
{
    for (unsigned number = 0; number < pool.size(); ++number) {
        if (!isServedOrRefused(target, pool.at(number)))
            return "wrong bytes served: " + pool.at(number).digest.toString();
    }
    const auto deadline = std::chrono::steady_clock::now() + SettleDeadline;
    for (unsigned number = 0; number < pool.size(); ++number) {
        if (&pool.at(number) != damaged && !isServedRight(target, pool.at(number), deadline))
            return "an undamaged blob is lost: " + pool.at(number).digest.toString();
    }
    return {};
}

/// The engine drops its broken blob, as containerd does with one it cannot unpack, and downloads it again.
std::string heal(Target& target, const PoolBlob& blob, const std::string& ref)
{
    const auto deadline = std::chrono::steady_clock::now() + SettleDeadline;
    const bool isPut = succeedsBy(deadline, [&] {
        target.release(blob.digest);
        target.put(ref, blob, 1 << 16);
    });
    if (!isPut || !isServedRight(target, blob, deadline))
        return "ingesting again did not heal " + blob.digest.toString();
    return {};
}

/// One damage, from good state to good state. Returns what went wrong.
std::string runCase(Subject& subject, const fs::path& root, const BlobPool& pool, const Case& damage,
                    std::mt19937_64& random)
{
    const unsigned victim = 1 + static_cast<unsigned>(random() % (pool.size() - 1));
    const PoolBlob& blob = pool.at(victim);
    if (damage.when == When::Stopped)
        subject.stop();
    damageFile(damage.what == What::Blob ? root / "blobs/sha256" / blob.digest.hex() : pickIndexFile(root, random),
               damage.damage, random);
    if (damage.when == When::Stopped)
        subject.start();

    if (std::string problem = findLoss(subject.target(), pool, damage.what == What::Blob ? &blob : nullptr);
        !problem.empty())
        return problem;
    if (damage.what == What::Blob)
        return heal(subject.target(), blob, "heal-" + std::to_string(random()));
    if (damage.when == When::Stopped)
        return {};
    // A damaged index may show at the next start only, and only then is the state good again.
    subject.stop();
    subject.start();
    return findLoss(subject.target(), pool, nullptr);
}

void runCases(Subject& subject, const fs::path& root, int count, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    const BlobPool pool(seed, 24, 100'000);
    subject.start();
    for (unsigned number = 0; number < pool.size(); ++number)
        subject.target().put("ref-" + std::to_string(number), pool.at(number), 1 << 16);

    for (int number = 0; number < count; ++number) {
        const Case damage{static_cast<When>(random() % 2), random() % 3 == 0 ? What::Index : What::Blob,
                          static_cast<Damage>(random() % 4)};
        std::string problem;
        try {
            problem = runCase(subject, root, pool, damage, random);
        } catch (const std::exception& error) {
            problem = error.what();
        }
        QVERIFY2(problem.empty(), qPrintable(QString("case %1 (%2, %3, damage %4): %5")
                                                 .arg(number)
                                                 .arg(damage.when == When::Running ? "running" : "stopped")
                                                 .arg(damage.what == What::Index ? "index" : "blob")
                                                 .arg(static_cast<int>(damage.damage))
                                                 .arg(QString::fromStdString(problem))));
    }
    subject.stop();
}

/// A lost claim or supply shows with a verified engine only: an open one gets the blob all the same.
void addSharings()
{
    QTest::addColumn<int>("sharing");
    for (const Sharing sharing : {Sharing::Open, Sharing::Verified})
        QTest::newRow(std::string(toString(sharing)).c_str()) << static_cast<int>(sharing);
}

} // namespace

class DamageTest : public QObject
{
    Q_OBJECT

private slots:

    void inProcess_data() { addSharings(); }

    void inProcess()
    {
        QFETCH(int, sharing);
        const QTemporaryDir directory;
        const fs::path root = fs::path(directory.path().toStdString()) / "root";
        LocalSubject subject(root, static_cast<Sharing>(sharing));
        runCases(subject, root, 600, 11);
    }

    void underDaemon_data() { addSharings(); }

    void underDaemon()
    {
        QFETCH(int, sharing);
        const QTemporaryDir directory;
        const fs::path root = fs::path(directory.path().toStdString()) / "root";
        DaemonSubject subject(root, static_cast<Sharing>(sharing));
        runCases(subject, root, 150, 12);
    }
};

} // namespace layerhold::test

QTEST_GUILESS_MAIN(layerhold::test::DamageTest)
#include "damage_test.moc"
