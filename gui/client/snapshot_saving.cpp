// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "client/snapshot_saving.h"

#include "client/answer.h"
#include "client/snapshot_file.h"

#include <QCoreApplication>
#include <QPromise>

#include <deque>
#include <functional>
#include <memory>
#include <set>

namespace layerhold::gui {

namespace {

using namespace std::chrono_literals;

/// Questions about one thing each that are open at a time.
constexpr std::size_t mostAtOnce = 4;
/// Of a larger cache only the images are asked for one by one: each question takes the service a millisecond or so.
constexpr std::size_t mostInspected = 50'000;
/// In which services keep the history of metrics.
constexpr std::chrono::seconds steps[] = {1s, 10s, 60s, 3600s};

/// One saving: a row of steps, each of which asks something and begins the next when it has its answer. Belongs to its
/// client.
class SnapshotSaving final : public QObject
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::Snapshot)

public:
    SnapshotSaving(CacheClient& client, const SnapshotInfo& info, OnProgress onProgress)
        : QObject(&client)
        , m_client(client)
        , m_info(info)
        , m_onProgress(std::move(onProgress))
    {
        m_promise.start();
        connect(&m_watcher, &QFutureWatcherBase::canceled, this, &SnapshotSaving::end);
        connect(QCoreApplication::instance(), &QCoreApplication::aboutToQuit, this, &SnapshotSaving::end);
        m_watcher.setFuture(m_promise.future());
    }

    ~SnapshotSaving() override
    {
        fail(CallError(QStringLiteral("unavailable"), tr("The connection ended before the snapshot was saved.")));
    }

    QFuture<SnapshotSaved> start(const QString& file)
    {
        QFuture<SnapshotSaved> future = m_promise.future();
        attempt([&] {
            m_file = std::make_unique<SnapshotFileWriter>(file, QCoreApplication::applicationVersion());
            planSteps();
            next();
        });
        return future;
    }

private:
    using Section = SnapshotSection;
    enum class Need
    {
        Must, ///< without it there is no snapshot
        May
    };

    void planSteps()
    {
        addSingle("version", Section::Version, &CacheClient::version, Need::Must);
        addSingle("status", Section::Status, &CacheClient::status, Need::Must);
        addSingle("policy", Section::Policy, &CacheClient::policy);
        addMany("diagnose", Section::Checks, &CacheClient::diagnose);
        addMany("rateLimits", Section::RateLimits, &CacheClient::rateLimits);
        addMany("plans", Section::Plans, &CacheClient::plans);
        addMany("runs", Section::Runs, &CacheClient::runs);
        addMany("pins", Section::Pins, &CacheClient::pins);
        m_steps.push_back(
            [this] { ask("trash", m_client.trash(this, writing<TrashRecord>(Section::Trash)), [this] { next(); }); });
        m_steps.push_back([this] {
            m_doing = tr("Reading entries");
            const auto write = writing<BlobRecord>(Section::Blobs);
            const auto take = [this, write](const std::vector<BlobRecord>& blobs) {
                note(blobs);
                write(blobs);
            };
            ask("blobs", m_client.blobs({}, this, take), [this] { next(); });
        });
        m_steps.push_back([this] {
            m_doing = tr("Reading images");
            ask("edges", m_client.edges(this, writing<EdgeRecord>(Section::Edges)), [this] { next(); });
        });
        m_steps.push_back([this] {
            ask("images", m_client.images({}, this, writing<ImageRecord>(Section::Images)),
                [this](const ImageTotals& totals) {
                    m_file->add(Section::ImageTotals, totals);
                    next();
                });
        });
        m_steps.push_back([this] {
            const auto write = writing<TagRecord>(Section::Tags);
            const auto take = [this, write](const std::vector<TagRecord>& tags) {
                for (const TagRecord& tag : tags)
                    m_tags.push_back(QString::fromStdString(tag.reference));
                write(tags);
            };
            ask("tags", m_client.tags({}, this, take), [this] { next(); });
        });
        for (const char* level : {"holder", "image"})
            m_steps.push_back([this, level] {
                ask("usage", m_client.usage(QString::fromLatin1(level)), [this, level](const UsageRecord& usage) {
                    m_file->add(Section::Usage, SnapshotUsage{level, usage});
                    next();
                });
            });
        m_steps.push_back([this] {
            ask("metrics", m_client.metrics(), [this](const MetricsRecord& metrics) {
                for (const MetricRecord& metric : metrics.metrics)
                    if (metric.hasHistory)
                        for (const auto step : steps)
                            m_series.emplace_back(QString::fromStdString(metric.name), step);
                m_file->add(Section::Metrics, metrics);
                next();
            });
        });
        m_steps.push_back([this] {
            ask("pastEvents", m_client.pastEvents(this, writing<EventRecord>(Section::Events)), [this] { next(); });
        });
        m_steps.push_back([this] { askEachThing(); });
    }

