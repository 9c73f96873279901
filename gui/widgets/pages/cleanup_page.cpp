// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/cleanup_page.h"

#include "models/plain_text.h"
#include "models/plan_command.h"
#include "models/plan_policy.h"
#include "widgets/pages/call_states.h"
#include "widgets/pages/cleanup/last_run.h"
#include "widgets/pages/cleanup/plan_file.h"
#include "widgets/pages/cleanup/plan_step.h"
#include "widgets/pages/cleanup/policy_step.h"
#include "widgets/pages/cleanup/run_result.h"
#include "widgets/pages/cleanup/run_step.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace layerhold::gui {

namespace {

using namespace std::chrono_literals;

/// A plan that is older is looked at again before it is applied.
constexpr auto freshFor = 60s;

QString idOf(const PlanRecord& plan)
{
    return QString::fromStdString(plan.id);
}

/// A plan may leave a thing out because others are enough by now; a run of the older plan takes it all the same.
bool isSkipped(const PlanChange& change)
{
    if (change.isRemovedNow())
        return false;
    return !change.is || (change.is->reason != "keep_within_limit" && change.is->reason != "keep_by_strategy");
}

} // namespace

CleanupPage::CleanupPage(AppContext& context, QWidget* parent)
    : Page(context, {QStringLiteral("cleanup"), tr("Cleanup"), QStringLiteral("cleanup")}, parent)
    , m_stack(new QStackedWidget)
    , m_policy(new PolicyStep)
    , m_plan(new PlanStep(context))
    , m_run(new RunStep(context))
    , m_lastRun(new LastRun(context, this))
{
    m_result = new RunResult(context, *m_lastRun);
    for (QWidget* each : std::initializer_list<QWidget*>{m_policy, m_plan, m_run, m_result})
        m_stack->addWidget(each);
    setFilterLine(makeSteps());
    setContent(m_stack);
    connectPolicy();
    connectPlan();
    connectRun();
    bindOwn();
    connect(&pane(), &StatePane::changed, this, &CleanupPage::tellHindrance);
    m_policyState = state::Loading{};
    showStep(Step::Policy);
}

CleanupPage::~CleanupPage() = default;

QWidget* CleanupPage::makeSteps()
{
    auto* line = new QWidget(this);
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    const QStringList names{tr("1  Policy"), tr("2  Plan"), tr("3  Run")};
    for (int i = 0; i < names.size(); ++i) {
        auto* button = new QPushButton(names[i], line);
        button->setCheckable(true);
        button->setAccessibleName(tr("Step %1").arg(names[i]));
        button->setObjectName(QStringLiteral("step%1").arg(i + 1));
        if (i > 0)
            layout->addWidget(new QLabel(QStringLiteral("›"), line));
        layout->addWidget(button);
        m_steps.push_back(button);
    }
    layout->addStretch(1);
    connect(m_steps[0], &QPushButton::clicked, this, [this] { showStep(Step::Policy); });
    connect(m_steps[1], &QPushButton::clicked, this, [this] { showStep(Step::Plan); });
    connect(m_steps[2], &QPushButton::clicked, this, [this] { showStep(m_hasResult ? Step::Result : Step::Run); });
    return line;
}

void CleanupPage::connectPolicy()
{
    connect(m_policy, &PolicyStep::previewWanted, this, &CleanupPage::preview);
    connect(m_policy, &PolicyStep::saveWanted, this, &CleanupPage::savePolicy);
    connect(m_policy, &PolicyStep::chosenWanted, this, [this] {
        const auto policy = policyOfChosen(m_policy->draft(), m_policy->chosen());
        if (policy)
            startPlan(policy, {});
        else
            m_policy->tellProblem(tr("At most %1 entries can be chosen one by one.").arg(mostNamedThings));
    });
}

