// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/cleanup/policy_step.h"

#include "charts/look.h"
#include "models/plain_text.h"
#include "models/policy_text.h"
#include "widgets/icons.h"
#include "widgets/pages/cleanup/policy_editor.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace layerhold::gui {

namespace {

QLabel* wrapped(const char* name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(QString::fromLatin1(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    return label;
}

QLabel* heading(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    return label;
}

} // namespace

PolicyStep::PolicyStep(QWidget* parent)
    : QWidget(parent)
    , m_editor(new PolicyEditor(this))
    , m_savedMeaning(wrapped("savedMeaning", this))
    , m_draftMeaning(wrapped("draftMeaning", this))
    , m_draftTitle(heading(tr("The draft means"), this))
    , m_problem(wrapped("policyProblem", this))
    , m_chosenText(wrapped("chosenText", this))
{
    auto* inner = new QWidget;
    auto* content = new QVBoxLayout(inner);
    content->setContentsMargins(0, 0, 8, 0);
    content->setSpacing(10);
    content->addWidget(m_editor);
    content->addWidget(makeMeanings());
    content->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(inner);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(scroll, 1);
    layout->addWidget(m_problem);
    layout->addWidget(makeButtons());
    connect(m_editor, &PolicyEditor::changed, this, [this] {
        tellProblem({});
        update();
    });
    tellProblem({});
    update();
}

QWidget* PolicyStep::makeMeanings()
{
    auto* area = new QWidget(this);
    auto* layout = new QHBoxLayout(area);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(24);
    const auto add = [layout](QLabel* title, QLabel* text) {
        auto* column = new QVBoxLayout;
        column->setSpacing(4);
        column->addWidget(title);
        column->addWidget(text, 1);
        layout->addLayout(column, 1);
    };
    add(heading(tr("The saved policy means"), this), m_savedMeaning);
    add(m_draftTitle, m_draftMeaning);
    return area;
}

QWidget* PolicyStep::makeButtons()
{
    auto* area = new QWidget(this);
    auto* rows = new QVBoxLayout(area);
    rows->setContentsMargins(0, 0, 0, 0);
    auto* chosen = new QHBoxLayout;
    m_planChosen = new QPushButton(tr("Preview removal of these"), this);
    m_planChosen->setObjectName(QStringLiteral("planChosen"));
    m_forgetChosen = new QPushButton(tr("Forget these"), this);
    chosen->addWidget(m_chosenText, 1);
    chosen->addWidget(m_forgetChosen);
    chosen->addWidget(m_planChosen);
    rows->addLayout(chosen);
    auto* buttons = new QHBoxLayout;
    m_reset = new QPushButton(tr("Back to the saved policy"), this);
    m_save = new QPushButton(icon(QStringLiteral("save")), tr("Save policy"), this);
    m_preview = new QPushButton(icon(QStringLiteral("plan")), tr("Preview plan"), this);
    m_save->setObjectName(QStringLiteral("savePolicy"));
    m_preview->setObjectName(QStringLiteral("previewPlan"));
    m_reset->setObjectName(QStringLiteral("resetPolicy"));
    buttons->addWidget(m_reset);
    buttons->addStretch(1);
    buttons->addWidget(m_save);
    buttons->addWidget(m_preview);
    rows->addLayout(buttons);
    connect(m_reset, &QPushButton::clicked, this, [this] {
        m_editor->setPolicy(*m_saved);
        tellProblem({});
        update();
    });
    connect(m_save, &QPushButton::clicked, this, &PolicyStep::saveWanted);
    connect(m_preview, &QPushButton::clicked, this, &PolicyStep::previewWanted);
    connect(m_planChosen, &QPushButton::clicked, this, &PolicyStep::chosenWanted);
    connect(m_forgetChosen, &QPushButton::clicked, this, [this] {
        m_chosen.clear();
        update();
    });
    return area;
}

void PolicyStep::setSaved(const PolicyRecord& policy)
{
    const bool hadDraft = m_saved && isChanged();
    m_saved = policy;
    if (!hadDraft)
        m_editor->setPolicy(policy);
    update();
}

void PolicyStep::endSaving(const PolicyRecord& sent, const PolicyRecord& saved)
{
    const bool isSame = draft() == sent;
    m_saved = saved;
    if (isSame)
        m_editor->setPolicy(saved);
    update();
}

PolicyRecord PolicyStep::draft() const
{
    return m_editor->policy();
}

bool PolicyStep::isChanged() const
{
    return m_saved && m_editor->policy() != *m_saved;
}

void PolicyStep::forget()
{
    m_saved.reset();
    m_chosen.clear();
    m_editor->setPolicy({});
    tellProblem({});
    update();
}

void PolicyStep::addChosen(const QStringList& digests)
{
    for (const QString& digest : digests)
        if (!m_chosen.contains(digest))
            m_chosen += digest;
    update();
}

void PolicyStep::tellProblem(const QString& problem)
{
    m_problem->setText(plainText(problem));
    m_problem->setVisible(!problem.isEmpty());
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, lookFor(palette()).error);
    m_problem->setPalette(colors);
}

void PolicyStep::setHindrance(const QString& reason)
{
    m_hindrance = reason;
    update();
}

void PolicyStep::update()
{
    m_savedMeaning->setText(m_saved ? policySentences(*m_saved).join(QLatin1Char('\n')) : QString());
    m_draftMeaning->setText(isChanged() ? policySentences(draft()).join(QLatin1Char('\n'))
                                        : tr("There is no draft yet: change something above."));
    const bool hasChosen = !m_chosen.isEmpty();
    m_chosenText->setText(m_chosen.size() == 1
                              ? tr("1 entry was chosen for removal: %1").arg(plainText(m_chosen.front(), 80))
                              : tr("%1 entries were chosen for removal.", nullptr, static_cast<int>(m_chosen.size()))
                                    .arg(m_chosen.size()));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_chosenText, m_planChosen, m_forgetChosen})
        widget->setVisible(hasChosen);
    m_reset->setEnabled(isChanged());
    const bool canAsk = m_hindrance.isEmpty() && m_saved;
    m_save->setEnabled(canAsk && isChanged());
    m_save->setToolTip(!m_hindrance.isEmpty() ? m_hindrance
                       : isChanged()          ? tr("The draft becomes the policy of the cache. It removes nothing now.")
                                              : tr("The draft is the same as the saved policy."));
    for (QPushButton* button : {m_preview, m_planChosen}) {
        button->setEnabled(canAsk);
        button->setToolTip(m_hindrance.isEmpty() ? tr("Lists what would go and what stays. It changes nothing.")
                                                 : m_hindrance);
    }
}

} // namespace layerhold::gui