    /// Once it is known how many there are.
    void askEachThing()
    {
        m_info.hasAllClaims = !m_hasTooMany;
        const std::vector<QString>& inspected = m_hasTooMany ? m_manifests : m_blobs;
        m_total = m_done + inspected.size() + m_tags.size() + m_series.size();
        m_steps.push_back([this, &inspected] {
            m_doing = tr("Asking what keeps each entry");
            each(inspected.size(), [this, &inspected](std::size_t i) {
                askOne("inspect", m_client.inspect(inspected[i]), [this](const BlobDetails& details) {
                    for (const ClaimRecord& claim : details.claims)
                        m_file->add(Section::Claims, claim);
                    if (details.image)
                        m_file->add(Section::ImageDetails, *details.image);
                });
            });
        });
        m_steps.push_back([this] {
            m_doing = tr("Reading the history of tags");
            each(m_tags.size(), [this](std::size_t i) {
                askOne("tagHistory", m_client.tagHistory(m_tags[i]),
                       [this](const TagHistory& history) { m_file->add(Section::TagHistories, history); });
            });
        });
        m_steps.push_back([this] {
            m_doing = tr("Reading the history of metrics");
            each(m_series.size(), [this](std::size_t i) {
                askOne("history", m_client.history(m_series[i].first, m_series[i].second, {}),
                       [this](const HistoryRecord& record) { m_file->add(Section::Histories, record); });
            });
        });
        m_steps.push_back([this] { finish(); });
        next();
    }

    void addSingle(const char* question, Section section, auto call, Need need = Need::May)
    {
        m_steps.push_back([this, question, section, call, need] {
            auto answer = std::invoke(call, m_client);
            ask(
                question, std::move(answer),
                [this, section](const auto& record) {
                    m_file->add(section, record);
                    next();
                },
                need);
        });
    }

    void addMany(const char* question, Section section, auto call)
    {
        m_steps.push_back([this, question, section, call] {
            auto answer = std::invoke(call, m_client);
            ask(question, std::move(answer), [this, section](const auto& records) {
                for (const auto& record : records)
                    m_file->add(section, record);
                next();
            });
        });
    }

    template <class Record>
    OnBatch<Record> writing(Section section)
    {
        return [this, section](const std::vector<Record>& records) {
            attempt([&] {
                for (const Record& record : records)
                    m_file->add(section, record);
                advance(records.size());
            });
        };
    }

    void note(const std::vector<BlobRecord>& blobs)
    {
        m_entries += blobs.size();
        for (const BlobRecord& blob : blobs) {
            if (blob.kind == "manifest" || blob.kind == "index")
                m_manifests.push_back(QString::fromStdString(blob.digest));
            if (!m_hasTooMany)
                m_blobs.push_back(QString::fromStdString(blob.digest));
            if (m_blobs.size() > mostInspected) {
                m_hasTooMany = true;
                m_blobs.clear();
            }
        }
    }

    template <class Result, class Take>
    void ask(const char* question, QFuture<Result> future, Take take, Need need = Need::May)
    {
        m_open.push_back(QFuture<void>(future));
        await(
            this, std::move(future), [this, take](const auto&... result) { this->attempt([&] { take(result...); }); },
            [this, question, need](const CallError& error) {
                if (need == Need::Must || isTheEnd(error))
                    fail(error);
                else
                    attempt([&] {
                        addGap(question, error);
                        next();
                    });
            });
    }