void CleanupPage::connectPlan()
{
    connect(&m_query, &PlanQuery::planned, this, [this] { m_plan->setPlan(m_query.plan()); });
    connect(&m_query, &PlanQuery::itemsCame, this, [this](const std::vector<PlanItem>& batch) {
        m_plan->take(batch);
        m_planState =
            state::Loading{m_plan->removals().recordCount() + m_plan->kept().recordCount(), m_query.plan().items};
        tellState();
    });
    connect(&m_query, &PlanQuery::ended, this, &CleanupPage::endPlan);
    connect(&m_query, &PlanQuery::failed, this, &CleanupPage::failPlan);
    connect(&m_bySaved, &PlanComparison::compared, m_plan, &PlanStep::setChanges);
    connect(&m_bySaved, &PlanComparison::failed, this,
            [this](const CallError& error) { m_plan->setNoChanges(error.message()); });
    connect(m_plan, &PlanStep::backWanted, this, [this] { showStep(Step::Policy); });
    connect(m_plan, &PlanStep::continueWanted, this, &CleanupPage::leavePlan);
    connect(m_plan, &PlanStep::commandWanted, this, &CleanupPage::copyCommand);
    connect(m_plan, &PlanStep::exportWanted, this, [this] {
        const QStringList unticked = m_plan->removals().untickedNames();
        exportPlan(*this, m_plan->plan(), m_plan->items(), QSet<QString>(unticked.begin(), unticked.end()));
    });
}

void CleanupPage::connectRun()
{
    connect(m_run, &RunStep::cancelWanted, this, [this] { showStep(Step::Plan); });
    connect(m_run, &RunStep::checkWanted, this, &CleanupPage::checkForChanges);
    connect(m_run, &RunStep::refreshWanted, this, [this] {
        Wanted wanted = m_wanted;
        const QStringList onlyCopies = m_plan->removals().tickedOnlyCopies();
        wanted.onlyCopies = QSet<QString>(onlyCopies.begin(), onlyCopies.end());
        startPlan(m_asked, std::move(wanted));
    });
    connect(m_run, &RunStep::runWanted, this, &CleanupPage::run);
    connect(&m_check, &PlanComparison::compared, this, [this](const std::vector<PlanChange>& changes) {
        std::uint64_t entries = 0;
        std::uint64_t bytes = 0;
        for (const PlanChange& change : changes) {
            if (isSkipped(change)) {
                ++entries;
                bytes += change.bytes;
            }
        }
        m_run->tellChanged(entries, bytes);
    });
    connect(&m_check, &PlanComparison::failed, this,
            [this](const CallError& error) { m_run->tellNotChecked(error.message()); });
    connect(m_result, &RunResult::doneWanted, this, [this] {
        m_hasResult = false;
        m_bySaved.cancel();
        m_plan->begin();
        showStep(Step::Policy);
    });
    connect(m_lastRun, &LastRun::changed, this, [this] { actions().update(); });
    connect(m_lastRun, &LastRun::undone, this, &CleanupPage::cacheChanged);
}

void CleanupPage::bindOwn()
{
    bindRecordActions(context(), this, [this]() -> RecordView* {
        return m_step == Step::Plan ? m_plan->currentView() : m_step == Step::Result ? m_result->view() : nullptr;
    });
    const auto onPlan = [this] {
        return m_step == Step::Plan && m_plan->currentView() && m_plan->currentView()->selectedCount() > 0
                   ? QString()
                   : tr("No entry of a plan is selected.");
    };
    actions().bind(QStringLiteral("cleanup.preview"), this, [this] { preview(); });
    actions().bind(
        QStringLiteral("cleanup.undo"), this, [this] { m_lastRun->undo(); }, [this] { return m_lastRun->whyNot(); });
    actions().bind(
        QStringLiteral("view.toggle"), this, [this] { m_plan->toggleTicks(); }, onPlan);
    actions().bind(
        QStringLiteral("entry.whyKept"), this, [this] { m_plan->tellWhy(); }, onPlan);
    actions().bind(
        QStringLiteral("entry.pin"), this, [this] { m_plan->pinCurrent(); }, onPlan);
    actions().bind(
        QStringLiteral("entry.copyCommand"), this, [this] { copyCommand(); },
        [this] { return m_plan->isComplete() ? QString() : tr("There is no plan."); });
}

QLineEdit* CleanupPage::filterField() const
{
    return m_step == Step::Plan ? m_plan->filterField() : nullptr;
}

