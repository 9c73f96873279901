// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/format.h"
#include "models/record_table.h"
#include "models/tag_timeline.h"

namespace layerhold::gui {

/// Tags and what they point at now.
class TagModel final : public RecordTable<TagRecord>
{
    Q_OBJECT

public:
    enum Column
    {
        Reference,
        Digest,
        Moved,
        Cause,
        By,
        Stale,
        Present,
        Claims
    };

    explicit TagModel(Format format, QObject* parent = nullptr);

    void setFormat(Format format);

    /// Ages have changed with the time: asks views to show them anew.
    void refreshTimes();

protected:
    QVariant cell(RecordId id, int column, int role) const override;

private:
    Format m_format;
};

/// Entries of the history of tags: the list form of the timeline.
class TagEntryModel final : public RecordTable<TagEntry>
{
    Q_OBJECT

public:
    enum Column
    {
        At,
        Reference,
        Kind,
        From,
        To,
        Cause,
        By
    };

    explicit TagEntryModel(Format format, QObject* parent = nullptr);

    void setFormat(Format format);

protected:
    QVariant cell(RecordId id, int column, int role) const override;

private:
    Format m_format;
};

} // namespace layerhold::gui
