// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "gui/support/fake_client.h"

#include <QPointer>

#include <algorithm>
#include <chrono>

namespace layerhold::gui::test {

namespace {

using namespace std::chrono_literals;

/// How soon the cancelling of a call is noticed that nothing is heard of.
constexpr auto idleInterval = 5ms;

std::vector<std::string> toStrings(const QStringList& list)
{
    std::vector<std::string> strings;
    for (const QString& text : list)
        strings.push_back(text.toStdString());
    return strings;
}

/// Of containerd's grammar the fake knows kind==… and state==….
template <class Record>
bool passes(const QStringList& filters, const Record& record)
{
    return filters.isEmpty() || std::ranges::any_of(filters, [&](const QString& filter) {
               if (filter.startsWith("kind=="))
                   return filter.mid(6).toStdString() == record.kind;
               if (filter.startsWith("state=="))
                   return filter.mid(7).toStdString() == record.state;
               throw CallError("invalid_argument", "the fake knows no filter " + filter);
           });
}

template <class Record>
std::vector<Record> passing(const QStringList& filters, const std::vector<Record>& records)
{
    std::vector<Record> taken;
    std::ranges::copy_if(records, std::back_inserter(taken), [&](const Record& r) { return passes(filters, r); });
    return taken;
}

template <class Records>
const Records& require(const std::map<std::string, Records>& known, const QString& id, const char* what)
{
    const auto found = known.find(id.toStdString());
    if (found == known.end())
        throw CallError("not_found", QString("there is no %1 '%2'").arg(what, id));
    return found->second;
}

/// Who takes the parts of an answer; nobody when there is no receiver.
class Receiver
{
public:
    explicit Receiver(QObject* receiver)
        : m_receiver(receiver)
        , m_isWanted(receiver != nullptr)
    {}

    bool isGone() const { return m_isWanted && !m_receiver; }

