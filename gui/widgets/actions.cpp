// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/actions.h"

#include "models/plain_text.h"
#include "widgets/icons.h"

#include <QWidget>

#include <algorithm>

namespace layerhold::gui {

namespace {

/// No reflex of other programs is to destroy anything here.
const QKeySequence reservedKey{Qt::SHIFT | Qt::Key_Delete};

QString withKeys(const QString& text, const QList<QKeySequence>& keys)
{
    if (keys.isEmpty())
        return text;
    return QStringLiteral("%1 (%2)").arg(text, keys.first().toString(QKeySequence::NativeText));
}

} // namespace

QString plainActionText(const QString& text)
{
    QString plain = text;
    return plain.remove(QLatin1Char('&'));
}

QAction* Actions::add(const ActionSpec& spec)
{
    if (m_entries.contains(spec.id))
        qFatal("action %s is there already", qUtf8Printable(spec.id));
    if (const QString refused = whyRefused(spec.id, spec.keys); !refused.isEmpty())
        qFatal("action %s: %s", qUtf8Printable(spec.id), qUtf8Printable(refused));
    auto* action = new QAction(spec.text, this);
    action->setObjectName(spec.id);
    if (!spec.icon.isEmpty())
        action->setIcon(icon(spec.icon));
    action->setShortcuts(spec.keys);
    action->setShortcutContext(spec.scope == KeyScope::View ? Qt::WidgetShortcut : Qt::WindowShortcut);
    action->setMenuRole(QAction::NoRole);
    m_specs.push_back(spec);
    Entry& entry = m_entries[spec.id];
    entry.action = action;
    entry.index = m_specs.size() - 1;
    connect(action, &QAction::triggered, this, [this, id = spec.id] {
        const Binding* binding = bindingInForce(m_entries.at(id));
        if (binding)
            // A copy: what it does may end its owner, and the binding with it.
            Run{binding->run}();
    });
    update(entry);
    return action;
}

QAction* Actions::action(const QString& id) const
{
    const auto found = m_entries.find(id);
    if (found == m_entries.end())
        qFatal("there is no action %s", qUtf8Printable(id));
    return found->second.action;
}

const std::vector<ActionSpec>& Actions::all() const
{
    return m_specs;
}

void Actions::bind(const QString& id, QObject* owner, Run run, WhyNot whyNot)
{
    action(id);
    Entry& entry = m_entries.at(id);
    const auto same = [owner](const Binding& binding) { return binding.owner == owner; };
    std::erase_if(entry.bindings, same);
    entry.bindings.push_back({owner, std::move(run), std::move(whyNot)});
    if (std::ranges::find(m_owners, owner) == m_owners.end()) {
        m_owners.push_back(owner);
        connect(owner, &QObject::destroyed, this, [this](QObject* gone) { forget(gone); });
    }
    update(entry);
}

void Actions::setFront(QObject* page, QObject* fallback)
{
    m_page = page;
    m_fallback = fallback;
    update();
}

void Actions::update()
{
    for (auto& [id, entry] : m_entries)
        update(entry);
    emit updated();
}

void Actions::setServiceReason(const QString& reason)
{
    if (reason == m_serviceReason)
        return;
    m_serviceReason = reason;
    update();
}

void Actions::setNeedsService(const QStringList& ids)
{
    for (const QString& id : ids) {
        action(id);
        m_entries.at(id).needsService = true;
    }
    update();
}

void Actions::setReadOnlyReason(const QString& reason)
{
    if (reason == m_readOnlyReason)
        return;
    m_readOnlyReason = reason;
    update();
}

void Actions::setChangesCache(const QStringList& ids)
{
    for (const QString& id : ids) {
        action(id);
        m_entries.at(id).changesCache = true;
    }
    update();
}

QString Actions::reason(const QString& id) const
{
    action(id);
    return m_entries.at(id).reason;
}

void Actions::attachTo(QWidget* view)
{
    for (const ActionSpec& spec : m_specs)
        if (spec.scope == KeyScope::View)
            view->addAction(m_entries.at(spec.id).action);
}

QString Actions::setKeys(const QString& id, const QList<QKeySequence>& keys)
{
    QString refused = whyRefused(id, keys);
    if (refused.isEmpty()) {
        action(id)->setShortcuts(keys);
        update(m_entries.at(id));
    }
    return refused;
}

QList<QKeySequence> Actions::defaultKeys(const QString& id) const
{
    action(id);
    return m_specs[m_entries.at(id).index].keys;
}

const Actions::Binding* Actions::bindingInForce(const Entry& entry) const
{
    for (const QObject* owner : {m_page, m_fallback})
        for (const Binding& binding : entry.bindings)
            if (owner && binding.owner == owner)
                return &binding;
    return nullptr;
}

void Actions::update(Entry& entry)
{
    const Binding* binding = bindingInForce(entry);
    if (!binding)
        entry.reason = tr("There is nothing on this page that it could be done with.");
    else if (entry.needsService && !m_serviceReason.isEmpty())
        entry.reason = m_serviceReason;
    else if (entry.changesCache && !m_readOnlyReason.isEmpty())
        entry.reason = m_readOnlyReason;
    else
        entry.reason = binding->whyNot ? binding->whyNot() : QString();
    entry.action->setEnabled(entry.reason.isEmpty());
    const QString tip = withKeys(plainActionText(entry.action->text()), entry.action->shortcuts());
    // A reason may be what a service said.
    entry.action->setToolTip(entry.reason.isEmpty() ? tip : literalToolTip(tip + QLatin1Char('\n') + entry.reason));
}

void Actions::forget(QObject* owner)
{
    std::erase(m_owners, owner);
    if (m_page == owner)
        m_page = nullptr;
    if (m_fallback == owner)
        m_fallback = nullptr;
    for (auto& [id, entry] : m_entries)
        if (std::erase_if(entry.bindings, [owner](const Binding& binding) { return binding.owner == owner; }) > 0)
            update(entry);
}

QString Actions::whyRefused(const QString& id, const QList<QKeySequence>& keys) const
{
    for (const QKeySequence& key : keys) {
        if (key == reservedKey)
            return tr("Shift+Del is reserved, so that no reflex destroys anything.");
        for (const auto& [otherId, other] : m_entries)
            if (otherId != id && other.action->shortcuts().contains(key))
                return tr("%1 is the key of “%2”.")
                    .arg(key.toString(QKeySequence::NativeText), plainActionText(other.action->text()));
    }
    return {};
}

} // namespace layerhold::gui
