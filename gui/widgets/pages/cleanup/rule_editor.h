// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/records.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace layerhold::gui {

/// The fields of one rule of a policy.
class RuleEditor final : public QWidget
{
    Q_OBJECT

public:
    explicit RuleEditor(QWidget* parent = nullptr);

    /// Does not emit changed().
    void setRule(const PolicyRule& rule);
    PolicyRule rule() const;

signals:
    /// By the user.
    void changed();

private:
    QLineEdit* addField(const QString& name, const QString& placeholder, const QString& tip);
    void tellMeaning();

    QLineEdit* m_name;
    QPlainTextEdit* m_filters;
    QComboBox* m_clock;
    QLineEdit* m_keep;
    QLineEdit* m_reserved;
    QLineEdit* m_maxUsed;
    QLineEdit* m_minFree;
    QComboBox* m_strategy;
    QLabel* m_meaning;
};

} // namespace layerhold::gui