void CleanupPage::showStep(Step step)
{
    m_step = step;
    // What a run would do is decided on the way to it, by the ticks of that moment: nothing waits there.
    if (step != Step::Run && !m_isRunning) {
        m_check.cancel();
        m_holding.drop();
        m_run->setPlan({});
    }
    m_stack->setCurrentIndex(static_cast<int>(step));
    const std::size_t shown = std::min(static_cast<std::size_t>(step), m_steps.size() - 1);
    for (std::size_t i = 0; i < m_steps.size(); ++i)
        m_steps[i]->setChecked(i == shown);
    m_steps[1]->setEnabled(!m_plan->plan().id.empty() || m_query.isRunning());
    m_steps[1]->setToolTip(m_steps[1]->isEnabled() ? QString() : tr("There is no plan: preview one first."));
    const bool canRun = m_hasResult || m_isRunning || step == Step::Run;
    m_steps[2]->setEnabled(canRun);
    m_steps[2]->setToolTip(canRun ? QString() : tr("Look at the plan first, and continue from there."));
    setTrail({step == Step::Policy ? tr("Policy")
              : step == Step::Plan ? tr("Plan")
              : step == Step::Run  ? tr("Run")
                                   : tr("Result")});
    tellState();
    if (step == Step::Run)
        m_run->focusCancel();
    actions().update();
}

void CleanupPage::tellState()
{
    switch (m_step) {
    case Step::Policy:
        pane().show(m_policyState);
        break;
    case Step::Plan:
        pane().show(m_planState);
        break;
    case Step::Run:
    case Step::Result:
        pane().show(state::Ready{});
        break;
    }
}

void CleanupPage::tellHindrance()
{
    const QString reason = hindranceIn(client(), pane());
    m_policy->setHindrance(reason);
    m_plan->setHindrance(reason);
    m_run->setHindrance(reason);
}

void CleanupPage::clientChanged()
{
    endQuery(tr("The connection was lost. A plan is applied only when all of it was to be seen."));
    if (m_bySaved.isRunning())
        m_plan->setNoChanges(tr("The connection was lost before the plans were compared."));
    m_bySaved.cancel();
    if (m_check.isRunning())
        m_run->tellNotChecked(tr("The connection was lost before this was found out."));
    m_check.cancel();
    m_lastRun->setClient(client());
    m_plan->setClient(client());
    m_hadClient = m_hadClient || client();
    if (m_step == Step::Run)
        askUndoWindow();
    tellHindrance();
}

void CleanupPage::forget()
{
    // At the start there was no other cache, and what is chosen is meant for the first.
    if (!m_hadClient)
        return;
    m_query.cancel();
    m_bySaved.cancel();
    m_policy->forget();
    m_plan->begin();
    m_hasResult = false;
    m_root.clear();
    m_policyState = state::Loading{};
    showStep(Step::Policy);
}

void CleanupPage::refresh()
{
    refreshQuietly();
    if (std::exchange(m_isPreviewWanted, false)) {
        preview();
        return;
    }
    // A whole plan stays, and its ticks with it: the service has it under its id. One that broke off is made anew, and
    // then to be looked at.
    if (m_step == Step::Plan && !m_plan->isComplete() && !m_query.isRunning()) {
        m_wanted.names.clear();
        startPlan(m_asked, m_wanted);
    }
}

void CleanupPage::refreshQuietly()
{
    const QPointer<CacheClient> asked(client());
    await(
        this, asked->status(),
        [this, asked](const StatusRecord& status) {
            if (!asked || asked != client())
                return;
            const QString root = QString::fromStdString(status.root);
            // A connection that came back is to the same cache: what was begun there goes on.
            if (!m_root.isEmpty() && root != m_root) {
                forget();
                askPolicy();
            }
            m_root = root;
        },
        [](const CallError&) {});
    askPolicy();
    m_lastRun->ask();
}

void CleanupPage::stop()
{
    endQuery(tr("It was stopped. A plan is applied only when all of it was to be seen."));
}

void CleanupPage::endQuery(const QString& why)
{
    if (!m_query.isRunning())
        return;
    m_query.cancel();
    m_planState = state::Partial{tr("the list of the plan"), why};
    tellState();
}

void CleanupPage::open(const QString& entity)
{
    if (entity == QLatin1String("preview")) {
        m_isPreviewWanted = !client();
        preview();
        return;
    }
    QStringList digests = entity.split(QRegularExpression(QStringLiteral("\\s+")), Qt::SkipEmptyParts);
    digests.removeIf([](const QString& digest) { return !digest.contains(QLatin1Char(':')); });
    m_policy->addChosen(digests);
    showStep(Step::Policy);
}

