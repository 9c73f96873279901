// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/app_context.h"

#include <QAbstractListModel>
#include <QDialog>

#include <vector>

class QLabel;
class QLineEdit;
class QListView;

namespace layerhold::gui {

/// What a query finds: actions (those that go to pages among them), then entities. Every word is to be found in the
/// text, in any order; an empty query finds all actions.
class PaletteModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role
    {
        DetailRole = Qt::UserRole, ///< menu and key, or why it cannot be done, or what an entity is
        EnabledRole
    };

    explicit PaletteModel(const AppContext& context, QObject* parent = nullptr);

    void find(const QString& query);
    /// Does or shows what is in the row. Nothing, with false, when the action is disabled.
    bool run(int row, AppContext& context) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row
    {
        QString text;
        QString detail;
        QString icon;
        QString action; ///< empty: an entity
        PaletteEntity entity = {};
        bool isEnabled = true;
    };

    std::vector<Row> actionRows(const QStringList& words) const;

    const AppContext& m_context;
    std::vector<Row> m_rows;
};

/// Ctrl+K: one line to type into and what it finds.
class CommandPalette final : public QDialog
{
    Q_OBJECT

public:
    explicit CommandPalette(AppContext& context, QWidget* parent);

    /// Empties it and shows it over its parent.
    void openFresh();

private:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void runCurrent();

    AppContext& m_context;
    PaletteModel m_model;
    QLineEdit* m_query;
    QListView* m_list;
    QLabel* m_hint;
};

} // namespace layerhold::gui
