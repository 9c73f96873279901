// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "client/snapshot_file.h"
#include "layerhold/error.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtEndian>

#include <zlib.h>

#include <csignal>
#include <limits>
#include <sys/resource.h>

using namespace layerhold::gui;

namespace {

constexpr std::uint32_t infoSection = static_cast<std::uint32_t>(SnapshotSection::Info);
constexpr std::uint32_t blobSection = static_cast<std::uint32_t>(SnapshotSection::Blobs);

QByteArray number(std::uint32_t value)
{
    char bytes[sizeof value];
    qToBigEndian(value, bytes);
    return QByteArray(bytes, sizeof value);
}

/// A file as somebody would make it who means ill: with a sum that is right.
class HandMade
{
public:
    explicit HandMade(std::uint32_t format = snapshotFormat, const QByteArray& version = "0.1.0")
        : m_bytes(QByteArray("\x89LHS\r\n\x1A\n", 8) + number(format) +
                  number(static_cast<std::uint32_t>(version.size())) + version)
    {}

    HandMade& block(std::uint32_t section, const QByteArray& records, std::optional<std::uint32_t> claimed = {})
    {
        uLongf length = compressBound(static_cast<uLong>(records.size()));
        QByteArray packed(static_cast<qsizetype>(length), '\0');
        compress(reinterpret_cast<Bytef*>(packed.data()), &length, reinterpret_cast<const Bytef*>(records.constData()),
                 static_cast<uLong>(records.size()));
        packed.truncate(static_cast<qsizetype>(length));
        m_bytes += number(section) + number(static_cast<std::uint32_t>(packed.size())) +
                   number(claimed.value_or(static_cast<std::uint32_t>(records.size()))) + packed;
        return *this;
    }

    template <class Record>
    HandMade& record(SnapshotSection section, const Record& record)
    {
        RecordEncoder encoder;
        encoder.put(record);
        return block(static_cast<std::uint32_t>(section), encoder.bytes());
    }

    HandMade& needed()
    {
        return record(SnapshotSection::Info, SnapshotInfo{.source = "here", .takenAt = {}, .hasAllClaims = true})
            .record(SnapshotSection::Version, VersionRecord())
            .record(SnapshotSection::Status, StatusRecord());
    }

    QByteArray end() const
    {
        const QByteArray all = m_bytes + number(0) + number(0) + number(0);
        return all + QCryptographicHash::hash(all, QCryptographicHash::Sha256);
    }

private:
    QByteArray m_bytes;
};

struct Folder
{
    Folder()
        : file(folder.filePath(QStringLiteral("cache.lhsnap")))
    {}

    void write(const QByteArray& bytes) const
    {
        QFile target(file);
        if (!target.open(QIODevice::WriteOnly | QIODevice::Truncate) || target.write(bytes) != bytes.size())
            qFatal("the test cannot write its file");
    }

    QByteArray bytes() const
    {
        QFile source(file);
        return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
    }

    /// "code: message" of reading these bytes; empty: they are a snapshot.
    QString refusalOf(const QByteArray& bytes) const
    {
        write(bytes);
        try {
            readSnapshot(file);
        } catch (const CallError& error) {
            return error.code() + QStringLiteral(": ") + error.message();
        }
        return {};
    }

    QTemporaryDir folder;
    QString file;
};

/// Some hundred kilobytes, in several blocks.
QByteArray usual(const Folder& folder, int blobs = 4000)
{
    SnapshotFileWriter writer(folder.file, QStringLiteral("0.1.0"));
    writer.add(SnapshotSection::Info, SnapshotInfo{.source = "here", .takenAt = {}, .hasAllClaims = true});
    writer.add(SnapshotSection::Version, VersionRecord{"0.1.0", "17", 42});
    writer.add(SnapshotSection::Status, StatusRecord());
    for (int i = 0; i < blobs; ++i) {
        BlobRecord blob;
        blob.digest = QCryptographicHash::hash(QByteArray::number(i), QCryptographicHash::Sha256).toHex().toStdString();
        blob.size = static_cast<std::uint64_t>(i) << 30;
        blob.mediaType = "application/vnd.oci.image.layer.v1.tar+gzip";
        writer.add(SnapshotSection::Blobs, blob);
    }
    writer.commit();
    return folder.bytes();
}

} // namespace

