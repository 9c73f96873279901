// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/metrics_page.h"

#include "models/plain_text.h"
#include "models/table_roles.h"
#include "widgets/icons.h"
#include "widgets/pages/call_states.h"
#include "widgets/pages/metrics/chart_board.h"
#include "widgets/pages/metrics/range_box.h"
#include "widgets/pages/metrics/range_strip.h"
#include "widgets/pages/record_view.h"

#include <QHeaderView>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace layerhold::gui {

namespace {

using namespace std::chrono_literals;

constexpr auto quickest = 10s;
constexpr auto slowest = 60s;
constexpr int columnWidth = 170;

TimeMark markOf(const RunRecord& run, const Format& format)
{
    const auto bytes = run.reportedBytes;
    return {.at = run.startedAt, .label = MetricsPage::tr("Cleanup of %1").arg(format.bytes(bytes))};
}

QString idOf(const QModelIndex& index)
{
    return index.data(IdRole).toString();
}

/// -1: there is none.
int columnTitled(const QAbstractItemModel& model, const QString& title)
{
    for (int column = 0; column < model.columnCount(); ++column)
        if (model.headerData(column, Qt::Horizontal).toString() == title)
            return column;
    return -1;
}

} // namespace

MetricsPage::MetricsPage(AppContext& context, QWidget* parent)
    : Page(context, {QStringLiteral("metrics"), tr("Metrics"), QStringLiteral("metrics")}, parent)
    , m_range(new RangeBox)
    , m_strip(new RangeStrip)
    , m_live(new QToolButton)
    , m_formButton(new QPushButton)
    , m_export(new QPushButton(icon(QStringLiteral("save")), tr("Export…")))
    , m_forms(new QStackedWidget)
    , m_board(new ChartBoard)
    , m_table(new RecordView(context, tr("Metrics over time")))
    , m_model(context.format())
    , m_history([this](const MetricHistory& history) { take(history); },
                [this](const CallError& error) { fail(error); })
    , m_ticks(this)
{
    m_ticks.setObjectName(QStringLiteral("metricsTicks"));
    makeTitleLine();
    makeContent();
    shareSelection();
    bindActions();
    connect(m_range, &RangeBox::rangeChanged, this, [this] {
        m_hasData = false;
        updateTimer();
        if (client() && isInFront())
            refresh();
        else
            markOld();
    });
    connect(&context, &AppContext::formatChanged, this, [this] {
        m_board->setFormat(format());
        m_model.setFormat(format());
        tellSelection();
    });
    connect(&m_ticks, &QTimer::timeout, this, [this] {
        if (client() && !m_history.isOpen())
            load();
    });
    setForm(Form::Charts);
    pane().show(state::NeverConnected{});
}

void MetricsPage::makeTitleLine()
{
    m_live->setText(tr("Live"));
    m_live->setObjectName(QStringLiteral("live"));
    m_live->setAccessibleName(tr("Live"));
    m_live->setToolTip(tr("Asks again by itself while this page is in front (Space)"));
    m_live->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_live->setCheckable(true);
    m_live->setChecked(true);
    connect(m_live, &QToolButton::toggled, this, [this] { updateTimer(); });
    m_formButton->setObjectName(QStringLiteral("metricsForm"));
    connect(m_formButton, &QPushButton::clicked, this,
            [this] { setForm(form() == Form::Charts ? Form::Table : Form::Charts); });
    m_export->setObjectName(QStringLiteral("exportMetrics"));
    connect(m_export, &QPushButton::clicked, this, [this] { exportMetrics(*this, exported()); });
    for (QWidget* widget : std::initializer_list<QWidget*>{m_range, m_live, m_formButton, m_export})
        addToTitleLine(widget);
}

void MetricsPage::makeContent()
{
    m_table->setModel(&m_model);
    m_board->setFormat(format());
    connect(m_board, &ChartBoard::chartAdded, this, [this](TimeChart* chart) { actions().attachTo(chart); });
    m_forms->addWidget(m_board);
    m_forms->addWidget(m_table);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_strip);
    layout->addWidget(m_forms, 1);
    setContent(content);
}

