// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/storage_tree.h"
#include "widgets/page.h"
#include "widgets/pages/entry_commands.h"
#include "widgets/pages/freed_figure.h"
#include "widgets/pages/load_pace.h"
#include "widgets/pages/storage/map_coloring.h"
#include "widgets/pages/storage/storage_load.h"

class QSplitter;

namespace layerhold::gui {

class Breadcrumb;
class MapControls;
class MapLegend;
class MapStatement;
class SharersPanel;
class StorageTreeView;

/// Where the bytes of the store are: a tree, and a map of the same things beside it. What is chosen in one is chosen in
/// the other, and is the current item.
class StoragePage final : public Page
{
    Q_OBJECT

public:
    explicit StoragePage(AppContext& context, QWidget* parent = nullptr);

    void refresh() override;
    void stop() override;
    /// A digest, or the name of an image, a repository or a registry.
    void open(const QString& entity) override;

    MapControls& controls() const { return *m_controls; }

    StorageTreeView& view() const { return *m_view; }

    StorageMapView& map() const { return *m_map; }

    MapStatement& statement() const { return *m_statement; }

    Breadcrumb& breadcrumb() const { return *m_breadcrumb; }

    SharersPanel& sharers() const { return *m_sharers; }

    /// Of what is chosen; 0: nothing is.
    std::uint32_t currentNode() const;

private:
    struct Prepared
    {
        std::shared_ptr<const StorageTree> tree;
        std::vector<MapTint> tints;
    };

    enum class Phase
    {
        NotAsked,
        Loading,
        Complete,
        Stopped,
        Failed
    };

    void clientChanged() override;
    void frontChanged() override;
    bool isConcernedBy(const EventRecord& event) const override;
    void refreshQuietly() override;

    void makeContent();
    QWidget* makeTreeSide();
    QWidget* makeMapSide();
    void placePanes();
    void connectParts();
    void bindActions();
    void load();
    template <class Contents>
    void prepare(Contents contents);
    void show(Prepared prepared);
    void updateState();
    void tell();
    void choose(std::uint32_t node);
    void showSelection();
    void openWanted();
    void openCurrent();
    const StorageTree* tree() const;
    std::optional<ChosenEntry> chosen() const;
    QStringList chosenDigests() const;

    StorageLoad m_load;
    LoadPace m_pace;
    Pins m_pins;
    FreedFigure m_freed;
    MapControls* m_controls;
    StorageTreeView* m_view;
    SharersPanel* m_sharers;
    Breadcrumb* m_breadcrumb;
    StorageMapView* m_map;
    MapLegend* m_legend;
    MapStatement* m_statement;
    QSplitter* m_splitter;
    QWidget* m_treeSide;
    QWidget* m_mapSide;
    Phase m_phase = Phase::NotAsked;
    std::optional<CallError> m_error;
    Moment m_countedAt;
    std::uint64_t m_service = 0; ///< counts them: what is of a former one is not shown
    std::uint64_t m_request = 0; ///< what is prepared for an older one is not shown
    QString m_wanted;            ///< to be chosen as soon as it is there
    QString m_problem;
};

} // namespace layerhold::gui
