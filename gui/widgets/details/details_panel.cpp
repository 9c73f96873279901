// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/details/details_panel.h"

#include "models/plain_text.h"
#include "models/sentences.h"
#include "widgets/details/details_facts.h"
#include "widgets/details/used_by_view.h"
#include "widgets/details/ways_view.h"
#include "widgets/pages/elided_label.h"

#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace layerhold::gui {

namespace {

/// Whoever walks through a table with the keyboard does not want all that is passed.
constexpr std::chrono::milliseconds askingDelay{80};
constexpr std::chrono::milliseconds newsDelay{1000};
/// News wait for so many times what the last search of users took: it may be hundreds of questions.
constexpr int restFactor = 10;

/// Whether the service can be asked for it by its id.
bool isEntry(const Item& item)
{
    return item.kind == Item::Kind::Blob || item.kind == Item::Kind::Image || item.kind == Item::Kind::Tag;
}

QString digestOf(const BlobDetails& details)
{
    return QString::fromStdString(details.blob.digest);
}

} // namespace

DetailsPanel::DetailsPanel(AppContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_title(new ElidedLabel(this))
    , m_problem(new ElidedLabel(this))
    , m_stack(new QStackedWidget(this))
    , m_tabs(new QTabWidget)
    , m_message(new QLabel)
    , m_retry(new QPushButton(tr("Try again")))
    , m_facts(new DetailsFacts(context.format()))
    , m_ways(new WaysView(context.format()))
    , m_usedBy(new UsedByView(context.format()))
{
    setObjectName(QStringLiteral("details"));
    setAccessibleName(tr("Details"));
    QFont bold = m_title->font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 8);
    layout->addWidget(m_title);
    layout->addWidget(m_problem);
    layout->addWidget(m_stack, 1);
    m_problem->setObjectName(QStringLiteral("detailsProblem"));
    makeTabs();

    for (QTimer* timer : {&m_asking, &m_news})
        timer->setSingleShot(true);
    m_asking.setInterval(askingDelay);
    m_news.setInterval(newsDelay);
    connect(&m_asking, &QTimer::timeout, this, &DetailsPanel::ask);
    connect(&m_news, &QTimer::timeout, this, [this] {
        m_isOld = true;
        if (isVisible() && !m_inspect.isOpen())
            ask();
    });
    connect(&context.current(), &CurrentItem::changed, this, &DetailsPanel::follow);
    connect(&context, &AppContext::detailsRequested, this, &DetailsPanel::showTab);
    connect(&context, &AppContext::formatChanged, this, [this] {
        if (m_details)
            show(*m_details);
    });
    connect(&m_users, &UsedBySearch::changed, this, [this] {
        // What is asked for anew stays to be seen until it is there.
        if (m_users.isRunning() && m_usedByOf == m_details->blob.digest)
            return;
        m_usedBy->show(*m_details, m_users);
        if (m_users.isRunning())
            return;
        m_usedByOf = m_details->blob.digest;
        m_news.setInterval(std::max(newsDelay, restFactor * std::chrono::milliseconds(m_searched.elapsed())));
    });
    connect(&m_users, &UsedBySearch::failed, this, [this](const QString& sentence) {
        m_usedBy->tell(sentence);
        m_usedByOf.clear();
    });
    follow(context.current().item());
}

DetailsPanel::~DetailsPanel()
{
    // As they go, tabs tell that others come to the front.
    m_tabs->disconnect(this);
}

