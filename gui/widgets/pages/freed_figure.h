// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/app_context.h"
#include "widgets/pages/latest_call.h"

namespace layerhold::gui {

/// Tells in the status bar what is selected and what would come back without it.
class FreedFigure final : public QObject
{
    Q_OBJECT

public:
    /// `context` outlives it.
    explicit FreedFigure(AppContext& context, QObject* parent = nullptr);

    /// Of more nobody asks what they free.
    static constexpr qsizetype mostAsked = 2000;

    /// `referenced`: the sum of what each of them needs; unset: it is not known. No digests: nothing is selected.
    /// `client` may be nullptr.
    void show(CacheClient* client, const QStringList& digests, std::optional<std::uint64_t> referenced);
    /// As show() for more than `mostAsked`.
    void showMany(std::uint64_t count, std::optional<std::uint64_t> referenced);
    void drop();

private:
    QString line(std::uint64_t count, std::optional<std::uint64_t> freed,
                 std::optional<std::uint64_t> referenced) const;
    static QString tip();

    AppContext& m_context;
    LatestCall m_call;
};

} // namespace layerhold::gui