void CleanupPage::askPolicy()
{
    if (!m_policy->saved())
        m_policyState = state::Loading{};
    tellState();
    await(
        this, client()->policy(),
        [this](const PolicyRecord& policy) {
            m_policy->setSaved(policy);
            m_policyState = state::Ready{};
            tellState();
        },
        [this](const CallError& error) {
            if (isCancelled(error))
                return;
            m_policyState = stateAfter(error, tr("cleanup policies"));
            tellState();
        });
}

void CleanupPage::savePolicy()
{
    if (!client())
        return;
    m_policy->tellProblem({});
    const PolicyRecord draft = m_policy->draft();
    await(
        this, client()->setPolicy(draft),
        [this, draft](const PolicyRecord& saved) { m_policy->endSaving(draft, saved); },
        [this](const CallError& error) { m_policy->tellProblem(error.message()); });
}

void CleanupPage::preview()
{
    startPlan(m_policy->isChanged() ? std::optional(m_policy->draft()) : std::nullopt, {});
}

void CleanupPage::startPlan(const std::optional<PolicyRecord>& policy, Wanted wanted)
{
    if (!client() || m_isRunning)
        return;
    m_policy->tellProblem({});
    m_bySaved.cancel();
    m_asked = policy;
    m_wanted = std::move(wanted);
    m_hasResult = false;
    m_plan->begin();
    m_planState = state::Loading{};
    m_query.start(*client(), policy, CacheClient::PlanUse::Apply);
    showStep(Step::Plan);
}

void CleanupPage::endPlan()
{
    m_plan->complete(m_query.takeItems(), m_wanted.onlyCopies);
    m_planState = m_plan->items()->empty() ? PageState(state::EmptyStore{}) : PageState(state::Ready{});
    tellState();
    if (m_plan->currentView() && m_plan->isVisible())
        m_plan->currentView()->setFocus(Qt::OtherFocusReason);
    compareWithSaved();
    if (!m_wanted.names.isEmpty())
        checkNarrowed();
}

void CleanupPage::failPlan(const CallError& error)
{
    if (isCancelled(error))
        return;
    if (error.code() == QLatin1String("invalid_argument")) {
        m_policy->tellProblem(error.message());
        showStep(Step::Policy);
        return;
    }
    m_planState = stateAfter(error, tr("cleanup plans"));
    tellState();
}

void CleanupPage::compareWithSaved()
{
    if (m_policy->saved() && m_plan->plan().policy == *m_policy->saved())
        m_plan->setNoChanges(tr("This plan is by the saved policy: there is nothing to compare."));
    else if (client())
        m_bySaved.start(*client(), std::nullopt, m_plan->items());
}

void CleanupPage::leavePlan()
{
    if (m_isRunning) {
        showStep(Step::Run);
        return;
    }
    const PlanModel& removals = m_plan->removals();
    if (removals.totals().untickedItems == 0) {
        enterRun();
        return;
    }
    const QStringList unticked = removals.untickedNames();
    const QSet<QString> left(unticked.begin(), unticked.end());
    const QStringList onlyCopies = removals.tickedOnlyCopies();
    Wanted wanted;
    wanted.onlyCopies = QSet<QString>(onlyCopies.begin(), onlyCopies.end());
    for (const PlanItem& item : *m_plan->items())
        if (const QString name = QString::fromStdString(item.name); item.decision == "remove" && !left.contains(name))
            wanted.names.insert(name);
    auto policy = policyWithout(m_plan->plan().policy, unticked);
    if (!policy)
        policy = policyOfChosen(m_plan->plan().policy, wanted.names.values());
    if (policy)
        startPlan(policy, std::move(wanted));
    else
        m_plan->tellNotice(
            tr("The service applies plans as a whole. Up to %1 entries can be left out, or chosen, one by "
               "one: narrow the filters of the rules instead, or pin what is to stay.")
                .arg(mostNamedThings));
}