    /// One of each(). What is gone meanwhile is left out.
    template <class Result, class Take>
    void askOne(const char* question, QFuture<Result> future, Take take)
    {
        m_open.push_back(QFuture<void>(future));
        await(
            this, std::move(future),
            [this, take](const Result& result) {
                attempt([&] {
                    take(result);
                    endOne();
                });
            },
            [this, question](const CallError& error) {
                if (isTheEnd(error)) {
                    fail(error);
                    return;
                }
                attempt([&] {
                    if (error.code() == QLatin1String("unsupported") || error.code() == QLatin1String("denied")) {
                        addGap(question, error);
                        m_nextOne = m_count;
                    }
                    endOne();
                });
            });
    }

    void each(std::size_t count, std::function<void(std::size_t)> askNumber)
    {
        m_count = count;
        m_nextOne = 0;
        m_askNumber = std::move(askNumber);
        askMore();
    }

    void askMore()
    {
        std::erase_if(m_open, [](const QFuture<void>& future) { return future.isFinished(); });
        for (; m_openOnes < mostAtOnce && m_nextOne < m_count; ++m_nextOne) {
            ++m_openOnes;
            m_askNumber(m_nextOne);
        }
        if (m_openOnes == 0)
            next();
    }

    void endOne()
    {
        --m_openOnes;
        advance(1);
        askMore();
    }

    static bool isTheEnd(const CallError& error)
    {
        return isCancelled(error) || error.code() == QLatin1String("unavailable");
    }

    void addGap(const char* question, const CallError& error)
    {
        if (m_gaps.insert(question).second)
            m_file->add(Section::Gaps,
                        SnapshotGap{question, error.code().toStdString(), error.message().toStdString()});
    }

    void advance(std::size_t count)
    {
        m_done += count;
        if (m_onProgress)
            m_onProgress({.doneItems = m_done,
                          .totalItems = m_total,
                          .doneBytes = 0,
                          .totalBytes = 0,
                          .current = m_doing.toStdString()});
    }

    void next()
    {
        if (m_isOver || m_steps.empty())
            return;
        const auto step = std::move(m_steps.front());
        m_steps.pop_front();
        step();
    }

    /// Writing may fail.
    template <class Do>
    void attempt(Do work)
    {
        if (m_isOver)
            return;
        try {
            work();
        } catch (const CallError& error) {
            fail(error);
        }
    }

    void finish()
    {
        m_file->add(Section::Info, m_info);
        m_file->commit();
        m_promise.addResult(
            SnapshotSaved{.entries = m_entries, .bytes = m_file->bytes(), .hasAllClaims = m_info.hasAllClaims});
        end();
    }

    void fail(const CallError& error)
    {
        if (m_isOver)
            return;
        m_promise.setException(error);
        end();
    }

    /// Without a result it is one that was cancelled.
    void end()
    {
        if (std::exchange(m_isOver, true))
            return;
        m_file.reset();
        for (QFuture<void>& future : m_open)
            future.cancel();
        if (m_promise.future().resultCount() == 0)
            m_promise.future().cancel();
        m_promise.finish();
        deleteLater();
    }

    CacheClient& m_client;
    SnapshotInfo m_info;
    OnProgress m_onProgress;
    QPromise<SnapshotSaved> m_promise;
    QFutureWatcher<SnapshotSaved> m_watcher;
    std::unique_ptr<SnapshotFileWriter> m_file;
    std::deque<std::function<void()>> m_steps;
    std::vector<QFuture<void>> m_open;
    bool m_isOver = false;
    bool m_hasTooMany = false;

    std::uint64_t m_entries = 0;
    std::uint64_t m_done = 0;
    std::uint64_t m_total = 0; ///< 0: not known yet
    QString m_doing;
    std::set<std::string> m_gaps;
    std::vector<QString> m_blobs;
    std::vector<QString> m_manifests;
    std::vector<QString> m_tags;
    std::vector<std::pair<QString, std::chrono::seconds>> m_series;

    // Of each().
    std::function<void(std::size_t)> m_askNumber;
    std::size_t m_count = 0;
    std::size_t m_nextOne = 0;
    std::size_t m_openOnes = 0;
};

} // namespace

QFuture<SnapshotSaved> saveSnapshot(CacheClient& client, const SnapshotInfo& info, const QString& file,
                                    OnProgress onProgress)
{
    return (new SnapshotSaving(client, info, std::move(onProgress)))->start(file);
}

} // namespace layerhold::gui
