// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/output/listing.h"

#include <utility>

namespace layerhold::cli {

Listing::Listing(const Output& output, std::vector<Table::Column> columns)
    : m_output(output)
    , m_table(std::move(columns))
{}

void Listing::printRows()
{
    if (m_table.isEmpty())
        return;
    if (m_isHeadPrinted)
        m_output.tableRows(m_table);
    else
        m_output.table(m_table);
    m_isHeadPrinted = true;
    m_table.clear();
}

} // namespace layerhold::cli