void MetricsPage::tellSelection()
{
    const auto& selection = m_board->axis().selection();
    m_strip->tell(selection, format());
    // How to select is of no use where there are no charts.
    m_strip->setVisible(form() == Form::Charts || selection);
}

void MetricsPage::shareSelection()
{
    TimeAxis& axis = m_board->axis();
    connect(&axis, &TimeAxis::selectionChanged, this, [this, &axis] {
        tellSelection();
        context().setTimeRange(axis.selection());
    });
    connect(&context(), &AppContext::timeRangeChanged, this, [this, &axis] {
        if (!context().timeRange())
            axis.clearSelection();
    });
    connect(m_strip, &RangeStrip::zoomWanted, this, [&axis] { axis.setRange(*axis.selection()); });
    connect(m_strip, &RangeStrip::clearWanted, &axis, &TimeAxis::clearSelection);
    connect(m_strip, &RangeStrip::pageWanted, this, [this](const QString& page) { context().requestPage(page, {}); });
}

void MetricsPage::forget()
{
    m_board->axis().clearSelection();
}

bool MetricsPage::clearFilter()
{
    if (!m_board->axis().selection())
        return false;
    m_board->axis().clearSelection();
    return true;
}

void MetricsPage::bindActions()
{
    bindRecordActions(context(), this, [this] { return form() == Form::Table ? m_table : nullptr; });
    actions().bind(QStringLiteral("view.form"), this,
                   [this] { setForm(form() == Form::Charts ? Form::Table : Form::Charts); });
    actions().bind(QStringLiteral("view.toggle"), this, [this] { setLive(!isLive()); });
    const auto zoom = [this](double factor) {
        TimeAxis& axis = m_board->axis();
        axis.zoom(factor, axis.crosshair().value_or(axis.range().from + axis.range().length() / 2));
    };
    const auto whyNot = [this] { return form() == Form::Table ? tr("The table has no zoom.") : QString(); };
    actions().bind(
        QStringLiteral("view.zoomIn"), this, [zoom] { zoom(0.8); }, whyNot);
    actions().bind(
        QStringLiteral("view.zoomOut"), this, [zoom] { zoom(1 / 0.8); }, whyNot);
    actions().bind(
        QStringLiteral("view.zoomReset"), this, [this] { m_board->axis().setRange(m_board->axis().bounds()); }, whyNot);
}

MetricsPage::Form MetricsPage::form() const
{
    return m_forms->currentWidget() == m_table ? Form::Table : Form::Charts;
}

void MetricsPage::setForm(Form form)
{
    const bool hadFocus = m_forms->isAncestorOf(focusWidget());
    const bool isTable = form == Form::Table;
    m_forms->setCurrentWidget(isTable ? static_cast<QWidget*>(m_table) : m_board);
    m_formButton->setText(isTable ? tr("Charts") : tr("Table"));
    m_formButton->setIcon(icon(isTable ? QStringLiteral("chart") : QStringLiteral("table")));
    m_formButton->setToolTip(tr("The same numbers in the other form (T)"));
    tellSelection();
    fillTable();
    if (!hadFocus)
        return;
    const auto charts = m_board->charts();
    if (isTable)
        m_table->setFocus(Qt::OtherFocusReason);
    else if (!charts.empty())
        charts.front()->setFocus(Qt::OtherFocusReason);
}

bool MetricsPage::isLive() const
{
    return m_live->isChecked();
}

void MetricsPage::setLive(bool isLive)
{
    m_live->setChecked(isLive);
}

MetricsExport MetricsPage::exported() const
{
    return {.csv = metricsCsv(m_charts), .picture = m_board->picture()};
}

void MetricsPage::updateTimer()
{
    m_live->setIcon(icon(isLive() ? QStringLiteral("play") : QStringLiteral("pause")));
    m_ticks.setInterval(std::clamp(stepOf(m_range->range()), quickest, slowest));
    if (isInFront() && isLive())
        m_ticks.start();
    else
        m_ticks.stop();
}

