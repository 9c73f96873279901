// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "charts/look.h"

#include <QString>
#include <QWidget>

namespace layerhold::gui {

/// A widget that paints things one can point at: its *items*, numbered from 0. They are the same for eyes, for keys and
/// for assistive technology (accessible_items.h): each has a name, a value and a place, and one at a time is current.
/// Texts of items are plain.
class PaintedWidget : public QWidget
{
    Q_OBJECT

public:
    static constexpr int noItem = -1;

    explicit PaintedWidget(QWidget* parent = nullptr);
    ~PaintedWidget() override;

    virtual int itemCount() const = 0;
    virtual QString itemName(int item) const = 0;
    virtual QString itemValue(int item) const = 0;
    /// In coordinates of the widget; empty where it is not to be seen.
    virtual QRect itemRect(int item) const = 0;
    /// The topmost one there; noItem: none.
    virtual int itemAt(const QPointF& position) const;
    /// Several lines, plain text.
    virtual QString itemToolTip(int item) const;

    /// For assistive technology; where nothing can be selected the current one is.
    virtual bool isItemSelected(int item) const { return item == m_current; }

    /// For whoever presses Escape; false: nothing was selected.
    virtual bool clearSelection() { return false; }

    int currentItem() const { return m_current; }

    void setCurrentItem(int item);

    /// What stands in place of a picture there is no data for ("not reported by this server"); empty: the picture.
    void setNotice(const QString& notice);

    const QString& notice() const { return m_notice; }

signals:
    void currentItemChanged(int item);
    /// Enter or a double click.
    void itemActivated(int item);

protected:
    const Look& look() const { return lookFor(palette()); }

    /// What was painted before is of another palette, font or size of pixels, or a notice stands in its place.
    virtual void dropCaches() {}

    /// To be called after the items are other ones; `current` is which of them is current now.
    void itemsReplaced(int current = noItem);

    /// Paints the background, and the notice when there is one; then true: nothing else is to be painted.
    bool paintBackground(QPainter& painter);
    /// A ring that is seen on every colour.
    void paintRing(QPainter& painter, const QRectF& around) const;

    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void announceCurrent();

    QString m_notice;
    int m_current = noItem;
};

} // namespace layerhold::gui
