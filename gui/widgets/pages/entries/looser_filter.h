// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/entry_columns.h"
#include "models/entry_filter.h"

#include <QFutureWatcher>
#include <QObject>

#include <stop_token>

namespace layerhold::gui {

/// A filter that shows something, near to one that shows nothing.
struct LooserFilter
{
    EntryFilter filter;
    std::uint64_t count = 0; ///< of what it shows; 0: there is none
};

/// Leaves out one term, or where that is not enough one more, the last first; of those that show something the one that
/// shows the least. Takes a while: for workers. Stopped, it returns what it has.
LooserFilter findLooserFilter(const EntryFilter& filter, const EntryColumns& columns, Moment now,
                              const std::stop_token& stop);

/// Looks for one in a worker; a new search ends the former.
class LooserFilterSearch final : public QObject
{
    Q_OBJECT

public:
    explicit LooserFilterSearch(QObject* parent = nullptr);
    ~LooserFilterSearch() override;

    void start(const EntryFilter& filter, EntryColumns columns, Moment now);
    void cancel();

signals:
    void found(const layerhold::gui::LooserFilter& looser);

private:
    QFutureWatcher<LooserFilter> m_worker;
    std::stop_source m_stop;
};

} // namespace layerhold::gui
