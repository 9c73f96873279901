// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/output/output.h"

#include <vector>

namespace layerhold::cli {

/// A list that comes in batches: for people a table, whose columns get their width from the first batch and only grow,
/// for programs a line of JSON for each element.
class Listing
{
public:
    Listing(const Output& output, std::vector<Table::Column> columns);

    /// Prints one batch. `cells` makes the row of an element.
    template <class Elements, class Cells>
    void add(const Elements& elements, Cells&& cells)
    {
        for (const auto& element : elements) {
            if (m_output.isJson())
                m_output.jsonLine(toJson(element));
            else
                m_table.add(cells(element));
            m_isEmpty = false;
        }
        printRows();
    }

    bool isEmpty() const { return m_isEmpty; }

private:
    void printRows();

    Output m_output;
    Table m_table;
    bool m_isEmpty = true;
    bool m_isHeadPrinted = false;
};

} // namespace layerhold::cli