    template <class Function, class Value>
    void tell(const Function& function, Value&& value) const
    {
        if (m_receiver && function)
            function(std::forward<Value>(value));
    }

private:
    QPointer<QObject> m_receiver;
    bool m_isWanted;
};

} // namespace

struct FakeClient::OpenCall
{
    QString name;
    std::function<bool()> isCancelled;
    std::function<Step()> step;
    std::function<void(const CallError&)> fail;
    std::function<void()> finish;
    bool isWaiting = false;
};

FakeClient::FakeClient(std::shared_ptr<FakeStore> data, QObject* parent)
    : CacheClient(parent)
    , store(std::move(data))
{
    connect(&m_timer, &QTimer::timeout, this, &FakeClient::turn);
}

FakeClient::~FakeClient() = default;

int FakeClient::count(const QString& call) const
{
    return static_cast<int>(std::ranges::count(m_calls, call, &Call::name));
}

int FakeClient::mutatingCount() const
{
    return static_cast<int>(std::ranges::count_if(m_calls, &Call::isMutating));
}

int FakeClient::openCount() const
{
    return static_cast<int>(m_open.size());
}

int FakeClient::openCount(const QString& call) const
{
    return static_cast<int>(std::ranges::count_if(m_open, [&](const auto& open) { return open->name == call; }));
}

void FakeClient::fail(const QString& call, const CallError& error)
{
    m_failures.insert_or_assign(call, error);
}

void FakeClient::hold(const QString& call)
{
    m_held.insert(call);
}

void FakeClient::answer(const QString& call)
{
    m_failures.erase(call);
    m_held.erase(call);
    if (!m_open.empty())
        m_timer.start(0);
}

void FakeClient::breakConnection(const CallError& error)
{
    m_broken = error;
    if (!m_open.empty())
        m_timer.start(0);
}

void FakeClient::publish(EventRecord event)
{
    store->append(std::move(event));
    if (!m_open.empty())
        m_timer.start(0);
}

void FakeClient::turn()
{
    const QPointer<FakeClient> self(this); // what a call tells may end us
    const auto calls = m_open;
    for (const auto& call : calls) {
        bool hasEnded = false;
        call->isWaiting = false;
        const auto failure = m_failures.find(call->name);
        try {
            if (call->isCancelled()) {
                call->finish();
                hasEnded = true;
            } else if (m_broken) {
                call->fail(*m_broken);
                hasEnded = true;
            } else if (m_held.contains(call->name)) {
                call->isWaiting = true;
            } else if (failure != m_failures.end()) {
                call->fail(failure->second);
                hasEnded = true;
            } else {
                const Step step = call->step();
                hasEnded = step == Step::Done;
                call->isWaiting = step == Step::Waits;
            }
        } catch (const CallError& error) {
            call->fail(error);
            hasEnded = true;
        }
        if (!self)
            return;
        if (hasEnded)
            std::erase(m_open, call);
    }
    if (m_open.empty())
        m_timer.stop();
    else
        m_timer.start(std::ranges::all_of(m_open, &OpenCall::isWaiting) ? idleInterval : 0ms);
}

template <class Result, class Work>
QFuture<Result> FakeClient::open(const char* name, Call::Effect effect, QStringList arguments, Work work)
{
    m_calls.push_back({name, effect, std::move(arguments)});
    const auto promise = std::make_shared<QPromise<Result>>();
    promise->start();
    auto call = std::make_shared<OpenCall>();
    call->name = name;
    call->isCancelled = [promise] { return promise->isCanceled(); };
    call->step = [promise, work = std::move(work)]() mutable {
        const Step step = work(*promise);
        if (step == Step::Done)
            promise->finish();
        return step;
    };
    call->fail = [promise](const CallError& error) {
        promise->setException(error);
        promise->finish();
    };
    call->finish = [promise] { promise->finish(); };
    m_open.push_back(std::move(call));
    m_timer.start(0);
    return promise->future();
}

template <class Result, class Ask>
QFuture<Result> FakeClient::ask(const char* name, QStringList arguments, Ask ask)
{
    return open<Result>(name, Call::Effect::Reads, std::move(arguments), [ask = std::move(ask)](auto& promise) {
        promise.addResult(ask());
        return Step::Done;
    });
}

template <class Result, class Ask>
QFuture<Result> FakeClient::change(const char* name, QStringList arguments, Ask ask)
{
    return open<Result>(name, Call::Effect::Mutates, std::move(arguments), [ask = std::move(ask)](auto& promise) {
        promise.addResult(ask());
        return Step::Done;
    });
}

template <class Result, class Record, class Take, class End>
QFuture<Result> FakeClient::list(const char* name, QStringList arguments, QObject* receiver, OnBatch<Record> onBatch,
                                 Take take, End end)
{
    // What the list is of is taken at its first step, as a service does.
    return open<Result>(
        name, Call::Effect::Reads, std::move(arguments),
        [this, to = Receiver(receiver), onBatch = std::move(onBatch), take = std::move(take), end = std::move(end),
         records = std::optional<std::vector<Record>>(), next = std::size_t(0)](QPromise<Result>& promise) mutable {
            if (to.isGone()) {
                promise.future().cancel();
                return Step::Done;
            }
            if (!records)
                records = take();
            if (next >= records->size()) {
                end(promise);
                return Step::Done;
            }
            if (next >= mostListed)
                return Step::Waits;
            const std::size_t last = std::min(records->size(), next + static_cast<std::size_t>(batchSize));
            const auto at = [&](std::size_t i) { return records->begin() + static_cast<std::ptrdiff_t>(i); };
            std::vector<Record> batch(at(next), at(last));
            next = last;
            to.tell(onBatch, std::move(batch));
            return Step::More;
        });
}

namespace {

constexpr auto endsPlain = [](QPromise<void>&) {};

} // namespace

template <class Do>
QFuture<TrashReport> FakeClient::work(const char* name, QStringList arguments,
                                      std::function<std::vector<std::string>()> choose, QObject* receiver,
                                      OnProgress onProgress, Do doOne)
{
    return open<TrashReport>(name, Call::Effect::Mutates, std::move(arguments),
                             [this, choose = std::move(choose), to = Receiver(receiver),
                              onProgress = std::move(onProgress), doOne = std::move(doOne), report = TrashReport(),
                              digests = std::optional<std::vector<std::string>>(),
                              progress = JobProgress()](QPromise<TrashReport>& promise) mutable {
                                 if (!digests) {
                                     digests = choose();
                                     progress.totalItems = digests->size();
                                 }
                                 for (int i = 0; i < itemsPerStep && progress.doneItems < digests->size(); ++i) {
                                     report.items.push_back(doOne(digests->at(progress.doneItems)));
                                     const TrashItem& item = report.items.back();
                                     if (item.outcome == "restored" || item.outcome == "removed")
                                         report.bytes += item.bytes;
                                     ++progress.doneItems;
                                     progress.doneBytes += item.bytes;
                                     progress.current = item.digest;
                                 }
                                 to.tell(onProgress, JobProgress(progress));
                                 if (progress.doneItems < digests->size())
                                     return Step::More;
                                 promise.addResult(std::move(report));
                                 return Step::Done;
                             });
}

QFuture<VersionRecord> FakeClient::version()
{
    return ask<VersionRecord>("version", {}, [this] { return store->version; });
}

QFuture<StatusRecord> FakeClient::status()
{
    return ask<StatusRecord>("status", {}, [this] { return store->currentStatus(); });
}

QFuture<std::vector<HealthCheckRecord>> FakeClient::diagnose()
{
    return ask<std::vector<HealthCheckRecord>>("diagnose", {}, [this] { return store->checks; });
}

QFuture<void> FakeClient::blobs(const QStringList& filters, QObject* receiver, OnBatch<BlobRecord> onBatch)
{
    return list<void, BlobRecord>(
        "blobs", filters, receiver, std::move(onBatch), [this, filters] { return passing(filters, store->blobs); },
        endsPlain);
}

QFuture<BlobDetails> FakeClient::inspect(const QString& name)
{
    return ask<BlobDetails>("inspect", {name}, [this, name] { return store->inspect(name.toStdString()); });
}

QFuture<std::vector<ClaimPathRecord>> FakeClient::whyKept(const QString& digest)
{
    return ask<std::vector<ClaimPathRecord>>("whyKept", {digest},
                                             [this, digest] { return store->whyKept(digest.toStdString()); });
}

QFuture<std::uint64_t> FakeClient::freedBy(const QStringList& digests)
{
    return ask<std::uint64_t>("freedBy", digests, [this, digests] { return store->freedBy(toStrings(digests)); });
}

QFuture<UsageRecord> FakeClient::usage(const QString& level)
{
    return ask<UsageRecord>("usage", {level}, [this, level] { return require(store->usage, level, "level"); });
}

QFuture<ImageTotals> FakeClient::images(const QStringList& filters, QObject* receiver, OnBatch<ImageRecord> onBatch)
{
    return list<ImageTotals, ImageRecord>(
        "images", filters, receiver, std::move(onBatch), [this, filters] { return passing(filters, store->images); },
        [this](auto& promise) { promise.addResult(store->totals); });
}

QFuture<void> FakeClient::edges(QObject* receiver, OnBatch<EdgeRecord> onBatch)
{
    return list<void, EdgeRecord>(
        "edges", {}, receiver, std::move(onBatch), [this] { return store->edges; }, endsPlain);
}

QFuture<void> FakeClient::tags(const QStringList& filters, QObject* receiver, OnBatch<TagRecord> onBatch)
{
    return list<void, TagRecord>(
        "tags", filters, receiver, std::move(onBatch), [this] { return store->tags; }, endsPlain);
}

QFuture<TagHistory> FakeClient::tagHistory(const QString& reference)
{
    return ask<TagHistory>("tagHistory", {reference},
                           [this, reference] { return require(store->histories, reference, "tag"); });
}

QFuture<MetricsRecord> FakeClient::metrics()
{
    return ask<MetricsRecord>("metrics", {}, [this] { return store->metrics; });
}

QFuture<HistoryRecord> FakeClient::history(const QString& series, std::chrono::seconds step, Moment since)
{
    return ask<HistoryRecord>("history", {series, QString::number(step.count())}, [this, series, step, since] {
        return store->history(series.toStdString(), step, since);
    });
}

QFuture<std::vector<RateLimitRecord>> FakeClient::rateLimits()
{
    return ask<std::vector<RateLimitRecord>>("rateLimits", {}, [this] { return store->rateLimits; });
}

QFuture<void> FakeClient::pastEvents(QObject* receiver, OnBatch<EventRecord> onEvents)
{
    return list<void, EventRecord>(
        "pastEvents", {}, receiver, std::move(onEvents), [this] { return store->events; }, endsPlain);
}

QFuture<void> FakeClient::followEvents(std::optional<std::uint64_t> after, QObject* receiver,
                                       OnBatch<EventRecord> onEvents, std::function<void(EventGap)> onGap)
{
    const std::uint64_t last = store->events.empty() ? 0 : store->events.back().sequence;
    return open<void>("followEvents", Call::Effect::Reads, {after ? QString::number(*after) : QString()},
                      [this, to = Receiver(receiver), onEvents = std::move(onEvents), onGap = std::move(onGap),
                       seen = after.value_or(last)](QPromise<void>& promise) mutable {
                          if (to.isGone()) {
                              promise.future().cancel();
                              return Step::Done;
                          }
                          if (const std::uint64_t known = store->events.empty() ? 0 : store->events.back().sequence;
                              seen > known)
                              throw CallError("out_of_range", "This is another cache; list it anew.");
                          if (const auto gap = store->gapAfter(seen)) {
                              seen = gap->lastMissing;
                              to.tell(onGap, *gap);
                              return Step::More;
                          }
                          const auto first = std::ranges::upper_bound(store->events, seen, {}, &EventRecord::sequence);
                          const auto left = std::min<std::ptrdiff_t>(store->events.end() - first, batchSize);
                          if (left == 0)
                              return Step::Waits;
                          std::vector<EventRecord> batch(first, first + left);
                          seen = batch.back().sequence;
                          to.tell(onEvents, std::move(batch));
                          return Step::More;
                      });
}

QFuture<PolicyRecord> FakeClient::policy()
{
    return ask<PolicyRecord>("policy", {}, [this] { return store->policy; });
}

QFuture<PolicyRecord> FakeClient::setPolicy(const PolicyRecord& wanted)
{
    return change<PolicyRecord>("setPolicy", {QString::fromStdString(wanted.mode)},
                                [this, wanted] { return store->policy = wanted; });
}

QFuture<PlanRecord> FakeClient::makePlan(const std::optional<PolicyRecord>& wanted, PlanUse use)
{
    return ask<PlanRecord>("makePlan", {use == PlanUse::Look ? "look" : "apply"},
                           [this, wanted] { return store->makePlan(wanted.value_or(store->policy)); });
}

QFuture<std::vector<PlanRecord>> FakeClient::plans()
{
    return ask<std::vector<PlanRecord>>("plans", {}, [this] { return store->plans; });
}

QFuture<void> FakeClient::planItems(const QString& plan, QObject* receiver, OnBatch<PlanItem> onBatch)
{
    return list<void, PlanItem>(
        "planItems", {plan}, receiver, std::move(onBatch),
        [this, plan] { return require(store->planItems, plan, "plan"); }, endsPlain);
}

QFuture<RunRecord> FakeClient::applyPlan(const QString& plan, Removal removal, QObject* receiver, OnProgress onProgress)
{
    const auto run = [this, id = plan.toStdString(), removal, to = Receiver(receiver),
                      onProgress = std::move(onProgress), record = std::optional<RunRecord>(),
                      items = std::vector<PlanItem>(), progress = JobProgress()](QPromise<RunRecord>& promise) mutable {
        if (!record) {
            if (removal == Removal::Trash && !store->hasTrash())
                throw CallError("failed_precondition", "the policy leaves no time to undo");
            record = store->beginRun(id);
            items = store->itemsToRemove(id);
            progress.totalItems = items.size();
            progress.totalBytes = record->promisedBytes;
        }
        for (int i = 0; i < itemsPerStep && progress.doneItems < items.size(); ++i) {
            const RunItem done = store->removeItem(items[progress.doneItems], removal, *record);
            ++progress.doneItems;
            progress.doneBytes += done.bytes;
            progress.current = done.name;
        }
        const bool hasEnded = progress.doneItems == items.size();
        // Kept up to date all the time: a run that is stopped leaves what it did.
        store->recordRun(*record, hasEnded);
        to.tell(onProgress, JobProgress(progress));
        if (!hasEnded)
            return Step::More;
        promise.addResult(*record);
        return Step::Done;
    };
    return open<RunRecord>("applyPlan", Call::Effect::Mutates, {plan, removal == Removal::Trash ? "trash" : "remove"},
                           run);
}

QFuture<std::vector<RunRecord>> FakeClient::runs()
{
    return ask<std::vector<RunRecord>>("runs", {}, [this] { return store->runs; });
}

QFuture<void> FakeClient::runItems(const QString& run, QObject* receiver, OnBatch<RunItem> onBatch)
{
    return list<void, RunItem>(
        "runItems", {run}, receiver, std::move(onBatch), [this, run] { return require(store->runItems, run, "run"); },
        endsPlain);
}

QFuture<void> FakeClient::trash(QObject* receiver, OnBatch<TrashRecord> onBatch)
{
    return list<void, TrashRecord>(
        "trash", {}, receiver, std::move(onBatch), [this] { return store->trash; }, endsPlain);
}

QFuture<TrashReport> FakeClient::undoRun(const QString& run, QObject* receiver, OnProgress onProgress)
{
    return work(
        "undoRun", {run}, [this, run] { return store->trashedBy(run.toStdString()); }, receiver, std::move(onProgress),
        [this](const std::string& digest) { return store->restoreItem(digest); });
}

QFuture<TrashReport> FakeClient::restoreTrash(const QStringList& digests, QObject* receiver, OnProgress onProgress)
{
    return work(
        "restoreTrash", digests, [digests] { return toStrings(digests); }, receiver, std::move(onProgress),
        [this](const std::string& digest) { return store->restoreItem(digest); });
}

QFuture<TrashReport> FakeClient::emptyTrash(const QStringList& digests, QObject* receiver, OnProgress onProgress)
{
    return work(
        "emptyTrash", digests,
        [this, digests] { return digests.isEmpty() ? store->trashedBy({}) : toStrings(digests); }, receiver,
        std::move(onProgress), [this](const std::string& digest) { return store->emptyItem(digest); });
}

QFuture<std::vector<PinRecord>> FakeClient::pins()
{
    return ask<std::vector<PinRecord>>("pins", {}, [this] { return store->pins; });
}

QFuture<PinRecord> FakeClient::pin(const QString& digest, const QString& note)
{
    return change<PinRecord>("pin", {digest, note},
                             [this, digest, note] { return store->pin(digest.toStdString(), note.toStdString()); });
}

QFuture<void> FakeClient::unpin(const QString& digest)
{
    return open<void>("unpin", Call::Effect::Mutates, {digest}, [this, digest](QPromise<void>&) {
        store->unpin(digest.toStdString());
        return Step::Done;
    });
}

QFuture<AccessRecord> FakeClient::explainAccess(const QString& name)
{
    return ask<AccessRecord>("explainAccess", {name},
                             [this, name] { return store->explainAccess(name.toStdString()); });
}

} // namespace layerhold::gui::test
