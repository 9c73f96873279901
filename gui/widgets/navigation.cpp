// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/navigation.h"

#include "widgets/icons.h"
#include "widgets/page.h"
#include "widgets/two_part_delegate.h"

namespace layerhold::gui {

namespace {

constexpr int widthOfNames = 148;
constexpr int widthOfIcons = 38;
constexpr int badgeRole = Qt::UserRole;

} // namespace

Navigation::Navigation(QWidget* parent)
    : QListWidget(parent)
{
    setObjectName(QStringLiteral("navigation"));
    setAccessibleName(tr("Pages"));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setUniformItemSizes(true);
    setItemDelegate(new TwoPartDelegate(badgeRole, 0, this));
    setFixedWidth(widthOfNames);
    connect(this, &QListWidget::currentRowChanged, this, &Navigation::chosen);
}

void Navigation::add(Page* page)
{
    m_pages.push_back(page);
    addItem(new QListWidgetItem(icon(page->iconName()), page->title()));
    const int row = count() - 1;
    connect(page, &Page::badgeChanged, this, [this, row] { showRow(row); });
    showRow(row);
}

void Navigation::setForm(Form form)
{
    if (form == m_form)
        return;
    m_form = form;
    setFixedWidth(form == Form::Names ? widthOfNames : widthOfIcons);
    for (int row = 0; row < count(); ++row)
        showRow(row);
}

Navigation::Form Navigation::form() const
{
    return m_form;
}

void Navigation::showRow(int row)
{
    const Page& page = *m_pages[static_cast<std::size_t>(row)];
    const QString full =
        page.badge().isEmpty() ? page.title() : QStringLiteral("%1 %2").arg(page.title(), page.badge());
    QListWidgetItem* shown = item(row);
    shown->setText(m_form == Form::Names ? page.title() : QString());
    shown->setData(badgeRole, m_form == Form::Names ? page.badge() : QString());
    shown->setToolTip(full);
    shown->setData(Qt::AccessibleTextRole, full);
}

} // namespace layerhold::gui
