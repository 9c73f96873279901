// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "charts/accessible_items.h"

#include "charts/painted_widget.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>

#include <map>

namespace layerhold::gui {
namespace {

class AccessibleItem final : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    AccessibleItem(PaintedWidget* widget, int item)
        : m_widget(widget)
        , m_item(item)
    {}

    int number() const { return m_item; }

    bool isValid() const override { return m_widget && m_item < m_widget->itemCount(); }

    QObject* object() const override { return nullptr; }

    QWindow* window() const override { return m_widget ? m_widget->window()->windowHandle() : nullptr; }

    QAccessibleInterface* childAt(int, int) const override { return nullptr; }

    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_widget.data()); }

    QAccessibleInterface* child(int) const override { return nullptr; }

    int childCount() const override { return 0; }

    int indexOfChild(const QAccessibleInterface*) const override { return -1; }

    QAccessible::Role role() const override { return QAccessible::ListItem; }

    QString text(QAccessible::Text kind) const override
    {
        if (!isValid()) {
            return {};
        }
        switch (kind) {
        case QAccessible::Name:
            return m_widget->itemName(m_item);
        case QAccessible::Value:
        case QAccessible::Description:
            return m_widget->itemValue(m_item);
        default:
            return {};
        }
    }

    void setText(QAccessible::Text, const QString&) override {}

    QRect rect() const override
    {
        if (!isValid()) {
            return {};
        }
        const QRect place = m_widget->itemRect(m_item);
        return place.isEmpty() ? QRect() : QRect(m_widget->mapToGlobal(place.topLeft()), place.size());
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        const bool isCurrent = m_widget->currentItem() == m_item;
        state.focusable = true;
        state.selectable = true;
        state.selected = m_widget->isItemSelected(m_item);
        state.focused = isCurrent && m_widget->hasFocus();
        state.invisible = !m_widget->isVisible();
        state.offscreen = m_widget->itemRect(m_item).isEmpty();
        return state;
    }

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }

    QStringList actionNames() const override { return {setFocusAction(), pressAction()}; }

    QStringList keyBindingsForAction(const QString&) const override { return {}; }

    void doAction(const QString& action) override
    {
        if (!isValid()) {
            return;
        }
        m_widget->setFocus(Qt::OtherFocusReason);
        m_widget->setCurrentItem(m_item);
        if (action == pressAction()) {
            emit m_widget->itemActivated(m_item);
        }
    }

private:
    QPointer<PaintedWidget> m_widget;
    int m_item;
};

class AccessibleItems final : public QAccessibleWidget
{
public:
    explicit AccessibleItems(PaintedWidget* widget)
        : QAccessibleWidget(widget, QAccessible::List)
    {}

    ~AccessibleItems() override
    {
        for (const auto& [item, id] : m_children) {
            QAccessible::deleteAccessibleInterface(id);
        }
    }

    int childCount() const override { return painted()->itemCount(); }

    QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount()) {
            return nullptr;
        }
        const auto known = m_children.find(index);
        if (known != m_children.end()) {
            return QAccessible::accessibleInterface(known->second);
        }
        auto* made = new AccessibleItem(painted(), index);
        m_children.emplace(index, QAccessible::registerAccessibleInterface(made));
        return made;
    }

    int indexOfChild(const QAccessibleInterface* child) const override
    {
        const auto* item = dynamic_cast<const AccessibleItem*>(child);
        return item ? item->number() : -1;
    }

    QAccessibleInterface* childAt(int x, int y) const override
    {
        return child(painted()->itemAt(painted()->mapFromGlobal(QPoint(x, y))));
    }

    QAccessibleInterface* focusChild() const override
    {
        return painted()->hasFocus() ? child(painted()->currentItem()) : nullptr;
    }

    QString text(QAccessible::Text kind) const override
    {
        if (kind == QAccessible::Value && childCount() > 0) {
            QAccessibleInterface* current = child(painted()->currentItem());
            return current ? current->text(QAccessible::Name) + QLatin1String(": ") + current->text(QAccessible::Value)
                           : QString();
        }
        return QAccessibleWidget::text(kind);
    }

private:
    PaintedWidget* painted() const { return static_cast<PaintedWidget*>(widget()); }

    mutable std::map<int, QAccessible::Id> m_children;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object)
{
    auto* widget = qobject_cast<PaintedWidget*>(object);
    return widget ? new AccessibleItems(widget) : nullptr;
}

} // namespace

void installAccessibleItems()
{
    QAccessible::installFactory(makeInterface);
}

void announceFocus(PaintedWidget& widget, int item)
{
    if (QAccessible::isActive()) {
        QAccessibleEvent event(&widget, QAccessible::Focus);
        event.setChild(item);
        QAccessible::updateAccessibility(&event);
    }
}

void announceItemsReplaced(PaintedWidget& widget)
{
    if (QAccessible::isActive()) {
        QAccessibleEvent event(&widget, QAccessible::ObjectReorder);
        QAccessible::updateAccessibility(&event);
    }
}

} // namespace layerhold::gui
