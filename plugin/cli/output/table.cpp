// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/output/table.h"

#include "cli/output/text.h"

#include <algorithm>

namespace layerhold::cli {

Table::Table(std::vector<Column> columns)
    : m_columns(std::move(columns))
{
    for (const Column& column : m_columns)
        m_widths.push_back(displayWidth(column.title));
}

void Table::add(const std::vector<std::string>& cells)
{
    std::vector<std::string>& row = m_rows.emplace_back();
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        row.push_back(neutralise(cells.at(i)));
        m_widths[i] = std::max(m_widths[i], displayWidth(row.back()));
    }
}

std::vector<std::string> Table::lines() const
{
    std::vector<std::string> titles;
    for (const Column& column : m_columns)
        titles.push_back(column.title);
    std::vector<std::string> all{line(titles)};
    for (const std::vector<std::string>& row : m_rows)
        all.push_back(line(row));
    return all;
}

std::string Table::line(const std::vector<std::string>& cells) const
{
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string padding(m_widths[i] - displayWidth(cells[i]), ' ');
        const bool right = m_columns[i].align == Align::Right;
        text += right ? padding + cells[i] : cells[i] + padding;
        text += "  ";
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

void Fields::add(const std::string& name, const std::string& value)
{
    m_fields.emplace_back(name, neutralise(value));
}

std::vector<std::string> Fields::lines() const
{
    std::size_t width = 0;
    for (const auto& [name, value] : m_fields)
        width = std::max(width, displayWidth(name));
    std::vector<std::string> all;
    for (const auto& [name, value] : m_fields)
        all.push_back((name + ':').append(width - displayWidth(name) + 2, ' ').append(value));
    return all;
}

} // namespace layerhold::cli
