// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/format.h"
#include "models/record_table.h"

#include <span>
#include <vector>

namespace layerhold::gui {

/// Something about a plan that somebody should look at before it is applied.
struct PlanProblem
{
    std::string name; ///< of a blob, an aborted download or a rule
    std::string kind; ///< of a blob; "rule"; empty: the plan as a whole
    std::uint64_t bytes = 0;
    QString sentence; ///< fit to show
};

/// Only copies among what is to go, blobs without their bytes, decisions that this app does not know, rules that take
/// nothing, and a list that is not whole. Pure; any thread.
std::vector<PlanProblem> problemsOf(const PlanRecord& plan, std::span<const PlanItem> items);

/// The tab "Problems".
class PlanProblemsModel final : public RecordTable<PlanProblem>
{
    Q_OBJECT

public:
    enum Column
    {
        About,
        Kind,
        Size,
        Problem
    };

    explicit PlanProblemsModel(Format format, QObject* parent = nullptr);

    void setFormat(const Format& format);

protected:
    QVariant cell(RecordId id, int column, int role) const override;

private:
    Format m_format;
};

} // namespace layerhold::gui
