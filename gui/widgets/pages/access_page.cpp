// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/access_page.h"

#include "models/plain_text.h"
#include "widgets/icons.h"
#include "widgets/pages/access/access_question.h"
#include "widgets/pages/call_states.h"
#include "widgets/pages/record_view.h"

#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

#include <pwd.h>
#include <unistd.h>

namespace layerhold::gui {

namespace {

QLabel* textLabel(const char* name)
{
    auto* label = new QLabel;
    label->setObjectName(QString::fromLatin1(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

/// As which this app runs: what the service sees at the other end of a socket.
QString ownUser()
{
    const uid_t number = ::geteuid();
    const passwd* known = ::getpwuid(number);
    return known ? AccessPage::tr("%1 (uid %2)").arg(plainText(std::string_view(known->pw_name))).arg(number)
                 : AccessPage::tr("uid %1").arg(number);
}

QGroupBox* box(const QString& title, const std::vector<QWidget*>& parts)
{
    auto* group = new QGroupBox(title);
    auto* layout = new QVBoxLayout(group);
    for (QWidget* part : parts)
        layout->addWidget(part);
    return group;
}

} // namespace

AccessPage::AccessPage(AppContext& context, QWidget* parent)
    : Page(context, {QStringLiteral("access"), tr("Access"), QStringLiteral("access")}, parent)
    , m_engineTable(access::engineTitles())
    , m_pinTable(access::pinTitles())
    , m_identity(textLabel("identity"))
    , m_rights(textLabel("rights"))
    , m_enginesNote(textLabel("enginesNote"))
    , m_engines(new RecordView(context, tr("Engines"), this))
    , m_pinsNote(textLabel("pinsNote"))
    , m_pins(new RecordView(context, tr("Pins"), this))
    , m_unpin(new QPushButton(icon(QStringLiteral("unpin")), tr("Unpin")))
    , m_question(new AccessQuestion(context))
{
    setContent(makeContent());
    bindActions();
    connect(&pane(), &StatePane::changed, this, &AccessPage::tellButtons);
    connect(m_pins, &RecordView::selectedChanged, this, &AccessPage::tellButtons);
    connect(m_pins, &RecordView::currentIdChanged, this, [this](const QString& digest) {
        if (!digest.isEmpty() && isInFront())
            this->context().current().set({.kind = Item::Kind::Blob, .id = digest, .page = QStringLiteral("access")});
    });
    connect(&context, &AppContext::formatChanged, this, &AccessPage::tellPins);
    pane().show(state::Loading{});
    tell();
    tellPins();
}

QWidget* AccessPage::makeContent()
{
    m_engines->setModel(&m_engineTable);
    m_engines->setWidths({130, 100, 200, 240, 0});
    m_engines->setMinimumHeight(fontMetrics().height() * 6);
    m_pins->setModel(&m_pinTable);
    m_pins->setWidths({130, 0, 110});
    m_pins->setMinimumHeight(fontMetrics().height() * 6);
    auto* unpinLine = new QWidget;
    auto* unpinLayout = new QHBoxLayout(unpinLine);
    unpinLayout->setContentsMargins(0, 0, 0, 0);
    unpinLayout->addWidget(m_pinsNote, 1);
    unpinLayout->addWidget(m_unpin);
    connect(m_unpin, &QPushButton::clicked, this, &AccessPage::unpin);

    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(box(tr("You"), {m_identity, m_rights}));
    layout->addWidget(box(tr("Engines"), {m_enginesNote, m_engines}), 2);
    auto* below = new QHBoxLayout;
    below->addWidget(box(tr("Pins"), {m_pins, unpinLine}), 2);
    below->addWidget(box(tr("Who can see this?"), {m_question}), 3);
    layout->addLayout(below, 3);

    // In a small window all of it is still there.
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    return area;
}

void AccessPage::bindActions()
{
    bindRecordActions(context(), this, [this]() -> RecordView* {
        for (RecordView* view : {m_engines, m_pins, &m_question->views(), &m_question->proofs()})
            if (view->hasFocus())
                return view;
        return nullptr;
    });
    actions().bind(
        QStringLiteral("entry.unpin"), this, [this] { unpin(); }, [this] { return whyNotUnpin(); });
}

void AccessPage::clientChanged()
{
    m_status.drop();
    m_pinList.drop();
    m_question->setClient(client());
    if (client()) {
        m_told.reset();
        m_pinned.reset();
        m_refusal.clear();
    }
    tell();
    tellPins();
}

bool AccessPage::isConcernedBy(const EventRecord& event) const
{
    return event.kind.ends_with("pinned") || event.kind.starts_with("engine");
}

void AccessPage::refresh()
{
    m_pinProblem.clear();
    refreshQuietly();
}

void AccessPage::refreshQuietly()
{
    if (!m_told)
        pane().show(state::Loading{});
    askStatus();
    askPins();
    if (!m_wanted.isEmpty())
        m_question->ask(std::exchange(m_wanted, {}));
}

void AccessPage::askStatus()
{
    m_status.follow(
        client()->status(),
        [this](const StatusRecord& status) {
            m_told = status;
            pane().show(state::Ready{});
            tell();
        },
        [this](const CallError& error) { takeFailure(error); });
}

void AccessPage::askPins()
{
    m_pinList.follow(
        client()->pins(),
        [this](const std::vector<PinRecord>& pins) {
            m_pinned = pins;
            tellPins();
        },
        [this](const CallError& error) {
            m_pinProblem = tr("What is pinned is not known: %1").arg(plainText(error.message()));
            tellPins();
        });
}

void AccessPage::takeFailure(const CallError& error)
{
    if (m_told)
        pane().show(state::Partial{.missing = tr("how things stand now"), .why = error.message()});
    else
        pane().show(stateAfter(error, tr("a status")));
}

void AccessPage::stop()
{
    if (!m_status.isOpen())
        return;
    m_status.drop();
    m_pinList.drop();
    pane().show(state::Failed{.sentence = tr("The loading was stopped before anything came."), .details = {}});
}

void AccessPage::open(const QString& entity)
{
    m_wanted = client() ? QString() : entity;
    m_question->ask(entity);
}

void AccessPage::unpin()
{
    const QStringList digests = m_pins->selectedIds();
    if (!client())
        return;
    m_pinProblem.clear();
    for (const QString& digest : digests)
        await(
            this, client()->unpin(digest),
            [this] {
                if (client())
                    askPins();
            },
            [this, digest](const CallError& error) {
                if (error.code() == QLatin1String("denied"))
                    m_refusal = plainText(error.message());
                m_pinProblem = tr("%1 stays pinned: %2").arg(shortDigest(digest), plainText(error.message()));
                tellPins();
            });
}

void AccessPage::tell()
{
    if (!m_told) {
        m_identity->setText(tr("This app runs as %1.").arg(ownUser()));
        m_rights->clear();
        m_engineTable.setRows({});
        m_enginesNote->clear();
        return;
    }
    const QString root = plainText(m_told->root);
    const auto snapshot = client() ? client()->snapshot() : std::nullopt;
    m_identity->setText(
        snapshot ? tr("This is a snapshot of the cache %1 of %2. There is no service that anybody could talk to.")
                       .arg(root, plainText(snapshot->source))
        : m_told->isDaemon
            ? tr("This app runs as %1. It talks to the daemon (process %2) of the cache %3.")
                  .arg(ownUser())
                  .arg(m_told->pid)
                  .arg(root)
            : tr("This app runs as %1. No daemon runs: the app itself has the cache %2 open.").arg(ownUser(), root));
    m_rights->setText(
        snapshot ? tr("Everybody who has the file can read all of it, and nobody can change the cache by it.")
        : m_told->isDaemon
            ? tr("The daemon lets root, its own user and the members of its api_group connect, and whoever "
                 "may connect may do everything here. It does not tell who else is connected.")
            : tr("What may be done is what this user may do with the files of the cache."));
    m_enginesNote->setText(m_told->engines.empty()
                               ? tr("No engine is served. Add one with: layerhold engine add")
                               : tr("How an engine shares decides what it gets that it did not bring itself."));
    m_engineTable.setRows(access::engineRows(m_told->engines));
}

void AccessPage::tellPins()
{
    m_pinTable.setRows(m_pinned ? access::pinRows(*m_pinned, format()) : std::vector<FactRow>());
    m_pinsNote->setText(!m_pinProblem.isEmpty() ? m_pinProblem
                        : !m_pinned             ? tr("What is pinned is not known yet.")
                        : m_pinned->empty()     ? tr("Nothing is pinned.")
                                                : tr("No cleanup removes what is pinned."));
    tellButtons();
}

QString AccessPage::whyNotUnpin() const
{
    if (QString hindrance = hindranceIn(client(), pane()); !hindrance.isEmpty())
        return hindrance;
    if (!m_refusal.isEmpty())
        return m_refusal;
    return m_pins->selectedCount() == 0 ? tr("No pin is selected.") : QString();
}

void AccessPage::tellButtons()
{
    const QString why = whyNotUnpin();
    m_unpin->setEnabled(why.isEmpty());
    // The refusal is a text of others.
    m_unpin->setToolTip(why.isEmpty() ? why : literalToolTip(why));
    m_question->setHindrance(client() && client()->snapshot() ? tr("Who can see an entry is not in a snapshot.")
                                                              : hindranceIn(client(), pane()));
    actions().update();
}

QString AccessPage::identityText() const
{
    return m_identity->text() + QLatin1Char('\n') + m_rights->text();
}

} // namespace layerhold::gui
