// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/access/access_question.h"

#include "models/plain_text.h"
#include "widgets/icons.h"
#include "widgets/pages/record_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace layerhold::gui {

AccessQuestion::AccessQuestion(AppContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_viewTable(access::viewTitles())
    , m_proofTable(access::proofTitles())
    , m_field(new QLineEdit(this))
    , m_button(new QPushButton(icon(QStringLiteral("access")), tr("Who can see this?"), this))
    , m_answer(new QLabel(this))
    , m_views(new RecordView(context, tr("What each engine gets of it"), this))
    , m_proofsNote(new QLabel(this))
    , m_proofs(new RecordView(context, tr("Proofs that it may be read"), this))
{
    m_field->setAccessibleName(tr("Digest or name of what is to be seen"));
    m_field->setPlaceholderText(tr("Digest, its first digits, or the name of an image"));
    m_field->setClearButtonEnabled(true);
    for (QLabel* label : {m_answer, m_proofsNote}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_views->setModel(&m_viewTable);
    m_views->setWidths({140, 110, 90, 0});
    m_proofs->setModel(&m_proofTable);
    m_proofs->setWidths({140, 0, 100, 110, 150});
    auto* line = new QHBoxLayout;
    line->addWidget(m_field, 1);
    line->addWidget(m_button);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(line);
    layout->addWidget(m_answer);
    layout->addWidget(m_views, 1);
    layout->addWidget(m_proofsNote);
    layout->addWidget(m_proofs, 1);
    connect(m_field, &QLineEdit::textChanged, this, &AccessQuestion::tellButton);
    connect(m_field, &QLineEdit::returnPressed, m_button, &QPushButton::click);
    connect(m_button, &QPushButton::clicked, this, [this] { ask(m_field->text().trimmed()); });
    connect(&context, &AppContext::formatChanged, this, &AccessQuestion::showTables);
    tell(QString());
    tellButton();
}

void AccessQuestion::setClient(CacheClient* client)
{
    m_client = client;
    m_call.drop();
    if (client) {
        m_access.reset();
        tell(QString());
    }
    tellButton();
}

void AccessQuestion::setHindrance(const QString& hindrance)
{
    m_hindrance = hindrance;
    tellButton();
}

void AccessQuestion::ask(const QString& name)
{
    m_field->setText(name);
    if (!m_client || name.isEmpty())
        return;
    m_access.reset();
    tell(tr("Asking…"));
    m_call.follow(
        m_client->explainAccess(name), [this](const AccessRecord& access) { take(access); },
        [this](const CallError& error) {
            tell(error.code() == QLatin1String("unsupported")
                     ? tr("This service is too old to tell who can see a thing.")
                     : plainText(error.message()));
        });
}

void AccessQuestion::take(const AccessRecord& access)
{
    m_access = access;
    tell(plainText(access.digest) + QStringLiteral(" — ") + access::summary(access));
}

void AccessQuestion::tell(const QString& sentence)
{
    m_answer->setText(sentence.isEmpty()
                          ? tr("The service tells what each of its engines gets, and what registries proved to it.")
                          : sentence);
    showTables();
}

void AccessQuestion::showTables()
{
    m_views->setVisible(m_access.has_value());
    m_proofsNote->setVisible(m_access.has_value());
    m_proofs->setVisible(m_access && !m_access->proofs.empty());
    m_viewTable.setRows(m_access ? access::viewRows(m_access->engines) : std::vector<FactRow>());
    m_proofTable.setRows(m_access ? access::proofRows(m_access->proofs, m_context.format()) : std::vector<FactRow>());
    if (m_access)
        m_proofsNote->setText(m_access->proofs.empty()
                                  ? tr("No registry proved to the service that somebody may read it.")
                                  : tr("What registries proved. An identity is named by the first digits of a keyed "
                                       "hash; the service tells no credential."));
}

void AccessQuestion::tellButton()
{
    const QString why = !m_hindrance.isEmpty()                ? m_hindrance
                        : m_field->text().trimmed().isEmpty() ? tr("Write a digest or a name.")
                                                              : QString();
    m_button->setEnabled(why.isEmpty());
    m_button->setToolTip(why);
}

QString AccessQuestion::answerText() const
{
    return m_answer->text();
}

} // namespace layerhold::gui