void DetailsPanel::makeTabs()
{
    m_tabs->setObjectName(QStringLiteral("detailsTabs"));
    m_tabs->setAccessibleName(tr("Details"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_facts, tr("&Details"));
    m_tabs->addTab(m_ways, tr("&Why kept"));
    m_tabs->addTab(m_usedBy, tr("&Used by"));
    connect(m_tabs, &QTabWidget::currentChanged, this, &DetailsPanel::askForTab);

    auto* message = new QWidget;
    auto* layout = new QVBoxLayout(message);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setObjectName(QStringLiteral("detailsMessage"));
    m_retry->setObjectName(QStringLiteral("detailsRetry"));
    layout->addStretch(1);
    layout->addWidget(m_message);
    layout->addWidget(m_retry, 0, Qt::AlignHCenter);
    layout->addStretch(2);
    connect(m_retry, &QPushButton::clicked, this, &DetailsPanel::ask);
    m_stack->addWidget(message);
    m_stack->addWidget(m_tabs);

    for (DetailsTree* tree : {static_cast<DetailsTree*>(m_facts), &m_ways->tree(), &m_usedBy->tree()}) {
        connect(tree, &DetailsTree::entryActivated, this,
                [this](const QString& digest) { m_context.requestPage(QStringLiteral("entries"), digest); });
        connect(tree, &DetailsTree::tagActivated, this,
                [this](const QString& tag) { m_context.requestPage(QStringLiteral("tags"), tag); });
    }
}

DetailsTab DetailsPanel::tab() const
{
    return static_cast<DetailsTab>(m_tabs->currentIndex());
}

QString DetailsPanel::message() const
{
    return m_stack->currentWidget() == m_tabs ? QString() : m_message->text();
}

void DetailsPanel::setClient(CacheClient* client)
{
    if (m_client == client)
        return;
    m_client = client;
    dropCalls();
    m_isOld = true;
    if (client && isVisible())
        ask();
    else if (!client && isEntry(m_item) && !m_details)
        tell(State::NoService, tr("There is no connection to a service."));
}

void DetailsPanel::noteNews()
{
    // Not started anew: a busy service would put it off for ever.
    if (!m_news.isActive())
        m_news.start();
}

void DetailsPanel::showTab(const QString& digest, DetailsTab tab)
{
    m_tabs->setCurrentIndex(static_cast<int>(tab));
    const bool isShown = digest.isEmpty() || digest == m_item.id || (m_details && digest == digestOf(*m_details));
    if (!isShown)
        m_context.current().set({.kind = Item::Kind::Blob,
                                 .id = digest,
                                 .page = m_item.page.isEmpty() ? QStringLiteral("entries") : m_item.page});
}

void DetailsPanel::dropCalls()
{
    for (LatestCall* call : {&m_inspect, &m_freed, &m_whyKept})
        call->drop();
    m_users.cancel();
}

void DetailsPanel::follow(const Item& item)
{
    m_item = item;
    m_details.reset();
    dropCalls();
    m_news.setInterval(newsDelay);
    m_problem->hide();
    if (!isEntry(item)) {
        m_asking.stop();
        m_title->setText({});
        tell(State::Nothing, tr("Nothing is chosen."));
        return;
    }
    m_title->setText(item.kind == Item::Kind::Tag ? plainText(item.id) : shortDigest(item.id));
    m_isOld = true;
    if (!m_client)
        tell(State::NoService, tr("There is no connection to a service."));
    else {
        tell(State::Loading, tr("Loading…"));
        m_asking.start();
    }
}

void DetailsPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_isOld && !m_inspect.isOpen())
        ask();
}

void DetailsPanel::ask()
{
    if (!m_client || !isEntry(m_item) || !isVisible())
        return;
    m_isOld = false;
    if (!m_details)
        tell(State::Loading, tr("Loading…"));
    m_inspect.follow(
        m_client->inspect(m_item.id), [this](const BlobDetails& details) { show(details); },
        [this](const CallError& error) { fail(error); });
}

void DetailsPanel::show(const BlobDetails& details)
{
    m_details = details;
    m_state = State::Ready;
    m_problem->hide();
    const QString kind = wordingOf(CodeSet::Kind, details.blob.kind).label;
    m_title->setText(m_item.kind == Item::Kind::Tag ? plainText(m_item.id)
                                                    : tr("%1 %2").arg(kind, shortDigest(details.blob.digest)));
    m_facts->show(details);
    m_stack->setCurrentWidget(m_tabs);
    m_askedFor.reset();
    askFreed();
    askForTab();
}

void DetailsPanel::askFreed()
{
    if (!m_client) {
        m_facts->setFreedUnknown(tr("There is no connection to a service."));
        return;
    }
    m_freed.follow(
        m_client->freedBy({digestOf(*m_details)}), [this](std::uint64_t bytes) { m_facts->setFreed(bytes); },
        [this](const CallError& error) { m_facts->setFreedUnknown(error.message()); });
}

void DetailsPanel::askForTab()
{
    if (!m_details || m_askedFor == tab() || tab() == DetailsTab::Facts)
        return;
    m_askedFor = tab();
    if (tab() == DetailsTab::UsedBy) {
        if (m_client) {
            m_searched.start();
            m_users.start(*m_client, *m_details);
        } else
            m_usedBy->tell(tr("There is no connection to a service."));
        return;
    }
    if (!m_client) {
        m_ways->tell(tr("There is no connection to a service."));
        return;
    }
    if (m_waysOf != m_details->blob.digest)
        m_ways->tell(tr("Asking why it is kept…"));
    m_whyKept.follow(
        m_client->whyKept(digestOf(*m_details)),
        [this](const std::vector<ClaimPathRecord>& ways) {
            m_ways->show(m_details->blob, ways);
            m_waysOf = m_details->blob.digest;
        },
        [this](const CallError& error) {
            m_ways->tell(error.message());
            m_waysOf.clear();
        });
}

void DetailsPanel::fail(const CallError& error)
{
    if (m_details && error.code() != QLatin1String("not_found")) {
        // Nobody asked for the news that did not come: what is there stays, as it was.
        m_isOld = true;
        m_problem->setText(tr("As it was before: %1").arg(plainText(error.message())));
        m_problem->show();
        return;
    }
    m_details.reset();
    m_problem->hide();
    dropCalls();
    if (error.code() == QLatin1String("not_found"))
        tell(State::Gone, tr("%1 is not stored here, or not any more.").arg(plainText(m_item.id)));
    else
        tell(State::Failed, plainText(error.message()));
}

void DetailsPanel::tell(State state, const QString& message)
{
    m_state = state;
    m_message->setText(message);
    m_retry->setVisible(state == State::Failed);
    m_stack->setCurrentIndex(0);
}

} // namespace layerhold::gui
