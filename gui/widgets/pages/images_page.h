// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/image_model.h"
#include "widgets/page.h"
#include "widgets/pages/entry_commands.h"
#include "widgets/pages/freed_figure.h"
#include "widgets/pages/image_inspector.h"
#include "widgets/pages/list_load.h"
#include "widgets/pages/name_index.h"
#include "widgets/pages/view_memory.h"

class QLabel;
class QSplitter;
class QTreeView;

namespace layerhold::gui {

class ImagePane;

/// All images, their platforms below them, and all about the one that is chosen.
class ImagesPage final : public Page
{
    Q_OBJECT

public:
    explicit ImagesPage(AppContext& context, QWidget* parent = nullptr);
    ~ImagesPage() override;

    void refresh() override;
    void stop() override;
    /// A digest, or a name of an image.
    void open(const QString& entity) override;

    QLineEdit* filterField() const override { return m_filter; }

    QTreeView& view() const { return *m_view; }

    ImagePane& imagePane() const { return *m_pane; }

private:
    void clientChanged() override;
    void frontChanged() override;
    bool isConcernedBy(const EventRecord& event) const override;
    void refreshQuietly() override;

    void makeFilterLine();
    void makeContent();
    void bindActions();
    void load();
    void append(std::vector<ImageRecord> images);
    void replace(std::vector<ImageRecord> images);
    void addNames(const std::vector<ImageRecord>& images);
    void updateState();
    void takeDetails(const ImageDetails& details);
    void showCurrent();
    void showSelection();
    void selectWanted();
    void compareChosen();
    std::optional<ChosenEntry> chosen() const;
    QStringList chosenDigests() const;
    /// Of the layer that has the focus; empty: none has.
    QString focusedLayer() const;
    QString currentImage() const; ///< digest; empty: none is current

    ImageModel m_model;
    Pins m_pins;
    NameIndex m_names;
    ListLoad<ImageRecord> m_list;
    QLineEdit* m_filter;
    QLabel* m_summary;
    QTreeView* m_view;
    ImagePane* m_pane;
    QSplitter* m_splitter;
    ViewMemory m_memory;
    ImageTotals m_totals;
    ImageInspector m_inspector;
    FreedFigure m_freed;
    QString m_wanted; ///< to be shown as soon as it is there
    QTimer m_ages;
    bool m_isFilling = false; ///< what changes in the view now is not the doing of the user
};

} // namespace layerhold::gui
