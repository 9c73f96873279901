// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/image_model.h"
#include "widgets/pages/entry_commands.h"
#include "widgets/pages/freed_figure.h"
#include "widgets/pages/image_inspector.h"
#include "widgets/pages/list_page.h"

class QSplitter;

namespace layerhold::gui {

class ImagePane;

/// All images, their platforms below them, and all about the one that is chosen.
class ImagesPage final : public ListPage<ImageRecord>
{
    Q_OBJECT

public:
    explicit ImagesPage(AppContext& context, QWidget* parent = nullptr);

    /// A digest, or a name of an image.
    void open(const QString& entity) override;

    ImagePane& imagePane() const { return *m_pane; }

private:
    bool isConcernedBy(const EventRecord& event) const override;
    void load() override;
    void append(std::vector<ImageRecord> images) override;
    void replace(std::vector<ImageRecord> images) override;
    void updateState() override;
    void showSelection() override;
    void giveClient(CacheClient* client) override;

    void makeFilterLine();
    void makeContent();
    void bindActions();
    void addNames(const std::vector<ImageRecord>& images);
    void takeDetails(const ImageDetails& details);
    void showCurrent();
    void selectWanted();
    void compareChosen();
    std::optional<ChosenEntry> chosen() const;
    QStringList chosenDigests() const;
    /// Of the layer that has the focus; empty: none has.
    QString focusedLayer() const;
    QString currentImage() const; ///< digest; empty: none is current

    ImageModel m_model;
    ImagePane* m_pane;
    QSplitter* m_splitter;
    ImageTotals m_totals;
    ImageInspector m_inspector;
    FreedFigure m_freed;
};

} // namespace layerhold::gui
