// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/cleanup/policy_editor.h"

#include "models/plain_text.h"
#include "widgets/icons.h"
#include "widgets/pages/cleanup/rule_editor.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

namespace layerhold::gui {

namespace {

constexpr std::size_t mostRules = 100; ///< that a service takes
constexpr int widthOfRules = 240;

QLabel* labelFor(const QString& text, QWidget* field)
{
    auto* label = new QLabel(text);
    label->setBuddy(field);
    return label;
}

} // namespace

PolicyEditor::PolicyEditor(QWidget* parent)
    : QWidget(parent)
    , m_mode(new QComboBox(this))
    , m_undo(new QLineEdit(this))
    , m_pressure(new QLineEdit(this))
    , m_rules(new QListWidget(this))
    , m_rule(new RuleEditor(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(makeSettings());
    layout->addWidget(makeRules(), 1);
    setPolicy({});
}

QWidget* PolicyEditor::makeSettings()
{
    auto* line = new QWidget(this);
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_mode->setAccessibleName(tr("Cleans up"));
    m_mode->addItem(tr("only when somebody asks"), QStringLiteral("manual"));
    m_mode->addItem(tr("by itself"), QStringLiteral("automatic"));
    m_undo->setAccessibleName(tr("Can be undone for"));
    m_undo->setPlaceholderText(tr("cannot be undone"));
    m_undo->setToolTip(tr("How long what is removed stays in the trash: 24h, 3d. 0: it is gone at once."));
    m_pressure->setAccessibleName(tr("Disk pressure below"));
    m_pressure->setPlaceholderText(tr("never"));
    m_pressure->setToolTip(tr("With less free than this, the service makes room by itself and empties the trash early: "
                              "2GiB, 5%, 5%<=2GiB."));
    for (QLineEdit* field : {m_undo, m_pressure}) {
        field->setMaxLength(40);
        field->setMaximumWidth(140);
        connect(field, &QLineEdit::textChanged, this, &PolicyEditor::takeSettings);
    }
    connect(m_mode, &QComboBox::currentIndexChanged, this, &PolicyEditor::takeSettings);
    layout->addWidget(labelFor(tr("Cleans up"), m_mode));
    layout->addWidget(m_mode);
    layout->addSpacing(8);
    layout->addWidget(labelFor(tr("Can be undone for"), m_undo));
    layout->addWidget(m_undo);
    layout->addSpacing(8);
    layout->addWidget(labelFor(tr("Disk pressure below"), m_pressure));
    layout->addWidget(m_pressure);
    layout->addStretch(1);
    return line;
}

QWidget* PolicyEditor::makeRules()
{
    auto* area = new QWidget(this);
    auto* layout = new QHBoxLayout(area);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    auto* left = new QVBoxLayout;
    left->setSpacing(4);
    m_rules->setObjectName(QStringLiteral("policyRules"));
    m_rules->setAccessibleName(tr("Rules, in the order in which they apply"));
    m_rules->setToolTip(tr("Rules apply in this order; what one takes is gone for those after it."));
    m_rules->setFixedWidth(widthOfRules);
    left->addWidget(labelFor(tr("Rules, in their order"), m_rules));
    left->addWidget(m_rules, 1);
    auto* buttons = new QHBoxLayout;
    m_add = addButton(QStringLiteral("add"), tr("Add a rule"));
    m_remove = addButton(QStringLiteral("remove"), tr("Take the rule out"));
    m_up = addButton(QStringLiteral("up"), tr("Apply it earlier"));
    m_down = addButton(QStringLiteral("menu-down"), tr("Apply it later"));
    for (QToolButton* button : {m_add, m_remove, m_up, m_down})
        buttons->addWidget(button);
    buttons->addStretch(1);
    left->addLayout(buttons);
    layout->addLayout(left);
    layout->addWidget(m_rule, 1);
    connect(m_rules, &QListWidget::currentRowChanged, this, &PolicyEditor::showRule);
    connect(m_rule, &RuleEditor::changed, this, &PolicyEditor::takeRule);
    connect(m_add, &QToolButton::clicked, this, &PolicyEditor::addRule);
    connect(m_remove, &QToolButton::clicked, this, &PolicyEditor::removeRule);
    connect(m_up, &QToolButton::clicked, this, [this] { moveRule(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { moveRule(1); });
    return area;
}

QToolButton* PolicyEditor::addButton(const QString& iconName, const QString& name)
{
    auto* button = new QToolButton(this);
    button->setIcon(icon(iconName));
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

void PolicyEditor::setPolicy(const PolicyRecord& policy)
{
    const QSignalBlocker mode(m_mode);
    const QSignalBlocker undo(m_undo);
    const QSignalBlocker pressure(m_pressure);
    const int row = m_rules->currentRow();
    m_policy = policy;
    const QString name = QString::fromStdString(policy.mode.empty() ? "manual" : policy.mode);
    if (m_mode->findData(name) < 0)
        m_mode->addItem(plainText(name), name);
    m_mode->setCurrentIndex(m_mode->findData(name));
    m_undo->setText(QString::fromStdString(policy.undoWindow));
    m_pressure->setText(QString::fromStdString(policy.pressure));
    showRules(std::max(0, row));
}

void PolicyEditor::showRules(int current)
{
    {
        const QSignalBlocker quiet(m_rules);
        m_rules->clear();
        for (std::size_t i = 0; i < m_policy.rules.size(); ++i)
            m_rules->addItem(nameOf(i));
        m_rules->setCurrentRow(std::min(current, m_rules->count() - 1));
    }
    showRule(m_rules->currentRow());
}

QString PolicyEditor::nameOf(std::size_t rule) const
{
    const std::string& name = m_policy.rules[rule].name;
    return QStringLiteral("%1. %2").arg(rule + 1).arg(name.empty() ? tr("without a name") : plainText(name));
}

void PolicyEditor::showRule(int row)
{
    m_rule->setVisible(row >= 0);
    if (row >= 0)
        m_rule->setRule(m_policy.rules[static_cast<std::size_t>(row)]);
    updateButtons();
}

void PolicyEditor::updateButtons()
{
    const int row = m_rules->currentRow();
    m_add->setEnabled(m_policy.rules.size() < mostRules);
    m_remove->setEnabled(row >= 0);
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_rules->count());
}

void PolicyEditor::takeSettings()
{
    m_policy.mode = m_mode->currentData().toString().toStdString();
    m_policy.undoWindow = m_undo->text().trimmed().toStdString();
    m_policy.pressure = m_pressure->text().trimmed().toStdString();
    emit changed();
}

void PolicyEditor::takeRule()
{
    const int row = m_rules->currentRow();
    if (row < 0)
        return;
    const auto rule = static_cast<std::size_t>(row);
    m_policy.rules[rule] = m_rule->rule();
    m_rules->item(row)->setText(nameOf(rule));
    emit changed();
}

void PolicyEditor::addRule()
{
    PolicyRule rule;
    rule.name = tr("rule %1").arg(m_policy.rules.size() + 1).toStdString();
    rule.clock = "used";
    rule.strategy = "lru";
    // A rule without any condition takes everything that nobody needs: no rule begins like that.
    rule.keepDuration = "60d";
    m_policy.rules.push_back(std::move(rule));
    showRules(static_cast<int>(m_policy.rules.size()) - 1);
    emit changed();
}

void PolicyEditor::removeRule()
{
    const int row = m_rules->currentRow();
    m_policy.rules.erase(m_policy.rules.begin() + row);
    showRules(row);
    emit changed();
}

void PolicyEditor::moveRule(int by)
{
    const int row = m_rules->currentRow();
    const int other = row + by;
    std::swap(m_policy.rules[static_cast<std::size_t>(row)], m_policy.rules[static_cast<std::size_t>(other)]);
    showRules(other);
    emit changed();
}

} // namespace layerhold::gui
