// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <cstdint>
#include <vector>

class QHBoxLayout;
class QToolButton;

namespace layerhold::gui {

class StorageTree;

/// The level of the map that is shown and those above it, each a button.
class Breadcrumb final : public QWidget
{
    Q_OBJECT

public:
    explicit Breadcrumb(QWidget* parent = nullptr);

    /// `node`: the innermost.
    void show(const StorageTree& tree, std::uint32_t node);
    using QWidget::show;

    QStringList texts() const;

signals:
    void chosen(std::uint32_t node);

private:
    QHBoxLayout* m_layout;
    std::vector<QWidget*> m_parts;
    std::vector<QToolButton*> m_steps;
};

} // namespace layerhold::gui