void CleanupPage::checkNarrowed()
{
    std::uint64_t others = 0;
    std::uint64_t found = 0;
    for (const PlanItem& item : *m_plan->items()) {
        if (item.decision == "remove")
            ++(m_wanted.names.contains(QString::fromStdString(item.name)) ? found : others);
    }
    const std::uint64_t lacking = static_cast<std::uint64_t>(m_wanted.names.size()) - found;
    if (others > 0) {
        m_plan->tellNotice(
            tr("The plan was made anew without what you had not ticked. %1 other entries are in it now, "
               "because its rules have limits or because they came in since: look at them, then continue.",
               nullptr, numberForPlural(others))
                .arg(format().count(others)));
        m_wanted.names.clear();
        return;
    }
    m_plan->tellNotice(lacking == 0
                           ? tr("The plan was made anew with only what you had ticked.")
                           : tr("The plan was made anew with only what you had ticked; %1 of it have changed and stay.",
                                nullptr, numberForPlural(lacking))
                                 .arg(format().count(lacking)));
    if (found > 0)
        enterRun();
}

void CleanupPage::enterRun()
{
    m_run->setPlan(m_plan->plan());
    showStep(Step::Run);
    askUndoWindow();
    if (format().now() - m_plan->plan().madeAt > freshFor)
        checkForChanges();
}

void CleanupPage::askUndoWindow()
{
    if (!client())
        return;
    m_holding.follow(
        client()->policy(),
        [this](const PolicyRecord& policy) { m_run->setUndoWindow(QString::fromStdString(policy.undoWindow)); },
        [this](const CallError& error) { m_run->tellProblem(error.message()); });
}

void CleanupPage::checkForChanges()
{
    if (!client())
        return;
    m_run->tellChecking();
    m_check.start(*client(), m_plan->plan().policy, m_plan->items());
}

void CleanupPage::run(CacheClient::Removal removal)
{
    if (!client() || m_isRunning)
        return;
    m_check.cancel();
    m_run->tellProblem({});
    m_isRunning = true;
    const QString plan = idOf(m_run->plan());
    const QPointer<CacheClient> asked(client());
    Job* job = context().jobs().follow(
        this, tr("Clean up by plan %1").arg(plainText(plan)),
        [this, &plan, removal](OnProgress onProgress) {
            return client()->applyPlan(plan, removal, this, std::move(onProgress));
        },
        [this, asked](const RunRecord& run) {
            endJob();
            if (asked && asked == client())
                showResult(run, std::nullopt);
            return tr("%1 removed or moved to trash (%2), %3 skipped, %4 failed.")
                .arg(format().count(run.trashed + run.removed), format().bytes(run.reportedBytes),
                     format().count(run.skipped), format().count(run.failed));
        },
        [this, plan](const CallError& error) {
            endJob();
            if (m_step == Step::Run && !isCancelled(error))
                m_run->tellProblem(error.message());
            endRunEarly(plan, error);
        });
    m_run->setJob(job);
}

void CleanupPage::endJob()
{
    m_isRunning = false;
    m_run->setJob(nullptr);
    showStep(m_step);
}

void CleanupPage::endRunEarly(const QString& plan, const CallError& error)
{
    emit cacheChanged();
    if (!client())
        return;
    await(
        this, client()->runs(),
        [this, plan, error](const std::vector<RunRecord>& runs) {
            const auto found = std::ranges::find(runs, plan.toStdString(), &RunRecord::plan);
            if (found != runs.end())
                showResult(*found, error);
        },
        [](const CallError&) {});
}

void CleanupPage::showResult(const RunRecord& run, const std::optional<CallError>& problem)
{
    m_hasResult = true;
    m_result->show(run, problem);
    context().current().set(
        {.kind = Item::Kind::Run, .id = QString::fromStdString(run.id), .page = QStringLiteral("cleanup")});
    showStep(Step::Result);
    emit cacheChanged();
    m_lastRun->ask();
    if (!client())
        return;
    await(
        this,
        client()->runItems(QString::fromStdString(run.id), this,
                           [this](std::vector<RunItem> batch) { m_result->take(std::move(batch)); }),
        [] {}, [this](const CallError& error) { m_result->tellProblem(error.message()); });
}

void CleanupPage::copyCommand() const
{
    const PolicyRecord saved = m_policy->saved() ? *m_policy->saved() : PolicyRecord();
    QGuiApplication::clipboard()->setText(context().command(planCommand(m_plan->plan(), saved)));
}

} // namespace layerhold::gui
