// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/app_context.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QKeySequenceEdit;
class QLabel;
class QTreeWidget;

namespace layerhold::gui {

/// Look, units, times, notifications and keys. OK takes all of it over at once.
class PreferencesDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `context` outlives the dialog.
    explicit PreferencesDialog(AppContext& context, QWidget* parent = nullptr);

private:
    QWidget* makeGeneral();
    QWidget* makeKeys();
    void showKeyOfCurrent();
    void setKeyOfCurrent(const QKeySequence& key);
    void resetKeyOfCurrent();
    QList<QKeySequence> keysOf(const QString& id) const;
    QString currentId() const;
    void take();

    AppContext& m_context;
    Preferences m_preferences;
    QComboBox* m_theme = nullptr;
    QComboBox* m_units = nullptr;
    QComboBox* m_times = nullptr;
    QCheckBox* m_notifies = nullptr;
    QTreeWidget* m_actions = nullptr;
    QKeySequenceEdit* m_key = nullptr;
    QLabel* m_problem = nullptr;
};

} // namespace layerhold::gui
