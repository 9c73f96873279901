// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/format.h"
#include "models/record_table.h"

namespace layerhold::gui {

/// A row of a small table: its cells as they are shown.
struct FactRow
{
    struct Cell
    {
        QString text; ///< plain
        QString tip = {};
        QString copy = {};      ///< empty: the text
        std::int64_t order = 0; ///< of numbers and times; where they are equal, the text decides
    };

    QString id;
    std::vector<Cell> cells;
};

/// A few rows whose makers know what is in them.
class FactTable final : public RecordTable<FactRow>
{
    Q_OBJECT

public:
    explicit FactTable(const QStringList& titles, QObject* parent = nullptr);

    void setRows(std::vector<FactRow> rows);

protected:
    QVariant cell(RecordId id, int column, int role) const override;
};

/// What page Access shows in tables, as rows for these titles.
namespace access {

QStringList engineTitles();
std::vector<FactRow> engineRows(const std::vector<EngineRecord>& engines);

QStringList pinTitles();
std::vector<FactRow> pinRows(const std::vector<PinRecord>& pins, const Format& format);

QStringList viewTitles();
std::vector<FactRow> viewRows(const std::vector<EngineViewRecord>& views);

QStringList proofTitles();
std::vector<FactRow> proofRows(const std::vector<AccessProofRecord>& proofs, const Format& format);

/// Who can see it, in sentences.
QString summary(const AccessRecord& access);

} // namespace access

} // namespace layerhold::gui
