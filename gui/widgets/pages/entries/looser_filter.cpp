// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/entries/looser_filter.h"

#include "models/entry_matcher.h"

#include <QtConcurrent>

namespace layerhold::gui {

namespace {

/// Who typed more terms than these finds out alone.
constexpr std::size_t mostTerms = 12;
constexpr EntryId rowsBetweenStops = 65536;

std::uint64_t countOf(const EntryFilter& filter, const EntryColumns& columns, Moment now, const std::stop_token& stop)
{
    EntryMatcher matcher(filter, columns, now);
    std::uint64_t count = 0;
    for (EntryId id = 0; id < columns.size(); ++id) {
        if (id % rowsBetweenStops == 0 && stop.stop_requested())
            return 0;
        count += columns[id].isStored && matcher.matches(id) ? 1 : 0;
    }
    return count;
}

EntryFilter without(EntryFilter filter, std::size_t term)
{
    filter.terms.erase(filter.terms.begin() + static_cast<std::ptrdiff_t>(term));
    return filter;
}

} // namespace

LooserFilter findLooserFilter(const EntryFilter& filter, const EntryColumns& columns, Moment now,
                              const std::stop_token& stop)
{
    LooserFilter best;
    EntryFilter rest = filter;
    while (best.count == 0 && rest.terms.size() > 1 && rest.terms.size() <= mostTerms && !stop.stop_requested()) {
        for (std::size_t term = rest.terms.size(); term-- > 0;) {
            EntryFilter looser = without(rest, term);
            const std::uint64_t count = countOf(looser, columns, now, stop);
            if (count > 0 && (best.count == 0 || count < best.count))
                best = {std::move(looser), count};
        }
        rest.terms.pop_back();
    }
    return best;
}

LooserFilterSearch::LooserFilterSearch(QObject* parent)
    : QObject(parent)
{
    connect(&m_worker, &QFutureWatcher<LooserFilter>::finished, this, [this] {
        if (!m_worker.isCanceled() && !m_stop.stop_requested())
            emit found(m_worker.result());
    });
}

LooserFilterSearch::~LooserFilterSearch()
{
    m_stop.request_stop();
    if (m_worker.isRunning())
        m_worker.waitForFinished();
}

void LooserFilterSearch::start(const EntryFilter& filter, EntryColumns columns, Moment now)
{
    cancel();
    m_stop = std::stop_source();
    m_worker.setFuture(QtConcurrent::run([filter, columns = std::move(columns), now, stop = m_stop.get_token()] {
        return findLooserFilter(filter, columns, now, stop);
    }));
}

void LooserFilterSearch::cancel()
{
    m_stop.request_stop();
    m_worker.setFuture({});
}

} // namespace layerhold::gui
