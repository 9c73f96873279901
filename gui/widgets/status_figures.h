// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QWidget>

#include <map>

class QHBoxLayout;
class QToolButton;

namespace layerhold::gui {

/// One figure of the status bar.
struct StatusFigure
{
    QString text = {}; ///< empty: it is not known, and not shown
    QString tip = {};  ///< its definition and age
    QString icon = {};
    QString page = {}; ///< where a click leads; empty: nowhere
};

/// The figures of the status bar, each a button that leads to its page.
class StatusFigures final : public QWidget
{
    Q_OBJECT

public:
    explicit StatusFigures(QWidget* parent = nullptr);

    /// `id`: connection, space, trash, jobs, selection; they stand in the order of their first setting.
    void set(const QString& id, const StatusFigure& figure);
    QToolButton* button(const QString& id) const; ///< nullptr: never set

signals:
    void pressed(const QString& id, const QString& page);

private:
    struct Place
    {
        QToolButton* button = nullptr;
        QString page = {};
    };

    QHBoxLayout* m_layout;
    std::map<QString, Place> m_places;
};

} // namespace layerhold::gui
