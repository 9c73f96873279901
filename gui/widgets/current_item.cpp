// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/current_item.h"

namespace layerhold::gui {

namespace {

constexpr std::size_t longestHistory = 100;
const Item noItem;

} // namespace

const Item& CurrentItem::item() const
{
    return m_history.empty() ? noItem : m_history[m_position];
}

void CurrentItem::set(const Item& item)
{
    if (item == this->item())
        return;
    if (!m_history.empty())
        m_history.resize(m_position + 1);
    if (m_history.size() == longestHistory)
        m_history.erase(m_history.begin());
    m_history.push_back(item);
    m_position = m_history.size() - 1;
    emit changed(item);
}

bool CurrentItem::canGoBack() const
{
    return m_position > 0;
}

bool CurrentItem::canGoForward() const
{
    return m_position + 1 < m_history.size();
}

void CurrentItem::goBack()
{
    if (!canGoBack())
        return;
    --m_position;
    emit changed(item());
    emit revisited(item());
}

void CurrentItem::goForward()
{
    if (!canGoForward())
        return;
    ++m_position;
    emit changed(item());
    emit revisited(item());
}

void CurrentItem::clear()
{
    m_history.clear();
    m_position = 0;
    emit changed(noItem);
}

} // namespace layerhold::gui
