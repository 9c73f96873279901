// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/page_state.h"

#include <QTimer>
#include <QWidget>

class QStackedWidget;
class QVBoxLayout;

namespace layerhold::gui {

class StateMessage;
class StateStrip;

/// Holds the content of a page and tells what state it is in: by a strip above the content when there is something to
/// show, else in its place. What the connection is in (setConnection) goes before what the page says (show); only that
/// there is a snapshot is told beside what the page has to say.
class StatePane final : public QWidget
{
    Q_OBJECT

public:
    /// `format` outlives the pane.
    explicit StatePane(const Format& format, QWidget* parent = nullptr);

    /// Takes ownership, once.
    void setContent(QWidget* content);

    void show(PageState state);
    using QWidget::show;
    /// Unset: nothing hinders the page. Stale without data that was loaded before is told in place of the content.
    void setConnection(std::optional<PageState> state);

    /// Unset: nothing hinders the page.
    const std::optional<PageState>& connection() const { return m_connection; }

    /// What is told now.
    const PageState& state() const;
    StateWords words() const;

signals:
    /// Copying the command is done already when this comes.
    void pressed(layerhold::gui::StateButton button);
    void changed();

private:
    void update();
    void onPressed(StateButton button);
    bool isSnapshot() const;

    const Format& m_format;
    PageState m_own;
    std::optional<PageState> m_connection;
    QStackedWidget* m_stack;
    QWidget* m_content;
    StateStrip* m_strip;
    StateMessage* m_message;
    QTimer m_ticks; ///< while what is told changes with time
};

} // namespace layerhold::gui
