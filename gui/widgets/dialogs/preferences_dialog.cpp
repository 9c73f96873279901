// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/dialogs/preferences_dialog.h"

#include "widgets/dialogs/keys_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace layerhold::gui {

namespace {

constexpr int idRole = Qt::UserRole;
const QKeySequence reservedKey{Qt::SHIFT | Qt::Key_Delete};

QComboBox* choice(const QString& name, const QStringList& texts, int current, QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setAccessibleName(name);
    box->addItems(texts);
    box->setCurrentIndex(current);
    return box;
}

QStringList portable(const QList<QKeySequence>& keys)
{
    QStringList texts;
    for (const QKeySequence& key : keys)
        texts.append(key.toString(QKeySequence::PortableText));
    return texts;
}

} // namespace

PreferencesDialog::PreferencesDialog(AppContext& context, QWidget* parent)
    : QDialog(parent)
    , m_context(context)
    , m_preferences(context.settings().preferences())
{
    setObjectName(QStringLiteral("preferencesDialog"));
    setWindowTitle(tr("Preferences"));
    resize(560, 480);
    auto* tabs = new QTabWidget(this);
    tabs->setAccessibleName(windowTitle());
    tabs->tabBar()->setAccessibleName(tr("Preferences"));
    tabs->addTab(makeGeneral(), tr("General"));
    tabs->addTab(makeKeys(), tr("Keys"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    connect(buttons, &QDialogButtonBox::accepted, this, &PreferencesDialog::take);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(tabs);
    layout->addWidget(buttons);
}

QWidget* PreferencesDialog::makeGeneral()
{
    auto* page = new QWidget(this);
    m_theme = choice(tr("Look"), {tr("As the desktop"), tr("Light"), tr("Dark")}, static_cast<int>(m_preferences.theme),
                     page);
    m_units = choice(tr("Units"), {tr("KiB, MiB, GiB (1024)"), tr("kB, MB, GB (1000), as docker prints")},
                     static_cast<int>(m_preferences.units), page);
    m_times = choice(tr("Times"), {tr("Relative: 3 h ago"), tr("ISO: 2026-03-02T10:42:07+01:00")},
                     static_cast<int>(m_preferences.moments), page);
    m_notifies = new QCheckBox(tr("When work of more than 10 seconds ends and the window is not in front"), page);
    m_notifies->setChecked(m_preferences.notifies);
    auto* form = new QFormLayout(page);
    form->addRow(tr("Look:"), m_theme);
    form->addRow(tr("Units:"), m_units);
    form->addRow(tr("Times:"), m_times);
    form->addRow(tr("Notify:"), m_notifies);
    return page;
}

QWidget* PreferencesDialog::makeKeys()
{
    auto* page = new QWidget(this);
    m_actions = new QTreeWidget(page);
    m_actions->setAccessibleName(tr("Actions"));
    m_actions->setHeaderLabels({tr("Action"), tr("Keys")});
    m_actions->setRootIsDecorated(false);
    m_actions->setUniformRowHeights(true);
    for (const ActionSpec& spec : m_context.actions().all()) {
        auto* row = new QTreeWidgetItem({plainActionText(spec.text), keysText(keysOf(spec.id))});
        row->setData(0, idRole, spec.id);
        m_actions->addTopLevelItem(row);
    }
    m_actions->header()->resizeSection(0, 300);
    m_key = new QKeySequenceEdit(page);
    m_key->setAccessibleName(tr("New key"));
    // The field inside is what has the focus.
    for (auto* field : m_key->findChildren<QLineEdit*>())
        field->setAccessibleName(tr("New key"));
    auto* reset = new QPushButton(tr("Usual keys"), page);
    m_problem = new QLabel(page);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    auto* line = new QHBoxLayout;
    line->addWidget(new QLabel(tr("New key:"), page));
    line->addWidget(m_key, 1);
    line->addWidget(reset);
    auto* layout = new QVBoxLayout(page);
    layout->addWidget(m_actions, 1);
    layout->addLayout(line);
    layout->addWidget(m_problem);
    connect(m_actions, &QTreeWidget::currentItemChanged, this, &PreferencesDialog::showKeyOfCurrent);
    connect(m_key, &QKeySequenceEdit::editingFinished, this, [this] { setKeyOfCurrent(m_key->keySequence()); });
    connect(reset, &QPushButton::clicked, this, &PreferencesDialog::resetKeyOfCurrent);
    m_actions->setCurrentItem(m_actions->topLevelItem(0));
    return page;
}

QString PreferencesDialog::currentId() const
{
    const QTreeWidgetItem* row = m_actions->currentItem();
    return row ? row->data(0, idRole).toString() : QString();
}

QList<QKeySequence> PreferencesDialog::keysOf(const QString& id) const
{
    const auto own = m_preferences.keys.find(id);
    if (own == m_preferences.keys.end())
        return m_context.actions().defaultKeys(id);
    QList<QKeySequence> keys;
    for (const QString& key : *own)
        keys.append(QKeySequence::fromString(key, QKeySequence::PortableText));
    return keys;
}

void PreferencesDialog::showKeyOfCurrent()
{
    const QList<QKeySequence> keys = keysOf(currentId());
    m_key->setKeySequence(keys.isEmpty() ? QKeySequence() : keys.first());
    m_problem->clear();
}

void PreferencesDialog::setKeyOfCurrent(const QKeySequence& key)
{
    const QString id = currentId();
    if (id.isEmpty() || keysOf(id).value(0) == key)
        return;
    if (key == reservedKey) {
        m_problem->setText(tr("Shift+Del is reserved, so that no reflex destroys anything."));
        return;
    }
    for (const ActionSpec& other : m_context.actions().all()) {
        if (other.id != id && !key.isEmpty() && keysOf(other.id).contains(key)) {
            m_problem->setText(
                tr("%1 is the key of “%2”.").arg(key.toString(QKeySequence::NativeText), plainActionText(other.text)));
            return;
        }
    }
    m_problem->clear();
    const QList<QKeySequence> keys = key.isEmpty() ? QList<QKeySequence>{} : QList{key};
    m_preferences.keys[id] = portable(keys);
    m_actions->currentItem()->setText(1, keysText(keys));
}

void PreferencesDialog::resetKeyOfCurrent()
{
    const QString id = currentId();
    const QList<QKeySequence> usual = m_context.actions().defaultKeys(id);
    for (const ActionSpec& other : m_context.actions().all()) {
        for (const QKeySequence& key : usual) {
            if (other.id != id && keysOf(other.id).contains(key)) {
                m_problem->setText(tr("%1 is the key of “%2”.")
                                       .arg(key.toString(QKeySequence::NativeText), plainActionText(other.text)));
                return;
            }
        }
    }
    m_preferences.keys.remove(id);
    m_actions->currentItem()->setText(1, keysText(usual));
    showKeyOfCurrent();
}

void PreferencesDialog::take()
{
    m_preferences.theme = static_cast<ThemeChoice>(m_theme->currentIndex());
    m_preferences.units = static_cast<ByteUnits>(m_units->currentIndex());
    m_preferences.moments = static_cast<MomentStyle>(m_times->currentIndex());
    m_preferences.notifies = m_notifies->isChecked();
    m_context.setPreferences(m_preferences);
    accept();
}

} // namespace layerhold::gui
