// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/format.h"
#include "models/record_table.h"

#include <array>

namespace layerhold::gui {

/// What a run of a cleanup did with each thing of its plan.
class RunModel final : public RecordTable<RunItem>
{
    Q_OBJECT

public:
    enum Column
    {
        Entry,
        Outcome,
        Size,
        Why
    };

    enum Result
    {
        Trashed,
        Removed,
        Skipped,
        Failed,
        Other, ///< an outcome that this app does not know
        ResultCount
    };

    struct Tally
    {
        std::uint64_t items = 0;
        std::uint64_t bytes = 0;
    };

    explicit RunModel(Format format, QObject* parent = nullptr);

    void take(std::vector<RunItem> batch);

    const Tally& tally(Result result) const { return m_tallies[result]; }

    /// "1 270 moved to trash (18.1 GiB), 14 skipped, 0 failed": what did not happen is left out, but for failures.
    QString summary() const;

    /// Shows one outcome; nullopt: all.
    void showOnly(std::optional<Result> result);

    void setFormat(const Format& format)
    {
        m_format = format;
        refreshCells();
    }

protected:
    QVariant cell(RecordId id, int column, int role) const override;
    void onCleared() override;

private:
    Format m_format;
    std::array<Tally, ResultCount> m_tallies;
};

} // namespace layerhold::gui
