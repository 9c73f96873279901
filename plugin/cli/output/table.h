// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace layerhold::cli {

/// A table for people: columns as wide as their widest cell, two spaces apart, nothing after the last.
class Table
{
public:
    enum class Align
    {
        Left,
        Right
    };

    struct Column
    {
        std::string title;
        Align align = Align::Left;
    };

    explicit Table(std::vector<Column> columns);

    /// One cell per column; cells are neutralised here.
    void add(const std::vector<std::string>& cells);

    bool isEmpty() const { return m_rows.empty(); }

    std::size_t rows() const { return m_rows.size(); }

    /// Lines without their ends; the first is the head.
    std::vector<std::string> lines() const;

    /// Ends the rows but keeps the column widths, so that a long stream can be printed in batches.
    void clear() { m_rows.clear(); }

private:
    std::string line(const std::vector<std::string>& cells) const;

    std::vector<Column> m_columns;
    std::vector<std::size_t> m_widths;
    std::vector<std::vector<std::string>> m_rows;
};

/// "name: value" lines with the values below each other.
class Fields
{
public:
    void add(const std::string& name, const std::string& value);
    std::vector<std::string> lines() const;

private:
    std::vector<std::pair<std::string, std::string>> m_fields;
};

} // namespace layerhold::cli
