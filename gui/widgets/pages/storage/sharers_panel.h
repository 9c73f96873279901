// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <cstdint>

class QLabel;
class QListWidget;

namespace layerhold::gui {

class Format;
class StorageTree;

/// The images that have a blob.
class SharersPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit SharersPanel(QWidget* parent = nullptr);

    /// `node`: of a tree; what is no blob, and nullptr, has none.
    void show(const StorageTree* tree, std::uint32_t node, const Format& format);
    using QWidget::show;

    QListWidget& list() const { return *m_list; }

    QString title() const;

signals:
    void activated(const QString& digest);

private:
    QLabel* m_title;
    QListWidget* m_list;
};

} // namespace layerhold::gui
