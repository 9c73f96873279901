// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/call_states.h"

#include "widgets/page.h"

namespace layerhold::gui {

PageState stateAfter(const CallError& error, const QString& feature)
{
    const QString& code = error.code();
    if (code == QLatin1String("denied"))
        return state::NoPermission{.right = error.message()};
    if (code == QLatin1String("unsupported"))
        return state::WrongVersion{.feature = feature};
    return state::Failed{.sentence = error.message(), .details = code + QStringLiteral(": ") + error.message()};
}

QString readOnlyReason()
{
    return Page::tr("This is a snapshot: it is only to read.");
}

QString hindranceIn(const CacheClient* client, const StatePane& pane)
{
    const auto& connection = pane.connection();
    if (connection && std::holds_alternative<state::Snapshot>(*connection))
        return readOnlyReason();
    if (!client || (connection && std::holds_alternative<state::Stale>(*connection)))
        return Page::tr("There is no connection to a service.");
    return {};
}

} // namespace layerhold::gui
