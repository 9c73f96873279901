// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/command_palette.h"

#include "models/plain_text.h"
#include "widgets/icons.h"
#include "widgets/standard_actions.h"
#include "widgets/two_part_delegate.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

#include <algorithm>

namespace layerhold::gui {

namespace {

constexpr std::size_t mostEntities = 50;
constexpr int longestQuery = 200;
constexpr QSize usualSize{640, 420};

QStringList wordsOf(const QString& query)
{
    return query.toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

PaletteModel::PaletteModel(const AppContext& context, QObject* parent)
    : QAbstractListModel(parent)
    , m_context(context)
{}

std::vector<PaletteModel::Row> PaletteModel::actionRows(const QStringList& words) const
{
    const Actions& actions = m_context.actions();
    std::vector<Row> rows;
    std::vector<Row> further; ///< that only the menu's name matches
    for (const ActionSpec& spec : actions.all()) {
        const QString text = plainActionText(spec.text);
        const QString menu = plainActionText(menuTitle(spec.menu));
        const QString small = text.toLower();
        const QString all = small + QLatin1Char(' ') + menu.toLower();
        const auto isIn = [](const QString& where) {
            return [&where](const QString& word) { return where.contains(word); };
        };
        if (!std::ranges::all_of(words, isIn(all)))
            continue;
        const QString reason = actions.reason(spec.id);
        const QList<QKeySequence> keys = actions.action(spec.id)->shortcuts();
        QString detail = menu;
        if (!reason.isEmpty())
            detail = reason;
        else if (!keys.isEmpty())
            detail = menu + QStringLiteral("  ·  ") + keys.first().toString(QKeySequence::NativeText);
        auto& place = std::ranges::all_of(words, isIn(small)) ? rows : further;
        place.push_back(
            {.text = text, .detail = detail, .icon = spec.icon, .action = spec.id, .isEnabled = reason.isEmpty()});
    }
    rows.insert(rows.end(), further.begin(), further.end());
    std::stable_partition(rows.begin(), rows.end(), [](const Row& row) { return row.isEnabled; });
    return rows;
}

void PaletteModel::find(const QString& query)
{
    const QStringList words = wordsOf(query);
    std::vector<Row> rows = actionRows(words);
    if (!words.isEmpty()) {
        for (const PaletteSource* source : m_context.paletteSources())
            for (const PaletteEntity& entity : source->find(words, mostEntities))
                rows.push_back({.text = plainText(entity.text),
                                .detail = plainText(entity.detail),
                                .icon = entity.icon,
                                .action = {},
                                .entity = entity});
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

bool PaletteModel::run(int row, AppContext& context) const
{
    const Row chosen = m_rows.at(static_cast<std::size_t>(row));
    if (!chosen.isEnabled)
        return false;
    if (chosen.action.isEmpty())
        context.requestPage(chosen.entity.page, chosen.entity.entity);
    else
        context.actions().action(chosen.action)->trigger();
    return true;
}

int PaletteModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.text;
    case Qt::DecorationRole:
        return row.icon.isEmpty() ? QIcon() : icon(row.icon);
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2").arg(row.text, row.detail);
    case Qt::ToolTipRole:
        return literalToolTip(row.text + QLatin1Char('\n') + row.detail);
    case DetailRole:
        return row.detail;
    case EnabledRole:
        return row.isEnabled;
    default:
        return {};
    }
}

CommandPalette::CommandPalette(AppContext& context, QWidget* parent)
    : QDialog(parent)
    , m_context(context)
    , m_model(context)
    , m_query(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_hint(new QLabel(this))
{
    setObjectName(QStringLiteral("commandPalette"));
    setWindowTitle(tr("Command palette"));
    setModal(true);
    m_query->setPlaceholderText(tr("Actions, pages, images, tags, digests…"));
    m_query->setAccessibleName(tr("What to do or find"));
    m_query->setClearButtonEnabled(true);
    m_query->setMaxLength(longestQuery);
    m_list->setModel(&m_model);
    m_list->setAccessibleName(tr("What was found"));
    m_list->setItemDelegate(new TwoPartDelegate(PaletteModel::DetailRole, PaletteModel::EnabledRole, this));
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_hint->setText(tr("Enter does it, Esc closes."));
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_query);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_hint);
    resize(usualSize);
    m_query->installEventFilter(this);
    connect(m_query, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_model.find(text);
        m_list->setCurrentIndex(m_model.index(0));
        m_hint->setText(m_model.rowCount() > 0 ? tr("Enter does it, Esc closes.")
                                               : tr("Nothing has all of these words."));
    });
    connect(m_list, &QListView::clicked, this, &CommandPalette::runCurrent);
}

void CommandPalette::openFresh()
{
    m_context.actions().update();
    m_query->clear();
    m_model.find(QString());
    m_list->setCurrentIndex(m_model.index(0));
    if (const QWidget* over = parentWidget())
        move(over->mapToGlobal(QPoint((over->width() - width()) / 2, over->height() / 8)));
    open();
    m_query->setFocus();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_query && event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        switch (key->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
            QCoreApplication::sendEvent(m_list, event);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            runCurrent();
            return true;
        default:
            break;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void CommandPalette::runCurrent()
{
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid())
        return;
    if (!current.data(PaletteModel::EnabledRole).toBool()) {
        m_hint->setText(current.data(PaletteModel::DetailRole).toString());
        return;
    }
    // Closed first, so that what is done has the window in front.
    accept();
    m_model.run(current.row(), m_context);
}

} // namespace layerhold::gui
