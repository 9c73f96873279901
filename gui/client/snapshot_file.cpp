// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "client/snapshot_file.h"

#include "layerhold/error.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QtEndian>

#include <zlib.h>

namespace layerhold::gui {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::Snapshot)
};

/// As those of PNG: what treats the file as text, or loses the eighth bit, shows at once.
constexpr char magic[] = {'\x89', 'L', 'H', 'S', '\r', '\n', '\x1A', '\n'};
constexpr std::uint32_t longestVersion = 200;
constexpr std::uint32_t largestBlock = 64 * 1024 * 1024;
/// Unpacked: several million entries. What a few kilobytes unpack to otherwise has no end.
constexpr std::uint64_t largestContents = std::uint64_t(2) << 30;
/// Digests do not pack better with more effort.
constexpr int packingLevel = 1;

/// Calls `visit` with each section and where its records are.
template <class Contents, class Visit>
void eachSection(Contents& contents, Visit visit)
{
    using enum SnapshotSection;
    visit(Version, contents.version);
    visit(Status, contents.status);
    visit(Checks, contents.checks);
    visit(Policy, contents.policy);
    visit(Metrics, contents.metrics);
    visit(Histories, contents.histories);
    visit(RateLimits, contents.rateLimits);
    visit(Plans, contents.plans);
    visit(Runs, contents.runs);
    visit(Pins, contents.pins);
    visit(Trash, contents.trash);
    visit(Usage, contents.usage);
    visit(Events, contents.events);
    visit(Blobs, contents.blobs);
    visit(Edges, contents.edges);
    visit(Claims, contents.claims);
    visit(Images, contents.images);
    visit(ImageTotals, contents.imageTotals);
    visit(ImageDetails, contents.imageDetails);
    visit(Tags, contents.tags);
    visit(TagHistories, contents.tagHistories);
    visit(Gaps, contents.gaps);
}

QByteArray number(std::uint32_t value)
{
    char bytes[sizeof value];
    qToBigEndian(value, bytes);
    return QByteArray(bytes, sizeof value);
}

class SnapshotReader
{
public:
    SnapshotReader(const QString& path, std::stop_token stop)
        : m_file(path)
        , m_name(QFileInfo(path).fileName())
        , m_stop(std::move(stop))
    {}

    SnapshotContents read()
    {
        if (!m_file.open(QIODevice::ReadOnly))
            fail("not_found", Texts::tr("%1 cannot be opened: %2").arg(m_name, m_file.errorString()));
        readHead();
        while (readBlock()) {
            if (m_stop.stop_requested())
                throw Cancelled();
        }
        if (!m_hasInfo || !m_contents.version || !m_contents.status)
            failDamaged();
        return std::move(m_contents);
    }

private:
    [[noreturn]] static void fail(const char* code, const QString& sentence)
    {
        throw CallError(QString::fromLatin1(code), sentence);
    }

    [[noreturn]] void failDamaged() const
    {
        fail("corrupted", Texts::tr("%1 is damaged: what it holds is not what was written.").arg(m_name));
    }

    [[noreturn]] void failAlien() const
    {
        fail("invalid_argument", Texts::tr("%1 is not a snapshot of Layerhold.").arg(m_name));
    }

    [[noreturn]] void failTooLarge() const
    {
        fail("invalid_argument", Texts::tr("%1 holds more than a snapshot may: it was not read.").arg(m_name));
    }

    QByteArray take(std::uint32_t length)
    {
        QByteArray bytes = m_file.read(length);
        if (bytes.size() != static_cast<qsizetype>(length)) {
            if (m_file.error() != QFileDevice::NoError)
                fail("unavailable", Texts::tr("%1 cannot be read: %2").arg(m_name, m_file.errorString()));
            fail("corrupted", Texts::tr("%1 is cut off: its end is missing. Copy it once more.").arg(m_name));
        }
        return bytes;
    }

    std::uint32_t takeNumber()
    {
        const QByteArray bytes = take(sizeof(std::uint32_t));
        m_hash.addData(bytes);
        return qFromBigEndian<std::uint32_t>(bytes.constData());
    }

    void readHead()
    {
        const QByteArray begin = m_file.peek(sizeof magic);
        const QByteArray wanted(magic, sizeof magic);
        if (begin.isEmpty() || !wanted.startsWith(begin))
            failAlien();
        m_hash.addData(take(sizeof magic));
        const std::uint32_t format = takeNumber();
        const std::uint32_t length = takeNumber();
        if (format == 0 || length > longestVersion)
            failDamaged();
        const QByteArray version = take(length);
        m_hash.addData(version);
        if (format != snapshotFormat)
            fail("unsupported", Texts::tr("%1 is a snapshot of format %2, written by version %3. This version of "
                                          "Layerhold reads format %4: open it with the newer one.")
                                    .arg(m_name)
                                    .arg(format)
                                    .arg(QString::fromUtf8(version))
                                    .arg(snapshotFormat));
    }

