// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>
#include <map>
#include <vector>

class QWidget;

namespace layerhold::gui {

/// Where the keys of an action work.
enum class KeyScope
{
    Window, ///< anywhere in the window
    View    ///< only while a view that it is attached to has the focus: never in a text field
};

/// The menu that an action is in; Entry is the context menu of tables and maps as well.
enum class ActionMenu
{
    File,
    View,
    Go,
    Entry,
    Cleanup,
    Tools,
    Help
};

struct ActionSpec
{
    QString id = {}; ///< "menu.name", for settings and code
    QString text = {};
    QString icon = {}; ///< of icons.h; empty: none
    ActionMenu menu = ActionMenu::Entry;
    QList<QKeySequence> keys = {};
    KeyScope scope = KeyScope::Window;
    bool startsGroup = false; ///< a line is drawn above it in its menu
};

/// All that can be done, once: menus, tool bar, context menus, palette and the list of shortcuts are made from it.
/// What an action does is bound by the window for the whole app, or by a page for the time that it is in front.
class Actions final : public QObject
{
    Q_OBJECT

public:
    using Run = std::function<void()>;
    /// Why it cannot be done now, as a sentence; empty: it can.
    using WhyNot = std::function<QString()>;

    using QObject::QObject;

    /// Refuses (fatally: it is a fault of the program) an id that is there, a key that another action has, and
    /// Shift+Del.
    QAction* add(const ActionSpec& spec);

    /// The action of an id that was added.
    QAction* action(const QString& id) const;
    /// All, in the order of adding.
    const std::vector<ActionSpec>& all() const;

    /// What it does while `owner` is in front: a page, or the window for whatever the page in front does not bind. It
    /// holds for as long as the owner lives. A later binding of the same owner replaces the former.
    void bind(const QString& id, QObject* owner, Run run, WhyNot whyNot = {});
    /// The page whose bindings are in force before those of `fallback`.
    void setFront(QObject* page, QObject* fallback);
    /// Asks every action anew whether it can be done: call it when a selection or the connection has changed.
    void update();
    /// For all that needs the service, before its own reason: why nothing can be done (no connection); empty: it can.
    void setServiceReason(const QString& reason);
    /// The ids that need the service.
    void setNeedsService(const QStringList& ids);
    /// For all that changes the cache: why nothing may be changed (a snapshot is shown); empty: it may.
    void setReadOnlyReason(const QString& reason);
    /// The ids that change the cache, or prepare to.
    void setChangesCache(const QStringList& ids);

    /// Why it is disabled; empty when it is not.
    QString reason(const QString& id) const;

    /// Lets the keys of scope View work while `view` has the focus.
    void attachTo(QWidget* view);

    /// Another key. Refused with a sentence when one of them is taken or reserved; then nothing changes.
    QString setKeys(const QString& id, const QList<QKeySequence>& keys);
    QList<QKeySequence> defaultKeys(const QString& id) const;

signals:
    void updated();

private:
    struct Binding
    {
        QObject* owner = nullptr;
        Run run;
        WhyNot whyNot;
    };

    struct Entry
    {
        QAction* action = nullptr;
        std::size_t index = 0; ///< in m_specs
        std::vector<Binding> bindings;
        QString reason;
        bool needsService = false;
        bool changesCache = false;
    };

    const Binding* bindingInForce(const Entry& entry) const;
    void update(Entry& entry);
    void forget(QObject* owner);
    QString whyRefused(const QString& id, const QList<QKeySequence>& keys) const;

    std::vector<ActionSpec> m_specs;
    std::map<QString, Entry> m_entries;
    std::vector<QObject*> m_owners; ///< whose end is watched
    QObject* m_page = nullptr;
    QObject* m_fallback = nullptr;
    QString m_serviceReason;
    QString m_readOnlyReason;
};

/// Without the mnemonic: "&Open…" → "Open…".
QString plainActionText(const QString& text);

} // namespace layerhold::gui
