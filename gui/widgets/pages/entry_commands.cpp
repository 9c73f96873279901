// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/entry_commands.h"

#include "models/plan_policy.h"
#include "widgets/page.h"
#include "widgets/pages/copy_texts.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QInputDialog>

namespace layerhold::gui {

namespace {

void copy(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
}

} // namespace

EntryCommands::EntryCommands(AppContext& context, Page& page, Pins& pins, Source source)
    : QObject(&page)
    , m_context(context)
    , m_page(page)
    , m_pins(pins)
    , m_source(std::move(source))
{
    bind("entry.whyKept",
         [this](const ChosenEntry& entry) { m_context.requestDetails(entry.digest, DetailsTab::WhyKept); });
    bind("entry.usedBy",
         [this](const ChosenEntry& entry) { m_context.requestDetails(entry.digest, DetailsTab::UsedBy); });
    bind(
        "entry.planRemoval", [this](const ChosenEntry&) { m_context.requestPlanRemoval(m_source.digests()); },
        [this](const ChosenEntry&) {
            return m_source.digests().size() > mostNamedThings
                       ? tr("At most %1 entries can be chosen one by one.").arg(mostNamedThings)
                       : QString();
        });
    bind(
        "entry.history", [this](const ChosenEntry& entry) { m_context.requestPage(QStringLiteral("tags"), entry.tag); },
        [](const ChosenEntry& entry) { return entry.tag.isEmpty() ? tr("No tag points at it.") : QString(); });
    bindCopying();
    bindPins();
    connect(&pins, &Pins::changed, &context.actions(), [&context] { context.actions().update(); });
    connect(&pins, &Pins::failed, this, [this](const QString& sentence) {
        m_context.jobs().start(tr("Pin or unpin"), {})->finish(Job::State::Failed, sentence);
    });
}

void EntryCommands::bind(const char* id, Do run, WhyNot whyNot)
{
    m_context.actions().bind(
        QString::fromLatin1(id), &m_page,
        [this, run = std::move(run)] {
            if (const auto entry = m_source.current())
                run(*entry);
        },
        [this, whyNot = std::move(whyNot)] {
            const auto entry = m_source.current();
            if (!entry)
                return tr("Nothing is chosen.");
            return whyNot ? whyNot(*entry) : QString();
        });
}

void EntryCommands::bindCopying()
{
    bind("entry.copyRow", [this](const ChosenEntry&) { copy(m_source.rows()); });
    bind("entry.copyDigest", [](const ChosenEntry& entry) { copy(entry.digest); });
    bind(
        "entry.copyName", [](const ChosenEntry& entry) { copy(entry.name); },
        [](const ChosenEntry& entry) { return entry.name.isEmpty() ? tr("It has no name.") : QString(); });
    bind(
        "entry.copyPull", [this](const ChosenEntry& entry) { copy(m_context.command(entry.pull)); },
        [](const ChosenEntry& entry) {
            return entry.pull.isEmpty() ? tr("No name is known for it under which a registry has it.") : QString();
        });
    bind(
        "entry.copyJson", [](const ChosenEntry& entry) { copy(entry.json); },
        [](const ChosenEntry& entry) { return entry.json.isEmpty() ? tr("Nothing more is known of it.") : QString(); });
    bind(
        "entry.copyCommand",
        [this](const ChosenEntry& entry) {
            copy(m_context.command(QStringLiteral("layerhold inspect ") + entry.digest));
        },
        [](const ChosenEntry& entry) {
            return isPlainReference(entry.digest) ? QString() : tr("Its digest is none that a shell could be given.");
        });
}

void EntryCommands::bindPins()
{
    bind(
        "entry.pin", [this](const ChosenEntry& entry) { askForNote(entry); },
        [this](const ChosenEntry& entry) {
            if (!m_pins.isKnown())
                return tr("It is not known yet what is pinned.");
            return m_pins.find(entry.digest) ? tr("It is pinned already.") : QString();
        });
    bind(
        "entry.unpin",
        [this](const ChosenEntry& entry) {
            if (CacheClient* client = m_source.client())
                m_pins.unpin(*client, entry.digest);
        },
        [this](const ChosenEntry& entry) {
            if (!m_pins.isKnown())
                return tr("It is not known yet what is pinned.");
            return m_pins.find(entry.digest) ? QString() : tr("It is not pinned.");
        });
}

void EntryCommands::askForNote(const ChosenEntry& entry)
{
    auto* dialog = new QInputDialog(&m_page);
    dialog->setObjectName(QStringLiteral("pinDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Pin"));
    dialog->setLabelText(tr("Nothing removes what is pinned. A note on why it is kept:"));
    dialog->setOkButtonText(tr("Pin"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, digest = entry.digest](const QString& note) {
        if (CacheClient* client = m_source.client())
            m_pins.pin(*client, digest, note);
    });
    dialog->open();
}

} // namespace layerhold::gui
