// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/format.h"
#include "models/record_table.h"

namespace layerhold::gui {

/// What can be brought back, and for how long.
class TrashModel final : public RecordTable<TrashRecord>
{
    Q_OBJECT

public:
    enum Column
    {
        Entry,
        Kind,
        Size,
        Removed,
        Run,
        Expires
    };

    explicit TrashModel(Format format, QObject* parent = nullptr);

    void take(std::vector<TrashRecord> batch);

    std::uint64_t totalBytes() const { return m_totalBytes; }

    /// Its time is over by the clock of the format: the service removes it at its next upkeep.
    bool isExpired(int row) const { return isExpired(recordAt(row)); }

    /// The moment at which the next one expires; unknown: none will.
    Moment nextExpiry() const;

    /// Times that are left have changed: asks views to show them anew.
    void refreshTimes();

    void setFormat(const Format& format)
    {
        m_format = format;
        refreshCells();
    }

protected:
    QVariant cell(RecordId id, int column, int role) const override;
    void onCleared() override;

private:
    bool isExpired(const TrashRecord& record) const;
    QString expiryText(const TrashRecord& record) const;

    Format m_format;
    std::uint64_t m_totalBytes = 0;
};

} // namespace layerhold::gui
