// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/dialogs/keys_dialog.h"

#include "widgets/icons.h"
#include "widgets/standard_actions.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace layerhold::gui {

QString keysText(const QList<QKeySequence>& keys)
{
    QStringList texts;
    for (const QKeySequence& key : keys)
        texts.append(key.toString(QKeySequence::NativeText));
    return texts.join(QStringLiteral(", "));
}

KeysDialog::KeysDialog(const Actions& actions, QWidget* parent)
    : QDialog(parent)
    , m_list(new QTreeWidget(this))
{
    setObjectName(QStringLiteral("keysDialog"));
    setWindowTitle(tr("Keys and help"));
    resize(620, 560);
    auto* search = new QLineEdit(this);
    search->setPlaceholderText(tr("Search"));
    search->setAccessibleName(tr("Search the keys"));
    search->setClearButtonEnabled(true);
    m_list->setAccessibleName(tr("Actions and their keys"));
    m_list->setHeaderLabels({tr("Action"), tr("Menu"), tr("Keys")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAlternatingRowColors(true);
    for (const ActionSpec& spec : actions.all()) {
        auto* row = new QTreeWidgetItem({plainActionText(spec.text), plainActionText(menuTitle(spec.menu)),
                                         keysText(actions.action(spec.id)->shortcuts())});
        if (!spec.icon.isEmpty())
            row->setIcon(0, icon(spec.icon));
        m_list->addTopLevelItem(row);
    }
    m_list->header()->resizeSection(0, 280);
    m_list->header()->resizeSection(1, 100);
    auto* more =
        new QLabel(tr("Single letters work in tables and charts only. Shift+Del does nothing, so that no reflex "
                      "destroys anything. Every action is in the command palette, Ctrl+K.\n"
                      "More: man layerhold-gui, man layerhold."),
                   this);
    more->setTextFormat(Qt::PlainText);
    more->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(search, &QLineEdit::textChanged, this, &KeysDialog::filter);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(search);
    layout->addWidget(m_list, 1);
    layout->addWidget(more);
    layout->addWidget(buttons);
}

void KeysDialog::filter(const QString& text)
{
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        QTreeWidgetItem* item = m_list->topLevelItem(row);
        const QString all = item->text(0) + QLatin1Char(' ') + item->text(1) + QLatin1Char(' ') + item->text(2);
        item->setHidden(!all.contains(text, Qt::CaseInsensitive));
    }
}

} // namespace layerhold::gui
