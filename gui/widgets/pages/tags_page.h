// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tag_model.h"
#include "widgets/page.h"
#include "widgets/pages/entry_commands.h"
#include "widgets/pages/list_load.h"
#include "widgets/pages/name_index.h"
#include "widgets/pages/tag_histories.h"
#include "widgets/pages/view_memory.h"

class QLabel;
class QSplitter;
class QTreeView;

namespace layerhold::gui {

class TagHistoryPane;

/// All tags, and how the chosen ones moved.
class TagsPage final : public Page
{
    Q_OBJECT

public:
    explicit TagsPage(AppContext& context, QWidget* parent = nullptr);
    ~TagsPage() override;

    void refresh() override;
    void stop() override;
    /// A reference in its normal form.
    void open(const QString& entity) override;

    QLineEdit* filterField() const override { return m_filter; }

    QTreeView& view() const { return *m_view; }

    TagHistoryPane& history() const { return *m_history; }

private:
    void clientChanged() override;
    void frontChanged() override;
    bool isConcernedBy(const EventRecord& event) const override;
    void refreshQuietly() override;

    void makeFilterLine();
    void makeContent();
    void bindActions();
    void bindTimeline();
    void load();
    void append(std::vector<TagRecord> tags);
    void replace(std::vector<TagRecord> tags);
    void onRowsChanged();
    void onCurrentChanged();
    void updateState();
    void showHistories();
    void showSelected();
    void selectWanted();
    void compareChosen();
    QString whyNoComparison() const;
    const TagRecord* currentTag() const; ///< nullptr: none
    QList<QModelIndex> selectedRows() const;
    std::optional<ChosenEntry> chosen() const;
    QStringList chosenDigests() const;

    TagModel m_model;
    Pins m_pins;
    NameIndex m_names;
    TagHistories m_histories;
    ListLoad<TagRecord> m_list;
    QLineEdit* m_filter;
    QLabel* m_summary;
    QTreeView* m_view;
    TagHistoryPane* m_history;
    QSplitter* m_splitter;
    ViewMemory m_memory;
    QString m_wanted; ///< to be shown as soon as it is there
    QTimer m_changes; ///< runs while histories wait to be shown
    QTimer m_ages;
    bool m_isFilling = false; ///< what changes in the view now is not the doing of the user
};

} // namespace layerhold::gui