    /// False: it was the last one.
    bool readBlock()
    {
        const std::uint32_t section = takeNumber();
        const std::uint32_t packed = takeNumber();
        const std::uint32_t unpacked = takeNumber();
        if (section == static_cast<std::uint32_t>(SnapshotSection::End)) {
            const QByteArray wanted = m_hash.result();
            if (take(static_cast<std::uint32_t>(wanted.size())) != wanted || !m_file.atEnd())
                failDamaged();
            return false;
        }
        m_total += unpacked;
        if (packed > compressBound(largestBlock) || unpacked > largestBlock || m_total > largestContents)
            failTooLarge();
        const QByteArray bytes = take(packed);
        m_hash.addData(bytes);
        QByteArray records(unpacked, Qt::Uninitialized);
        uLongf length = unpacked;
        if (uncompress(reinterpret_cast<Bytef*>(records.data()), &length,
                       reinterpret_cast<const Bytef*>(bytes.constData()), packed) != Z_OK ||
            length != unpacked)
            failDamaged();
        try {
            decode(static_cast<SnapshotSection>(section), {records.constData(), length});
        } catch (const MalformedRecord&) {
            failDamaged();
        }
        return true;
    }

    void decode(SnapshotSection section, std::string_view bytes)
    {
        RecordDecoder decoder(bytes);
        if (section == SnapshotSection::Info) {
            decoder.get(m_contents.info);
            m_hasInfo = true;
        }
        eachSection(m_contents, [&](SnapshotSection which, auto& records) {
            if (which == section)
                takeRecords(decoder, records);
        });
        if (!decoder.isAtEnd())
            throw MalformedRecord();
    }

    template <class Record>
    static void takeRecords(RecordDecoder& decoder, std::vector<Record>& records)
    {
        while (!decoder.isAtEnd())
            decoder.get(records.emplace_back());
    }

    template <class Record>
    static void takeRecords(RecordDecoder& decoder, std::optional<Record>& record)
    {
        decoder.get(record.emplace());
    }

    QFile m_file;
    QString m_name;
    std::stop_token m_stop;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    SnapshotContents m_contents;
    std::uint64_t m_total = 0;
    bool m_hasInfo = false;
};

} // namespace

SnapshotFileWriter::SnapshotFileWriter(const QString& file, const QString& appVersion)
    : m_file(file)
{
    if (!m_file.open(QIODevice::WriteOnly))
        throw CallError(QStringLiteral("denied"),
                        Texts::tr("%1 cannot be written: %2").arg(file, m_file.errorString()));
    const QByteArray version = appVersion.toUtf8().left(longestVersion);
    write(QByteArray(magic, sizeof magic) + number(snapshotFormat) +
          number(static_cast<std::uint32_t>(version.size())) + version);
}

void SnapshotFileWriter::flush(SnapshotSection section)
{
    RecordEncoder& waiting = m_waiting[static_cast<std::size_t>(section)];
    const QByteArray& records = waiting.bytes();
    if (records.isEmpty())
        return;
    if (records.size() > static_cast<qsizetype>(largestBlock))
        throw CallError(QStringLiteral("out_of_range"),
                        Texts::tr("One of the answers of the service is too large for a snapshot."));
    uLongf length = compressBound(static_cast<uLong>(records.size()));
    QByteArray packed(static_cast<qsizetype>(length), Qt::Uninitialized);
    if (compress2(reinterpret_cast<Bytef*>(packed.data()), &length, reinterpret_cast<const Bytef*>(records.constData()),
                  static_cast<uLong>(records.size()), packingLevel) != Z_OK)
        throw std::bad_alloc();
    packed.truncate(static_cast<qsizetype>(length));
    write(number(static_cast<std::uint32_t>(section)) + number(static_cast<std::uint32_t>(packed.size())) +
          number(static_cast<std::uint32_t>(records.size())));
    write(packed);
    waiting.clear();
}

void SnapshotFileWriter::write(const QByteArray& bytes)
{
    m_hash.addData(bytes);
    m_written += static_cast<std::uint64_t>(bytes.size());
    if (m_file.write(bytes) != bytes.size())
        throw CallError(QStringLiteral("full"),
                        Texts::tr("%1 cannot be written: %2").arg(m_file.fileName(), m_file.errorString()));
}

void SnapshotFileWriter::commit()
{
    for (std::size_t section = 0; section < sections; ++section)
        flush(static_cast<SnapshotSection>(section));
    write(number(static_cast<std::uint32_t>(SnapshotSection::End)) + number(0) + number(0));
    write(m_hash.result());
    if (!m_file.commit())
        throw CallError(QStringLiteral("full"),
                        Texts::tr("%1 cannot be written: %2").arg(m_file.fileName(), m_file.errorString()));
}

SnapshotContents readSnapshot(const QString& file, std::stop_token stop)
{
    return SnapshotReader(file, std::move(stop)).read();
}

} // namespace layerhold::gui
