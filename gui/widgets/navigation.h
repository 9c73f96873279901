// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QListWidget>

namespace layerhold::gui {

class Page;

/// The list of pages at the left: names with figures, or icons alone where room is short.
class Navigation final : public QListWidget
{
    Q_OBJECT

public:
    enum class Form
    {
        Names,
        Icons
    };

    explicit Navigation(QWidget* parent = nullptr);

    /// In the order of adding. `page` outlives its row.
    void add(Page* page);
    void setForm(Form form);
    Form form() const;

signals:
    void chosen(int row);

private:
    void showRow(int row);

    std::vector<Page*> m_pages;
    Form m_form = Form::Names;
};

} // namespace layerhold::gui