void MetricsPage::clientChanged()
{
    m_history.drop();
    m_runs.drop();
    // Without a connection what came stays, as of then.
    if (client())
        m_hasData = false;
}

void MetricsPage::frontChanged()
{
    updateTimer();
}

void MetricsPage::refresh()
{
    if (!m_hasData)
        pane().show(state::Loading{});
    load();
}

void MetricsPage::stop()
{
    m_history.drop();
    m_runs.drop();
    if (!m_hasData)
        pane().show(state::Partial{tr("the metrics"), tr("It was stopped before they came.")});
}

void MetricsPage::load()
{
    m_history.start(client(), m_range->range());
    m_runs.follow(
        client()->runs(), [this](const std::vector<RunRecord>& runs) { showRuns(runs); },
        // Charts without marks are right as far as they go; what is wrong with the service they tell.
        [](const CallError&) {});
}

void MetricsPage::take(const MetricHistory& history)
{
    m_hasData = true;
    m_charts = metricCharts(history);
    // Of nothing that is kept there is no range: what is shown is the last hour.
    const Moment from = isKnown(history.from) && history.from < history.to ? history.from : history.to - 1h;
    m_board->show(m_charts, {from, history.to});
    fillTable();
    pane().show(stateOf(history));
    actions().update();
}

PageState MetricsPage::stateOf(const MetricHistory& history) const
{
    if (!history.missing.isEmpty())
        return state::Partial{history.missing.join(QStringLiteral(", ")), history.why};
    if (history.isEmpty())
        return state::EmptyStore{.title = tr("Nothing is recorded yet"),
                                 .text = tr("The service has kept no sample of its metrics so far. They begin with "
                                            "what is pulled through it:")};
    return state::Ready{};
}

void MetricsPage::fail(const CallError& error)
{
    if (m_hasData)
        pane().show(state::Partial{.missing = tr("the newest metrics"), .why = error.message()});
    else
        pane().show(stateAfter(error, tr("metrics")));
}

void MetricsPage::showRuns(const std::vector<RunRecord>& runs)
{
    std::vector<TimeMark> marks;
    for (const RunRecord& run : runs)
        marks.push_back(markOf(run, format()));
    std::ranges::sort(marks, {}, &TimeMark::at);
    m_board->setMarks(marks);
}

void MetricsPage::fillTable()
{
    if (form() != Form::Table)
        return;
    const int columns = m_model.columnCount();
    QHeaderView& header = *m_table->horizontalHeader();
    const QString sorted = m_model.headerData(header.sortIndicatorSection(), Qt::Horizontal).toString();
    const QStringList selected = m_table->selectedIds();
    const QString current = m_table->currentId();
    // Who looks at the newest goes on doing so.
    const QString top = m_table->verticalScrollBar()->value() > 0 ? idOf(m_table->indexAt({0, 0})) : QString();
    m_model.setCharts(m_charts);
    if (m_model.columnCount() != columns)
        m_table->setWidths(std::vector<int>(static_cast<std::size_t>(m_model.columnCount()), columnWidth));
    // Lines come and go: the order stays with the one that it is by.
    header.setSortIndicator(columnTitled(m_model, sorted), header.sortIndicatorOrder());
    chooseRows({selected.begin(), selected.end()}, current);
    for (int row = 0; row < m_model.rowCount() && !top.isEmpty(); ++row)
        if (idOf(m_model.index(row, 0)) == top)
            m_table->scrollTo(m_model.index(row, 0), QAbstractItemView::PositionAtTop);
}

void MetricsPage::chooseRows(const QSet<QString>& selected, const QString& current)
{
    QItemSelection rows;
    for (int row = 0; row < m_model.rowCount() && !(selected.isEmpty() && current.isEmpty()); ++row) {
        const QModelIndex index = m_model.index(row, 0);
        const QString id = idOf(index);
        if (selected.contains(id))
            rows.select(index, index);
        if (id == current)
            m_table->selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    }
    m_table->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

} // namespace layerhold::gui
