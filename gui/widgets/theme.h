// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/settings.h"

#include <QObject>
#include <QString>

class QApplication;

namespace layerhold::gui {

/// Style and palette of the whole app. System leaves both to the desktop and follows when it changes; Light and Dark
/// are Fusion with our palettes. Whoever paints asks lookFor() with its own palette and needs nothing of this.
class Theme final : public QObject
{
    Q_OBJECT

public:
    explicit Theme(QApplication& app);

    void apply(ThemeChoice choice);
    ThemeChoice choice() const;

signals:
    /// Another palette holds, by choice or by the desktop.
    void changed();

private:
    bool eventFilter(QObject* watched, QEvent* event) override;

    QApplication& m_app;
    QString m_systemStyle;
    ThemeChoice m_choice = ThemeChoice::System;
};

} // namespace layerhold::gui
