// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractButton>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QStringList>
#include <QStyle>
#include <QStyleOptionComboBox>

namespace layerhold::gui::test {

/// What of the texts of buttons, labels, boxes and headers has not the room that it asks for.
inline QString clippedIn(const QWidget& top)
{
    QStringList clipped;
    for (const QAbstractButton* button : top.findChildren<QAbstractButton*>())
        if (button->isVisible() && !button->text().isEmpty() &&
            (button->width() < button->sizeHint().width() || button->height() < button->sizeHint().height()))
            clipped += button->text();
    for (const QLabel* label : top.findChildren<QLabel*>()) {
        if (!label->isVisible() || label->text().isEmpty())
            continue;
        const bool isTooLow =
            label->height() < (label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height());
        if (isTooLow || (!label->wordWrap() && label->width() < label->sizeHint().width()))
            clipped += label->text();
    }
    for (const QComboBox* box : top.findChildren<QComboBox*>()) {
        QStyleOptionComboBox option;
        option.initFrom(box);
        const QRect field =
            box->style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, box);
        if (box->isVisible() && field.width() < box->fontMetrics().horizontalAdvance(box->currentText()))
            clipped += box->currentText();
    }
    for (const QHeaderView* header : top.findChildren<QHeaderView*>())
        for (int section = 0; header->isVisible() && section < header->count(); ++section)
            if (const QString title = header->model()->headerData(section, header->orientation()).toString();
                !header->isSectionHidden(section) &&
                header->sectionSize(section) < header->fontMetrics().horizontalAdvance(title))
                clipped += title;
    return clipped.join(QLatin1Char('\n'));
}

} // namespace layerhold::gui::test
