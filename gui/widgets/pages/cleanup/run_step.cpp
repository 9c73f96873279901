// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/cleanup/run_step.h"

#include "charts/look.h"
#include "models/plain_text.h"
#include "widgets/icons.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

#include <cmath>

namespace layerhold::gui {

namespace {

using namespace std::chrono_literals;

QLabel* textLabel(const char* name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(QString::fromLatin1(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

void colour(QLabel* label, const QColor& color)
{
    QPalette colors = label->parentWidget()->palette();
    colors.setColor(QPalette::WindowText, color);
    label->setPalette(colors);
}

} // namespace

RunStep::RunStep(AppContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_banner(textLabel("runBanner", this))
    , m_changed(textLabel("runChanged", this))
    , m_refresh(new QPushButton(tr("Refresh plan"), this))
    , m_what(textLabel("runWhat", this))
    , m_forGood(new QCheckBox(tr("Remove for good at once, without the trash: this cannot be undone"), this))
    , m_onlyText(textLabel("onlyCopies", this))
    , m_onlyCount(new QLineEdit(this))
    , m_bar(new QProgressBar(this))
    , m_progress(textLabel("runProgress", this))
    , m_problem(textLabel("runProblem", this))
{
    QFont font = m_banner->font();
    font.setWeight(QFont::DemiBold);
    m_banner->setFont(font);
    m_forGood->setObjectName(QStringLiteral("forGood"));
    m_onlyCount->setObjectName(QStringLiteral("onlyCount"));
    m_onlyCount->setAccessibleName(tr("Number of only copies, typed to go on"));
    m_onlyCount->setMaximumWidth(160);
    m_onlyCount->setMaxLength(20);
    m_bar->setAccessibleName(tr("Progress of the run"));
    m_bar->setTextVisible(false);
    m_refresh->setObjectName(QStringLiteral("refreshPlan"));
    auto* changed = new QHBoxLayout;
    changed->addWidget(m_changed, 1);
    changed->addWidget(m_refresh, 0, Qt::AlignTop);
    auto* only = new QHBoxLayout;
    only->addWidget(m_onlyText, 1);
    only->addWidget(m_onlyCount);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(m_banner);
    layout->addLayout(changed);
    layout->addWidget(m_what);
    layout->addWidget(m_forGood);
    layout->addLayout(only);
    layout->addWidget(m_bar);
    layout->addWidget(m_progress);
    layout->addWidget(m_problem);
    layout->addStretch(1);
    layout->addWidget(makeButtons());
    connect(m_refresh, &QPushButton::clicked, this, &RunStep::refreshWanted);
    connect(m_forGood, &QCheckBox::toggled, this, &RunStep::tell);
    connect(m_onlyCount, &QLineEdit::textChanged, this, &RunStep::tellButtons);
    connect(&context, &AppContext::formatChanged, this, &RunStep::tell);
    m_ticks.setInterval(1s);
    connect(&m_ticks, &QTimer::timeout, this, &RunStep::tell);
    m_ticks.start();
    setPlan({});
}

QWidget* RunStep::makeButtons()
{
    auto* area = new QWidget(this);
    auto* layout = new QHBoxLayout(area);
    layout->setContentsMargins(0, 0, 0, 0);
    m_check = new QPushButton(tr("Check for changes"), this);
    m_check->setToolTip(tr("Asks which of these would not go any more. It changes nothing."));
    m_check->setObjectName(QStringLiteral("checkPlan"));
    m_cancel = new QPushButton(tr("Cancel"), this);
    m_cancel->setObjectName(QStringLiteral("runCancel"));
    m_cancel->setDefault(true);
    m_run = new QPushButton(icon(QStringLiteral("trash")), QString(), this);
    m_run->setObjectName(QStringLiteral("runButton"));
    m_run->setAutoDefault(false);
    layout->addWidget(m_check);
    layout->addStretch(1);
    layout->addWidget(m_cancel);
    layout->addWidget(m_run);
    connect(m_check, &QPushButton::clicked, this, &RunStep::checkWanted);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_job)
            m_job->cancel();
        else
            emit cancelWanted();
    });
    connect(m_run, &QPushButton::clicked, this, [this] {
        if (whyNot().isEmpty())
            emit runWanted(removal());
    });
    return area;
}

void RunStep::setPlan(const PlanRecord& plan)
{
    m_plan = plan;
    m_undoWindow.reset();
    m_forGood->setChecked(false);
    m_onlyCount->clear();
    m_changed->hide();
    m_refresh->hide();
    tellProblem({});
    tell();
}

void RunStep::setUndoWindow(const QString& undoWindow)
{
    m_undoWindow = undoWindow;
    tell();
}

void RunStep::tellChanged(std::uint64_t entries, std::uint64_t bytes)
{
    const Format& format = m_context.format();
    const QString since = format.clock(m_plan.madeAt);
    m_changed->setText(
        entries == 0 ? tr("Nothing that is listed has changed since %1.").arg(since)
                     : tr("%1 entries (%3) changed since %2; they will be skipped.", nullptr, numberForPlural(entries))
                           .arg(format.count(entries), since, format.bytes(bytes)));
    const Look& look = lookFor(palette());
    colour(m_changed, entries == 0 ? look.text : look.warning);
    m_changed->show();
    m_refresh->setVisible(entries > 0);
}

void RunStep::tellChecking()
{
    m_changed->setText(tr("Checking what has changed since %1…").arg(m_context.format().clock(m_plan.madeAt)));
    colour(m_changed, lookFor(palette()).text);
    m_changed->show();
    m_refresh->hide();
}

void RunStep::tellNotChecked(const QString& problem)
{
    m_changed->hide();
    tellProblem(problem);
}

void RunStep::tellProblem(const QString& problem)
{
    m_problem->setText(plainText(problem));
    m_problem->setVisible(!problem.isEmpty());
    colour(m_problem, lookFor(palette()).error);
}

void RunStep::setHindrance(const QString& reason)
{
    m_hindrance = reason;
    tellButtons();
}

void RunStep::setJob(Job* job)
{
    m_job = job;
    if (job)
        connect(job, &Job::changed, this, &RunStep::tellProgress);
    tell();
    tellProgress();
}

void RunStep::focusCancel()
{
    m_cancel->setFocus(Qt::OtherFocusReason);
}

bool RunStep::hasTrash() const
{
    // "0", "0s" and nothing are no time at all.
    return m_undoWindow && m_undoWindow->contains(QRegularExpression(QStringLiteral("[1-9]")));
}

bool RunStep::isForGood() const
{
    return m_forGood->isChecked() || (m_undoWindow && !hasTrash());
}

CacheClient::Removal RunStep::removal() const
{
    return isForGood() ? CacheClient::Removal::ForGood : CacheClient::Removal::Trash;
}

QString RunStep::whyNot() const
{
    if (m_plan.id.empty() || m_plan.removeItems == 0)
        return tr("The plan removes nothing.");
    if (!m_hindrance.isEmpty())
        return m_hindrance;
    if (m_job)
        return tr("It is being done.");
    if (!m_undoWindow)
        return tr("What the policy says about the trash is being asked.");
    if (m_plan.onlyCopies > 0 && m_onlyCount->text().trimmed() != QString::number(m_plan.onlyCopies))
        return tr("Type the number of only copies first.");
    return {};
}

void RunStep::tell()
{
    const Format& format = m_context.format();
    m_banner->setText(m_plan.id.empty() ? tr("There is no plan yet.")
                                        : tr("Plan %1, made %2 at %3: only what it lists is touched, and only what has "
                                             "not changed since.")
                                              .arg(plainText(m_plan.id), format.relative(m_plan.madeAt),
                                                   format.clock(m_plan.madeAt)));
    m_forGood->setVisible(hasTrash());
    m_what->setText(isForGood() ? tr("The files are removed at once. This cannot be undone.")
                    : !m_undoWindow
                        ? QString()
                        : tr("What goes to the trash can be brought back for %1. Until then it still takes its "
                             "space, unless the disk runs full.")
                              .arg(plainText(*m_undoWindow)));
    const bool hasOnly = m_plan.onlyCopies > 0;
    m_onlyText->setVisible(hasOnly);
    m_onlyCount->setVisible(hasOnly);
    m_onlyText->setText(
        tr("%1 of these are only copies: nobody is known who has them, so they cannot be fetched again. "
           "Type %2 to go on:",
           nullptr, numberForPlural(m_plan.onlyCopies))
            .arg(format.count(m_plan.onlyCopies))
            .arg(m_plan.onlyCopies));
    const QString amount = tr("%1 entries (%2)", nullptr, numberForPlural(m_plan.removeItems))
                               .arg(format.count(m_plan.removeItems), format.bytes(m_plan.removeBytes));
    m_run->setText(isForGood() ? tr("Remove %1 for good").arg(amount) : tr("Move %1 to trash").arg(amount));
    tellButtons();
}

void RunStep::tellButtons()
{
    const QString why = whyNot();
    m_run->setEnabled(why.isEmpty());
    m_run->setToolTip(!why.isEmpty() ? why : isForGood() ? tr("This cannot be undone.") : QString());
    m_check->setEnabled(!m_job && m_hindrance.isEmpty() && !m_plan.id.empty());
    m_forGood->setEnabled(!m_job);
    m_onlyCount->setEnabled(!m_job);
    m_bar->setVisible(m_job != nullptr);
    m_progress->setVisible(m_job != nullptr);
    m_cancel->setText(!m_job                                   ? tr("Cancel")
                      : m_job->state() == Job::State::Stopping ? tr("Stopping…")
                                                               : tr("Stop after the current entry"));
    m_cancel->setEnabled(!m_job || m_job->state() == Job::State::Running);
}

void RunStep::tellProgress()
{
    tellButtons();
    if (!m_job)
        return;
    const auto ratio = m_job->ratio();
    m_bar->setRange(0, ratio ? 1000 : 0);
    if (ratio)
        m_bar->setValue(static_cast<int>(std::lround(*ratio * 1000)));
    m_progress->setText(m_job->progressText() + QLatin1Char('\n') + plainText(QString(m_job->outcome())));
}

} // namespace layerhold::gui
