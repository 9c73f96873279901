// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/overview_page.h"

#include "widgets/pages/call_states.h"
#include "widgets/pages/metrics/range_box.h"
#include "widgets/pages/overview/attention_card.h"
#include "widgets/pages/overview/figure_cards.h"
#include "widgets/pages/overview/first_run.h"
#include "widgets/pages/overview/space_card.h"

#include <QGridLayout>
#include <QScrollArea>
#include <QStackedWidget>

#include <algorithm>

namespace layerhold::gui {

namespace {

using namespace std::chrono_literals;

constexpr auto refreshStep = 10s;

QScrollArea* scrolling(QWidget* content)
{
    auto* area = new QScrollArea;
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // What is in it takes the focus.
    area->setFocusPolicy(Qt::NoFocus);
    return area;
}

} // namespace

OverviewPage::OverviewPage(AppContext& context, QWidget* parent)
    : Page(context, {QStringLiteral("overview"), tr("Overview"), QStringLiteral("overview")}, parent)
    , m_range(new RangeBox)
    , m_content(new QStackedWidget)
    , m_firstRun(new FirstRun)
{
    addToTitleLine(m_range);
    makeContent();
    connect(&m_load, &OverviewLoad::changed, this, [this] {
        if (!m_load.isOpen())
            m_pace.end();
        showFacts();
    });
    connect(m_range, &RangeBox::rangeChanged, this, [this] {
        if (client() && isInFront())
            m_load.start(client(), m_range->range(), OverviewLoad::Extent::Figures);
        else
            markOld();
    });
    connect(&context, &AppContext::formatChanged, this, &OverviewPage::showFacts);
    m_ticks.setInterval(refreshStep);
    connect(&m_ticks, &QTimer::timeout, this, [this] {
        if (client() && !m_load.isOpen())
            m_load.start(client(), m_range->range(), OverviewLoad::Extent::Figures);
    });
    showFacts();
}

void OverviewPage::makeContent()
{
    auto* sheet = new QWidget;
    m_grid = new QGridLayout(sheet);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(10);
    m_cards = {new SpaceCard(sheet), new AttentionCard(sheet), new WorthCard(sheet), new SpeedCard(sheet),
               new UpstreamsCard(sheet)};
    arrange(3);
    for (Card* each : m_cards)
        connect(each, &Card::opened, &context(), &AppContext::requestPage);
    m_content->addWidget(scrolling(sheet));
    m_content->addWidget(scrolling(m_firstRun));
    setContent(m_content);
}

void OverviewPage::arrange(int columns)
{
    if (columns == m_columns)
        return;
    for (Card* each : m_cards)
        m_grid->removeWidget(each);
    m_columns = columns;
    m_grid->addWidget(m_cards[0], 0, 0, 1, columns);
    m_grid->addWidget(m_cards[1], 1, 0, 1, columns);
    const int rest = static_cast<int>(m_cards.size()) - 2;
    for (int place = 0; place < rest; ++place)
        m_grid->addWidget(m_cards[static_cast<std::size_t>(place) + 2], 2 + place / columns, place % columns);
    for (int column = 0; column < rest; ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
    m_grid->setRowStretch(2 + rest, 1);
}

void OverviewPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    const int letters = width() / std::max(1, fontMetrics().averageCharWidth());
    arrange(letters >= 140 ? 3 : letters >= 80 ? 2 : 1);
}

Card* OverviewPage::card(const QString& id) const
{
    for (Card* each : m_cards)
        if (each->objectName() == QStringLiteral("card.") + id)
            return each;
    return nullptr;
}

bool OverviewPage::isFirstRun() const
{
    const auto& status = m_load.facts().status.answer;
    return status && status->blobCount == 0 && status->ingestCount == 0;
}

void OverviewPage::clientChanged()
{
    // Without a connection what came stays, as of then.
    if (client())
        m_load.forget();
    else
        m_load.stop();
}

void OverviewPage::frontChanged()
{
    if (isInFront())
        m_ticks.start();
    else
        m_ticks.stop();
}

bool OverviewPage::isConcernedBy(const EventRecord& event) const
{
    // What is pulled comes by the clock: a busy service would have it counted every second.
    return event.kind == "blob_trashed" || event.kind == "blob_restored" || event.kind == "blob_removed";
}

void OverviewPage::refreshQuietly()
{
    if (m_load.isOpen() || m_pace.isResting()) {
        markOld();
        return;
    }
    m_pace.begin();
    m_load.start(client(), m_range->range(), OverviewLoad::Extent::WithTrash);
}

void OverviewPage::refresh()
{
    m_pace.begin();
    m_load.start(client(), m_range->range(), OverviewLoad::Extent::All);
}

void OverviewPage::stop()
{
    m_load.stop();
    if (!m_load.facts().status.answer)
        pane().show(state::Partial{tr("the overview"), tr("It was stopped before it came.")});
}

void OverviewPage::showFacts()
{
    const OverviewFacts& facts = m_load.facts();
    for (Card* each : m_cards)
        each->tell(facts, format());
    if (facts.status.answer)
        m_firstRun->tell(*facts.status.answer);
    m_content->setCurrentIndex(isFirstRun() ? 1 : 0);
    pane().show(currentState());
}

PageState OverviewPage::currentState() const
{
    const OverviewFacts& facts = m_load.facts();
    if (m_load.error() && !facts.status.answer)
        return stateAfter(*m_load.error(), tr("an overview"));
    if (!facts.status.answer)
        return client() ? PageState(state::Loading{}) : PageState(state::NeverConnected{});
    if (const QStringList unanswered = unansweredIn(facts); !unanswered.isEmpty())
        return state::Partial{.missing = unanswered.join(QStringLiteral("; ")), .why = {}};
    if (isFirstRun())
        return state::EmptyStore{.isToldByPage = true};
    return state::Ready{};
}

} // namespace layerhold::gui
