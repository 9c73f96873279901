// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/freed_figure.h"

namespace layerhold::gui {

FreedFigure::FreedFigure(AppContext& context, QObject* parent)
    : QObject(parent)
    , m_context(context)
{}

void FreedFigure::show(CacheClient* client, const QStringList& digests, std::optional<std::uint64_t> referenced)
{
    m_call.drop();
    if (digests.isEmpty()) {
        m_context.showSelection({}, {});
        return;
    }
    const auto count = static_cast<std::uint64_t>(digests.size());
    showMany(count, referenced);
    if (!client || digests.size() > mostAsked)
        return;
    m_call.follow(
        client->freedBy(digests),
        [this, count, referenced](std::uint64_t freed) {
            m_context.showSelection(line(count, freed, referenced), tip());
        },
        // The line without it stays.
        [](const CallError&) {});
}

void FreedFigure::showMany(std::uint64_t count, std::optional<std::uint64_t> referenced)
{
    m_call.drop();
    m_context.showSelection(line(count, {}, referenced), tip());
}

QString FreedFigure::line(std::uint64_t count, std::optional<std::uint64_t> freed,
                          std::optional<std::uint64_t> referenced) const
{
    const Format& format = m_context.format();
    QString text = tr("%1 selected").arg(format.count(count));
    if (freed)
        text = tr("%1: frees %2").arg(text, format.bytes(*freed));
    return referenced ? tr("%1 (refs %2)").arg(text, format.bytes(*referenced)) : text;
}

QString FreedFigure::tip()
{
    return tr("What nothing else needs, and so would come back without these. In brackets all that they need, where "
              "what they share counts for each.");
}

void FreedFigure::drop()
{
    m_call.drop();
}

} // namespace layerhold::gui
