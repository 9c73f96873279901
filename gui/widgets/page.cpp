// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/page.h"

#include "models/plain_text.h"
#include "widgets/dialogs/report.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace layerhold::gui {

namespace {

constexpr std::chrono::milliseconds newsDelay{1000};

} // namespace

Page::Page(AppContext& context, Identity identity, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_identity(std::move(identity))
    , m_pane(new StatePane(context.format(), this))
    , m_title(new QLabel(m_identity.title, this))
    , m_trail(new QLabel(this))
    , m_titleLine(new QHBoxLayout)
{
    setObjectName(QStringLiteral("page.") + m_identity.id);
    setAccessibleName(m_identity.title);
    m_title->setTextFormat(Qt::PlainText);
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.4);
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    m_title->setObjectName(QStringLiteral("pageTitle"));
    m_trail->setTextFormat(Qt::PlainText);
    m_titleLine->setSpacing(8);
    m_titleLine->addWidget(m_title);
    m_titleLine->addWidget(m_trail, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(8);
    layout->addLayout(m_titleLine);
    layout->addWidget(m_pane, 1);
    connect(m_pane, &StatePane::pressed, this, &Page::onPressed);
    m_news.setSingleShot(true);
    m_news.setInterval(newsDelay);
    connect(&m_news, &QTimer::timeout, this, &Page::onNewsDue);
}

const QString& Page::id() const
{
    return m_identity.id;
}

const QString& Page::title() const
{
    return m_identity.title;
}

const QString& Page::iconName() const
{
    return m_identity.icon;
}

void Page::setClient(CacheClient* client)
{
    if (m_client == client)
        return;
    m_client = client;
    m_isFresh = false;
    clientChanged();
    if (m_isInFront && client) {
        m_isFresh = true;
        refresh();
    }
}

void Page::setConnectionState(std::optional<PageState> state)
{
    m_pane->setConnection(std::move(state));
}

void Page::activate()
{
    m_isInFront = true;
    frontChanged();
    if (m_client && !m_isFresh) {
        m_isFresh = true;
        refresh();
    }
}

void Page::deactivate()
{
    m_isInFront = false;
    frontChanged();
}

bool Page::isInFront() const
{
    return m_isInFront;
}

void Page::noteEvents(std::span<const EventRecord> events)
{
    if (std::ranges::any_of(events, [this](const EventRecord& event) { return isConcernedBy(event); }))
        markOld();
}

void Page::noteGap(EventGap /*gap*/)
{
    markOld();
}

void Page::markOld()
{
    if (!m_isInFront)
        m_isFresh = false;
    // Not started anew: a busy service would put it off for ever.
    else if (!m_news.isActive())
        m_news.start();
}

void Page::onNewsDue()
{
    if (!m_isInFront)
        m_isFresh = false;
    else if (m_isFresh && m_client)
        refreshQuietly();
}

QString Page::filterText() const
{
    const QLineEdit* field = filterField();
    return field ? field->text() : QString();
}

bool Page::clearFilter()
{
    if (filterText().isEmpty())
        return false;
    filterField()->clear();
    return true;
}

const QString& Page::badge() const
{
    return m_badge;
}

StatePane& Page::pane() const
{
    return *m_pane;
}

AppContext& Page::context() const
{
    return m_context;
}

Actions& Page::actions() const
{
    return m_context.actions();
}

const Format& Page::format() const
{
    return m_context.format();
}

CacheClient* Page::client() const
{
    return m_client;
}

void Page::setContent(QWidget* content)
{
    m_pane->setContent(content);
}

void Page::setFilterLine(QWidget* line)
{
    delete m_filterLine;
    m_filterLine = line;
    static_cast<QVBoxLayout*>(layout())->insertWidget(1, line);
}

void Page::addToTitleLine(QWidget* widget)
{
    m_titleLine->addWidget(widget);
}

void Page::setTrail(const QStringList& steps)
{
    QString text;
    for (const QString& step : steps)
        text += QStringLiteral(" › ") + plainText(step);
    m_trail->setText(text.trimmed());
}

void Page::setBadge(const QString& badge)
{
    if (badge == m_badge)
        return;
    m_badge = badge;
    emit badgeChanged();
}

void Page::onPressed(StateButton button)
{
    switch (button) {
    case StateButton::RetryNow:
        if (m_client)
            refresh();
        else
            m_context.requestConnect();
        break;
    case StateButton::Connect:
    case StateButton::OtherConnection:
        m_context.actions().action(QStringLiteral("file.connections"))->trigger();
        break;
    case StateButton::OwnCache:
        m_context.requestOwnCache();
        break;
    case StateButton::Help:
        m_context.actions().action(QStringLiteral("help.shortcuts"))->trigger();
        break;
    case StateButton::Cancel:
        m_context.requestDisconnect();
        break;
    case StateButton::Stop:
        stop();
        break;
    case StateButton::ClearFilter:
        while (clearFilter())
            continue;
        break;
    case StateButton::LooserFilter:
        if (QLineEdit* field = filterField())
            if (const auto* facts = std::get_if<state::NothingMatches>(&m_pane->state()))
                field->setText(facts->looserFilter);
        break;
    case StateButton::Details:
        showDetails(*this, m_pane->state());
        break;
    case StateButton::CopyReport:
        copyReport(m_identity.title, m_pane->state(), m_context.format());
        break;
    case StateButton::CopyCommand:
        break;
    }
}

} // namespace layerhold::gui
