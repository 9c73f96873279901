// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tag_model.h"
#include "widgets/pages/entry_commands.h"
#include "widgets/pages/list_page.h"
#include "widgets/pages/tag_histories.h"

class QSplitter;

namespace layerhold::gui {

class TagHistoryPane;

/// All tags, and how the chosen ones moved.
class TagsPage final : public ListPage<TagRecord>
{
    Q_OBJECT

public:
    explicit TagsPage(AppContext& context, QWidget* parent = nullptr);

    /// A reference in its normal form.
    void open(const QString& entity) override;

    TagHistoryPane& history() const { return *m_history; }

private:
    bool isConcernedBy(const EventRecord& event) const override;
    void load() override;
    void append(std::vector<TagRecord> tags) override;
    void replace(std::vector<TagRecord> tags) override;
    void updateState() override;
    void showSelection() override;
    void giveClient(CacheClient* client) override;

    void makeFilterLine();
    void makeContent();
    void bindActions();
    void bindTimeline();
    void onRowsChanged();
    void onCurrentChanged();
    void showHistories();
    void selectWanted();
    void compareChosen();
    QString whyNoComparison() const;
    const TagRecord* currentTag() const; ///< nullptr: none
    QList<QModelIndex> selectedRows() const;
    std::optional<ChosenEntry> chosen() const;
    QStringList chosenDigests() const;

    TagModel m_model;
    TagHistories m_histories;
    TagHistoryPane* m_history;
    QSplitter* m_splitter;
    QTimer m_changes; ///< runs while histories wait to be shown
};

} // namespace layerhold::gui
