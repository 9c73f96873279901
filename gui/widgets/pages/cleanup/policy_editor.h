// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/records.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QListWidget;
class QToolButton;

namespace layerhold::gui {

class RuleEditor;

/// A whole policy: its settings, its rules in their order, and the one that is chosen.
class PolicyEditor final : public QWidget
{
    Q_OBJECT

public:
    explicit PolicyEditor(QWidget* parent = nullptr);

    /// Does not emit changed().
    void setPolicy(const PolicyRecord& policy);

    const PolicyRecord& policy() const { return m_policy; }

signals:
    /// By the user.
    void changed();

private:
    QWidget* makeSettings();
    QWidget* makeRules();
    QToolButton* addButton(const QString& icon, const QString& name);
    void showRules(int current);
    void showRule(int row);
    void takeSettings();
    void takeRule();
    void addRule();
    void removeRule();
    void moveRule(int by);
    void updateButtons();
    QString nameOf(std::size_t rule) const;

    PolicyRecord m_policy;
    QComboBox* m_mode;
    QLineEdit* m_undo;
    QLineEdit* m_pressure;
    QListWidget* m_rules;
    RuleEditor* m_rule;
    QToolButton* m_add;
    QToolButton* m_remove;
    QToolButton* m_up;
    QToolButton* m_down;
};

} // namespace layerhold::gui
