// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/format.h"
#include "models/record_table.h"

#include <QString>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace layerhold::gui {

/// One thing that one of two plans removes and the other does not.
struct PlanChange
{
    /// What a plan says of it.
    struct Verdict
    {
        std::string decision;
        std::string rule;
        std::string reason;
        std::string sentence;

        friend bool operator==(const Verdict&, const Verdict&) = default;
    };

    std::string what;
    std::string name;
    std::string kind;
    std::uint64_t bytes = 0;
    std::optional<Verdict> was; ///< nullopt: it is not in the old plan
    std::optional<Verdict> is;  ///< nullopt: it is not in the new plan

    /// Whether the new plan removes it; the old one then does not, and the other way round.
    bool isRemovedNow() const { return is && is->decision == "remove"; }
};

/// Exactly what one of the two removes and the other does not, in the order of the new plan; then what only the old one
/// has, in its order. Pure; any thread.
std::vector<PlanChange> diffPlans(std::span<const PlanItem> oldItems, std::span<const PlanItem> newItems);

/// The tab "Changed from saved policy".
class PlanDiffModel final : public RecordTable<PlanChange>
{
    Q_OBJECT

public:
    enum Column
    {
        Entry,
        Kind,
        Size,
        Change,
        OldReason,
        NewReason
    };

    explicit PlanDiffModel(Format format, QObject* parent = nullptr);

    void setFormat(const Format& format)
    {
        m_format = format;
        refreshCells();
    }

protected:
    QVariant cell(RecordId id, int column, int role) const override;

private:
    Format m_format;
};

} // namespace layerhold::gui
