// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/cleanup/rule_editor.h"

#include "models/policy_text.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>

namespace layerhold::gui {

namespace {

constexpr int linesOfFilters = 3;

/// Shows a value that is in no list as it is.
void choose(QComboBox& box, const std::string& value, const QString& usual)
{
    const QString text = value.empty() ? usual : QString::fromStdString(value);
    if (box.findData(text) < 0)
        box.addItem(text, text);
    box.setCurrentIndex(box.findData(text));
}

std::string entered(const QLineEdit* field)
{
    return field->text().trimmed().toStdString();
}

} // namespace

RuleEditor::RuleEditor(QWidget* parent)
    : QWidget(parent)
    , m_filters(new QPlainTextEdit(this))
    , m_clock(new QComboBox(this))
    , m_strategy(new QComboBox(this))
    , m_meaning(new QLabel(this))
{
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(6);
    m_name = addField(tr("Name"), {}, tr("Plans say by it which rule decided."));
    m_filters->setAccessibleName(tr("Filters"));
    m_filters->setPlaceholderText(tr("Everything. One filter in a line, one match is enough: kind==layer"));
    m_filters->setToolTip(tr("digest, size, kind, mediatype, state, origin, created.days, used.days, … with ==, != or "
                             "~=; a comma means “and”."));
    m_filters->setTabChangesFocus(true);
    m_filters->setFixedHeight(m_filters->fontMetrics().lineSpacing() * linesOfFilters + 14);
    form->addRow(tr("Filters"), m_filters);
    m_clock->setAccessibleName(tr("Age counts from"));
    m_clock->addItem(tr("its last use"), QStringLiteral("used"));
    m_clock->addItem(tr("when it first came in"), QStringLiteral("created"));
    m_clock->addItem(tr("when it was last written"), QStringLiteral("written"));
    form->addRow(tr("Age counts from"), m_clock);
    const QString limit = tr("A size, a share of the disk, or both: 10GiB, 20%, 10%<=10GiB.");
    m_keep =
        addField(tr("Keep what is younger than"), tr("no age: 60d, 48h"), tr("Days, hours, minutes: 60d, 48h, 30m."));
    m_maxUsed = addField(tr("Go down to so many stored"), tr("no limit"), limit);
    m_minFree = addField(tr("Until so much is free"), tr("no limit"), limit);
    m_reserved = addField(tr("But leave alone"), tr("nothing"), limit);
    m_strategy->setAccessibleName(tr("What goes first"));
    m_strategy->addItem(tr("the least recently used"), QStringLiteral("lru"));
    m_strategy->addItem(tr("the expired, then the largest"), QStringLiteral("size"));
    m_strategy->addItem(tr("only what has expired"), QStringLiteral("ttl"));
    m_strategy->addItem(tr("what is worth least to keep"), QStringLiteral("cost"));
    form->addRow(tr("What goes first"), m_strategy);
    m_meaning->setTextFormat(Qt::PlainText);
    m_meaning->setWordWrap(true);
    m_meaning->setObjectName(QStringLiteral("ruleMeaning"));
    form->addRow(m_meaning);

    const auto told = [this] {
        tellMeaning();
        emit changed();
    };
    connect(m_filters, &QPlainTextEdit::textChanged, this, told);
    for (QComboBox* box : {m_clock, m_strategy})
        connect(box, &QComboBox::currentIndexChanged, this, told);
    for (const QLineEdit* field : {m_name, m_keep, m_maxUsed, m_minFree, m_reserved})
        connect(field, &QLineEdit::textChanged, this, told);
    m_name->setObjectName(QStringLiteral("ruleName"));
    m_keep->setObjectName(QStringLiteral("ruleKeep"));
    m_filters->setObjectName(QStringLiteral("ruleFilters"));
}

QLineEdit* RuleEditor::addField(const QString& name, const QString& placeholder, const QString& tip)
{
    auto* field = new QLineEdit(this);
    field->setAccessibleName(name);
    field->setPlaceholderText(placeholder);
    field->setToolTip(tip);
    field->setMaxLength(100);
    static_cast<QFormLayout*>(layout())->addRow(name, field);
    return field;
}

void RuleEditor::setRule(const PolicyRule& rule)
{
    const QSignalBlocker filters(m_filters);
    const QSignalBlocker clock(m_clock);
    const QSignalBlocker strategy(m_strategy);
    QStringList lines;
    for (const std::string& filter : rule.filters)
        lines += QString::fromStdString(filter);
    m_filters->setPlainText(lines.join(QLatin1Char('\n')));
    choose(*m_clock, rule.clock, QStringLiteral("used"));
    choose(*m_strategy, rule.strategy, QStringLiteral("lru"));
    const auto fill = [](QLineEdit* field, const std::string& value) {
        const QSignalBlocker quiet(field);
        field->setText(QString::fromStdString(value));
    };
    fill(m_name, rule.name);
    fill(m_keep, rule.keepDuration);
    fill(m_maxUsed, rule.maxUsed);
    fill(m_minFree, rule.minFree);
    fill(m_reserved, rule.reserved);
    tellMeaning();
}

PolicyRule RuleEditor::rule() const
{
    PolicyRule rule;
    rule.name = entered(m_name);
    for (const QString& line : m_filters->toPlainText().split(QLatin1Char('\n')))
        if (const QString filter = line.trimmed(); !filter.isEmpty())
            rule.filters.push_back(filter.toStdString());
    rule.clock = m_clock->currentData().toString().toStdString();
    rule.keepDuration = entered(m_keep);
    rule.maxUsed = entered(m_maxUsed);
    rule.minFree = entered(m_minFree);
    rule.reserved = entered(m_reserved);
    rule.strategy = m_strategy->currentData().toString().toStdString();
    return rule;
}

void RuleEditor::tellMeaning()
{
    m_meaning->setText(ruleSentence(rule()));
}

} // namespace layerhold::gui
