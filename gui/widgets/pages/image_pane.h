// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "charts/layer_stack.h"
#include "models/records.h"
#include "widgets/app_context.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QScrollArea;
class QTreeWidget;

namespace layerhold::gui {

class ElidedLabel;

/// All about one image: its layers, what it is called, what refers to it, and how to get it.
class ImagePane final : public QWidget
{
    Q_OBJECT

public:
    /// `context` outlives the pane.
    explicit ImagePane(AppContext& context, QWidget* parent = nullptr);

    void showNothing();
    /// What the list tells of it; the layers are being asked for.
    void showImage(const ImageRecord& image);
    /// `platform`: the digest of the manifest to show; empty: the first.
    void showDetails(const ImageDetails& details, const QString& platform);
    /// Why there are no layers to show.
    void showProblem(const QString& sentence);
    void showPin(const PinRecord* pin); ///< nullptr: it is not pinned
    void refreshFormat();

    const QString& pullText() const { return m_pullCommand; }

    LayerStack& layers() const { return *m_layers; }

signals:
    /// Somebody wants to see this tag, or this blob.
    void tagActivated(const QString& reference);
    void blobActivated(const QString& digest);

private:
    void makeHead(Actions& actions);
    void makeBody(Actions& actions);
    void showManifest(int number);
    void showFacts();
    void showImageFacts(const ImageRecord& image);

    AppContext& m_context;
    const Format& m_format;
    ElidedLabel* m_name;
    ElidedLabel* m_summary;
    QLabel* m_layersTitle;
    ElidedLabel* m_build; ///< of which platform the layers are, and when it was built
    QComboBox* m_platforms;
    LayerStack* m_layers;
    QScrollArea* m_scroll;
    QLineEdit* m_digest;
    QLineEdit* m_pull;
    QTreeWidget* m_facts;
    QString m_pullCommand;
    std::optional<ImageRecord> m_image;
    std::optional<ImageDetails> m_details;
    std::optional<PinRecord> m_pin;
};

} // namespace layerhold::gui