/// The format, and what is no snapshot.
class SnapshotFileTest final : public QObject
{
    Q_OBJECT

private slots:
    void numbersAndTextsComeBack();
    void malformedRecordsAreRefused_data();
    void malformedRecordsAreRefused();
    void hidesSecrets_data();
    void hidesSecrets();
    void acceptsWhatIsMadeByHand();
    void refusesWhatIsCutOff();
    void refusesEveryFlippedByte();
    void refusesWhatFollowsTheEnd();
    void refusesAlienFiles_data();
    void refusesAlienFiles();
    void namesANewerFormat();
    void refusesHostileBlocks_data();
    void refusesHostileBlocks();
    void timesHaveABound();
    void needsWhatIsShownFirst();
    void stopsReading();
    void saysWhyItCannotWrite();
    void aFullDiskLeavesTheFormerFile();
    void largeFilesKeepNoRecords();
};

void SnapshotFileTest::numbersAndTextsComeBack()
{
    const auto back = []<class Value>(const Value& value) {
        RecordEncoder encoder;
        encoder.put(value);
        RecordDecoder decoder({encoder.bytes().constData(), static_cast<std::size_t>(encoder.bytes().size())});
        const Value read = decoder.get<Value>();
        return decoder.isAtEnd() && read == value;
    };
    constexpr auto most = std::numeric_limits<std::uint64_t>::max();
    for (const std::uint64_t value :
         {std::uint64_t(0), std::uint64_t(127), std::uint64_t(128), most / 2, most - 1, most})
        QVERIFY(back(value));
    using Signed = std::numeric_limits<std::int64_t>;
    for (const std::int64_t value : {std::int64_t(0), std::int64_t(-1), std::int64_t(64), Signed::min(), Signed::max()})
        QVERIFY(back(value));
    for (const double value : {0.0, -0.5, 1e300, std::numeric_limits<double>::infinity()})
        QVERIFY(back(value));
    for (const std::string& value :
         {std::string(), std::string("a\0b", 3), std::string(70'000, 'x'), std::string("\xFF")})
        QVERIFY(back(value));
    QVERIFY(back(true) && back(false));
    QVERIFY(back(std::optional<std::uint64_t>()) && back(std::optional<std::uint64_t>(7)));
    QVERIFY(back(std::vector<std::string>{"a", "", "b"}));
    QVERIFY(back(Moment(std::chrono::hours(500'000))) && back(std::chrono::seconds(60)));
}

void SnapshotFileTest::malformedRecordsAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a text that is longer than all") << QByteArray("\x05"
                                                                  "abcd",
                                                                  5);
    QTest::newRow("a text without end") << QByteArray("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01", 10);
    QTest::newRow("a number without end") << QByteArray(20, '\xFF');
    QTest::newRow("a number that is too large") << QByteArray("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02", 10);
    QTest::newRow("half a record") << QByteArray("\x01"
                                                 "a",
                                                 2);
}

void SnapshotFileTest::malformedRecordsAreRefused()
{
    QFETCH(const QByteArray, bytes);
    RecordDecoder decoder({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    QVERIFY_EXCEPTION_THROWN(decoder.get<PinRecord>(), MalformedRecord);
    RecordDecoder list({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    QVERIFY_EXCEPTION_THROWN(list.get<std::vector<PinRecord>>(), MalformedRecord);
}

void SnapshotFileTest::hidesSecrets_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("wanted");
    const auto add = [](const char* text, const char* wanted) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(wanted);
    };
    add("https://u:p@h/x", "https://…@h/x");
    add("https://t0ken@h", "https://…@h");
    add("https://u:p@ss@h/x", "https://…@h/x");
    add("http://a/x and ftp://u:p@h:21", "http://a/x and ftp://…@h:21");
    add("https://h/x@sha256:1", "https://h/x@sha256:1");
    add("docker.io/library/alpine@sha256:1", "docker.io/library/alpine@sha256:1");
    add("Authorization: Bearer abc.def==, again", "Authorization: Bearer …, again");
    add("Basic dTpw", "Basic …");
    add("nothing to hide: a://", "nothing to hide: a://");
}

void SnapshotFileTest::hidesSecrets()
{
    QFETCH(const QString, text);
    QFETCH(const QString, wanted);
    QCOMPARE(QString::fromStdString(withoutSecrets(text.toStdString())), wanted);
}

void SnapshotFileTest::acceptsWhatIsMadeByHand()
{
    const Folder folder;
    QCOMPARE(folder.refusalOf(HandMade().needed().end()), QString());
    QCOMPARE(folder.refusalOf(HandMade().needed().block(blobSection, {}).end()), QString());
    usual(folder);
    const SnapshotContents contents = readSnapshot(folder.file);
    QCOMPARE(contents.blobs.size(), std::size_t(4000));
    QCOMPARE(contents.blobs.back().size, std::uint64_t(3999) << 30);
    QCOMPARE(contents.version->pid, 42);
}

void SnapshotFileTest::refusesWhatIsCutOff()
{
    const Folder folder;
    const QByteArray whole = usual(folder);
    for (qsizetype length = 0; length < whole.size(); length += length < 100 || whole.size() - length < 60 ? 1 : 9973) {
        const QString refusal = folder.refusalOf(whole.left(length));
        const QString wanted = length == 0 ? QStringLiteral("invalid_argument: cache.lhsnap is not a snapshot")
                                           : QStringLiteral("corrupted: cache.lhsnap is cut off");
        QVERIFY2(refusal.startsWith(wanted), qUtf8Printable(QStringLiteral("%1: %2").arg(length).arg(refusal)));
    }
    QCOMPARE(folder.refusalOf(whole), QString());
}

void SnapshotFileTest::refusesEveryFlippedByte()
{
    const Folder folder;
    const QByteArray whole = usual(folder);
    for (qsizetype at = 0; at < whole.size(); at += at < 100 || whole.size() - at < 60 ? 1 : 9973) {
        QByteArray flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ (at % 2 == 0 ? 0x01 : 0x80));
        QVERIFY2(!folder.refusalOf(flipped).isEmpty(), qUtf8Printable(QString::number(at)));
    }
}

void SnapshotFileTest::refusesWhatFollowsTheEnd()
{
    const Folder folder;
    const QByteArray whole = usual(folder, 3);
    QVERIFY(folder.refusalOf(whole + '\n').startsWith(u"corrupted: cache.lhsnap is damaged"));
    QVERIFY(folder.refusalOf(whole + whole).startsWith(u"corrupted: "));
}

void SnapshotFileTest::refusesAlienFiles_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("A text, and no snapshot.\n");
    QTest::newRow("PNG") << QByteArray("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16);
    QTest::newRow("gzip") << QByteArray("\x1F\x8B\x08\0\0\0\0\0\0\0\0\0", 12);
    QTest::newRow("as a text") << QByteArray("\x89LHS\n\x1A\n\0\0\0\1", 11);
    QTest::newRow("zeros") << QByteArray(5000, '\0');
}

void SnapshotFileTest::refusesAlienFiles()
{
    QFETCH(const QByteArray, bytes);
    const Folder folder;
    QCOMPARE(folder.refusalOf(bytes), QStringLiteral("invalid_argument: cache.lhsnap is not a snapshot of Layerhold."));
}

void SnapshotFileTest::namesANewerFormat()
{
    const Folder folder;
    // Nobody knows what follows in it.
    const QByteArray head = HandMade(7, "2.3.4").end().left(8 + 4 + 4 + 5);
    const QString refusal = folder.refusalOf(head + "anything");
    QVERIFY2(refusal.startsWith(u"unsupported: "), qUtf8Printable(refusal));
    QVERIFY2(refusal.contains(u"format 7") && refusal.contains(u"version 2.3.4"), qUtf8Printable(refusal));
    QVERIFY(folder.refusalOf(HandMade(0).end()).startsWith(u"corrupted: "));
    QVERIFY(folder.refusalOf(HandMade(7, QByteArray(5000, 'x')).end()).startsWith(u"corrupted: "));
}

void SnapshotFileTest::refusesHostileBlocks_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("code");
    const QString damaged = QStringLiteral("corrupted");
    const QString large = QStringLiteral("invalid_argument");
    const QByteArray zeros(300'000, '\0');
    QTest::newRow("unpacks to more than it says") << HandMade().needed().block(blobSection, zeros, 5).end() << damaged;
    QTest::newRow("unpacks to less than it says")
        << HandMade().needed().block(blobSection, zeros, 400'000).end() << damaged;
    QTest::newRow("says that it is huge") << HandMade().needed().block(blobSection, "x", 0xFFFFFFFF).end() << large;
    QByteArray packed = HandMade().needed().end();
    packed.chop(32 + 12);
    QTest::newRow("says that it is long") << packed + number(blobSection) + number(0xFFFFFFF0) + number(10) << large;
    QTest::newRow("a section of nobody") << HandMade().needed().block(99, "x").end() << damaged;
    QTest::newRow("half a record") << HandMade()
                                          .needed()
                                          .block(blobSection, "\x05"
                                                              "ab")
                                          .end()
                                   << damaged;
    QTest::newRow("a list without end") << HandMade()
                                               .needed()
                                               .block(static_cast<std::uint32_t>(SnapshotSection::Policy),
                                                      QByteArray("\0\0\0\xFF\xFF\xFF\xFF\x0F", 8))
                                               .end()
                                        << damaged;
    QTest::newRow("a record and more") << HandMade().needed().block(infoSection, QByteArray(100, '\0')).end()
                                       << damaged;
}

void SnapshotFileTest::refusesHostileBlocks()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, code);
    const Folder folder;
    const QString refusal = folder.refusalOf(bytes);
    QVERIFY2(refusal.startsWith(code + QStringLiteral(": cache.lhsnap ")), qUtf8Printable(refusal));
}

void SnapshotFileTest::timesHaveABound()
{
    const Folder folder;
    PinRecord pin;
    pin.since = Moment(Moment::duration::max());
    folder.write(HandMade().needed().record(SnapshotSection::Pins, pin).end());
    const Moment read = readSnapshot(folder.file).pins.front().since;
    QVERIFY(read > Moment(std::chrono::years(1000)));
    QVERIFY(read < Moment(std::chrono::years(1'000'000)));
}

void SnapshotFileTest::needsWhatIsShownFirst()
{
    const Folder folder;
    QVERIFY(folder.refusalOf(HandMade().end()).startsWith(u"corrupted: "));
    QVERIFY(folder.refusalOf(HandMade().record(SnapshotSection::Version, VersionRecord()).end())
                .startsWith(u"corrupted: "));
}

void SnapshotFileTest::stopsReading()
{
    const Folder folder;
    usual(folder);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_EXCEPTION_THROWN(readSnapshot(folder.file, stop.get_token()), layerhold::Cancelled);
}

void SnapshotFileTest::saysWhyItCannotWrite()
{
    const Folder folder;
    for (const QString& file : {folder.folder.filePath(QStringLiteral("none/cache.lhsnap")), folder.folder.path()}) {
        try {
            SnapshotFileWriter(file, QStringLiteral("0.1.0")).commit();
            QFAIL("it was written");
        } catch (const CallError& error) {
            QVERIFY2(error.message().contains(file), qUtf8Printable(error.message()));
        }
        try {
            readSnapshot(file);
            QFAIL("it was read");
        } catch (const CallError& error) {
            QVERIFY2(!error.message().isEmpty(), qUtf8Printable(error.message()));
        }
    }
    QVERIFY(QDir(folder.folder.path()).isEmpty());
}

void SnapshotFileTest::aFullDiskLeavesTheFormerFile()
{
    const Folder folder;
    const QByteArray before = usual(folder, 3);
    rlimit former{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &former), 0);
    const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
    // What is written beyond it is refused, as by a disk that is full.
    const rlimit small{.rlim_cur = 100'000, .rlim_max = former.rlim_max};
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    QString said;
    try {
        usual(folder, 20'000);
    } catch (const CallError& error) {
        said = error.code() + QStringLiteral(": ") + error.message();
    }
    setrlimit(RLIMIT_FSIZE, &former);
    std::signal(SIGXFSZ, ignored);
    QVERIFY2(said.startsWith(u"full: ") && said.contains(folder.file), qUtf8Printable(said));
    QCOMPARE(folder.bytes(), before);
    QCOMPARE(QDir(folder.folder.path()).entryList(QDir::Files).size(), 1);
}

void SnapshotFileTest::largeFilesKeepNoRecords()
{
    const Folder folder;
    SnapshotFileWriter writer(folder.file, QStringLiteral("0.1.0"));
    EdgeRecord edge;
    edge.parent = std::string(71, 'a');
    std::uint64_t written = 0;
    for (int i = 0; i < 100'000; ++i)
        writer.add(SnapshotSection::Edges, edge);
    written = writer.bytes();
    // All but the last part went to the disk as it came.
    QVERIFY(written > 1000);
}

QTEST_GUILESS_MAIN(SnapshotFileTest)
#include "snapshot_file_test.moc"
