// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/cleanup/run_result.h"

#include "charts/look.h"
#include "client/answer.h"
#include "models/plain_text.h"
#include "widgets/icons.h"
#include "widgets/pages/cleanup/last_run.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

namespace layerhold::gui {

namespace {

using namespace std::chrono_literals;

/// Less than a file system rounds and others write meanwhile is no gap.
constexpr std::int64_t noise = std::int64_t{1} << 20U;

QLabel* textLabel(const char* name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(QString::fromLatin1(name));
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

QString gapText(const RunRecord& run, const Format& format)
{
    QStringList parts;
    if (run.reportedBytes < run.promisedBytes)
        parts +=
            RunResult::tr("%1 less than predicted was removed: entries that changed since the plan were skipped, or "
                          "the run ended early.")
                .arg(format.bytes(run.promisedBytes - run.reportedBytes));
    const std::uint64_t trashed = run.reportedBytes - std::min(run.reportedBytes, run.unlinkedBytes);
    if (trashed > 0)
        parts += RunResult::tr("%1 are in the trash and still take their space: the disk gains it when they expire or "
                               "are removed.")
                     .arg(format.bytes(trashed));
    const std::int64_t missing = static_cast<std::int64_t>(run.unlinkedBytes) - run.measuredBytes;
    if (missing > noise)
        parts += RunResult::tr("The disk gained %1 less than what was removed: files that are open or linked elsewhere "
                               "keep their space, file systems with snapshots do too, and other programs write "
                               "meanwhile.")
                     .arg(format.bytes(static_cast<std::uint64_t>(missing)));
    else if (missing < -noise)
        parts += RunResult::tr("The disk gained %1 more than what was removed: other programs removed something "
                               "meanwhile.")
                     .arg(format.bytes(static_cast<std::uint64_t>(-missing)));
    return parts.join(QLatin1Char('\n'));
}

RunResult::RunResult(AppContext& context, LastRun& lastRun, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_lastRun(lastRun)
    , m_model(context.format())
    , m_title(textLabel("runTitle", this))
    , m_problem(textLabel("resultProblem", this))
    , m_predicted(textLabel("predicted", this))
    , m_reported(textLabel("reported", this))
    , m_measured(textLabel("measured", this))
    , m_gap(textLabel("runGap", this))
    , m_summary(textLabel("runSummary", this))
    , m_outcome(new QComboBox(this))
    , m_view(new RecordView(context, tr("Outcome of each entry"), this))
{
    QFont font = m_title->font();
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    m_problem->setWordWrap(true);
    m_gap->setWordWrap(true);
    m_view->setModel(&m_model);
    m_view->setWidths({150, 130, 100, 0});
    m_outcome->setAccessibleName(tr("Which outcomes are shown"));
    m_outcome->addItem(tr("All outcomes"), -1);
    m_outcome->addItem(tr("Moved to trash"), RunModel::Trashed);
    m_outcome->addItem(tr("Removed"), RunModel::Removed);
    m_outcome->addItem(tr("Skipped"), RunModel::Skipped);
    m_outcome->addItem(tr("Failed"), RunModel::Failed);
    connect(m_outcome, &QComboBox::currentIndexChanged, this, [this] {
        const int wanted = m_outcome->currentData().toInt();
        m_model.showOnly(wanted < 0 ? std::nullopt : std::optional(static_cast<RunModel::Result>(wanted)));
    });
    auto* line = new QHBoxLayout;
    line->addWidget(m_summary, 1);
    line->addWidget(m_outcome);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_problem);
    layout->addWidget(makeFigures());
    layout->addWidget(m_gap);
    layout->addLayout(line);
    layout->addWidget(m_view, 1);
    layout->addWidget(makeButtons());
    connect(&m_lastRun, &LastRun::changed, this, &RunResult::tellUndo);
    connect(&context, &AppContext::formatChanged, this, [this] {
        m_model.setFormat(m_context.format());
        tell();
    });
    auto* ticks = new QTimer(this);
    ticks->setInterval(10s);
    connect(ticks, &QTimer::timeout, this, &RunResult::tellUndo);
    ticks->start();
    m_problem->hide();
    tellUndo();
}

QWidget* RunResult::makeFigures()
{
    auto* area = new QWidget(this);
    auto* grid = new QGridLayout(area);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(4);
    int row = 0;
    const auto add = [&](const QString& name, QLabel* value, const QString& definition) {
        auto* what = new QLabel(definition, area);
        what->setWordWrap(true);
        what->setForegroundRole(QPalette::PlaceholderText);
        value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        grid->addWidget(new QLabel(name, area), row, 0);
        grid->addWidget(value, row, 1);
        grid->addWidget(what, row, 2);
        ++row;
    };
    add(tr("Predicted"), m_predicted, tr("what the plan said it would remove"));
    add(tr("Reported"), m_reported, tr("what the service removed or moved to the trash"));
    add(tr("Measured"), m_measured, tr("by how much the free space of the disk grew meanwhile"));
    grid->setColumnStretch(2, 1);
    return area;
}

QWidget* RunResult::makeButtons()
{
    auto* area = new QWidget(this);
    auto* layout = new QHBoxLayout(area);
    layout->setContentsMargins(0, 0, 0, 0);
    m_undo = new QPushButton(icon(QStringLiteral("undo")), tr("Undo"), this);
    m_undo->setObjectName(QStringLiteral("undoRun"));
    auto* done = new QPushButton(tr("Done"), this);
    done->setObjectName(QStringLiteral("runDone"));
    layout->addWidget(m_undo);
    layout->addStretch(1);
    layout->addWidget(done);
    connect(m_undo, &QPushButton::clicked, &m_lastRun, &LastRun::undo);
    connect(done, &QPushButton::clicked, this, &RunResult::doneWanted);
    return area;
}

void RunResult::show(const RunRecord& run, const std::optional<CallError>& problem)
{
    m_run = run;
    m_error = problem;
    m_model.clear();
    m_outcome->setCurrentIndex(0);
    tell();
}

void RunResult::take(std::vector<RunItem> batch)
{
    m_model.take(std::move(batch));
    m_summary->setText(m_model.summary());
}

void RunResult::tellProblem(const QString& problem)
{
    m_summary->setText(plainText(problem));
}

void RunResult::tell()
{
    const Format& format = m_context.format();
    const QString id = plainText(m_run.id);
    const std::uint64_t touched = m_run.trashed + m_run.removed + m_run.skipped + m_run.failed;
    const bool wasStopped = m_error && isCancelled(*m_error);
    m_title->setText(wasStopped ? tr("Run %1 was stopped after %2 entries", nullptr, numberForPlural(touched))
                                      .arg(id, format.count(touched))
                     : m_error ? tr("What run %1 did by this plan: %2 entries", nullptr, numberForPlural(touched))
                                     .arg(id, format.count(touched))
                               : tr("Run %1 is done").arg(id));
    m_problem->setText(m_error ? plainText(m_error->message()) : QString());
    m_problem->setVisible(m_error && !wasStopped);
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, lookFor(palette()).error);
    m_problem->setPalette(colors);
    const auto figure = [](QLabel* label, const QString& shown, const QString& exact) {
        label->setText(shown);
        label->setToolTip(exact);
    };
    figure(m_predicted, format.bytes(m_run.promisedBytes), format.exactBytes(m_run.promisedBytes));
    figure(m_reported, format.bytes(m_run.reportedBytes), format.exactBytes(m_run.reportedBytes));
    // Nobody has measured what did not come to its end.
    const bool isMeasured = isKnown(m_run.finishedAt);
    figure(m_measured, isMeasured ? format.bytesWithSign(m_run.measuredBytes) : unknownText(),
           isMeasured ? QString::number(m_run.measuredBytes) : tr("not measured"));
    const QString gap = gapText(m_run, format);
    m_gap->setText(gap);
    m_gap->setVisible(!gap.isEmpty());
    m_summary->setText(m_model.summary());
    tellUndo();
}

void RunResult::tellUndo()
{
    const QString run = QString::fromStdString(m_run.id);
    QString why = m_lastRun.whyNot();
    if (why.isEmpty() && m_lastRun.run() != run)
        why = tr("A later run is to be undone first, or nothing of this one is in the trash.");
    m_undo->setEnabled(why.isEmpty());
    m_undo->setToolTip(
        literalToolTip(why.isEmpty() ? tr("Brings back what this run moved to the trash (Ctrl+Z).") : why));
    m_undo->setText(why.isEmpty() ? m_lastRun.buttonText() : tr("Undo"));
}

} // namespace layerhold::gui
