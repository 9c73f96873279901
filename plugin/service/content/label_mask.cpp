// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/content/label_mask.h"

#include "layerhold/error.h"

namespace layerhold::service {

LabelUpdate labelUpdate(const UpdateRequest& request)
{
    constexpr std::string_view Prefix = "labels.";
    LabelUpdate update;
    update.labels = request.labels;
    update.mode = request.maskPaths.empty() ? LabelUpdate::Mode::ReplaceAll : LabelUpdate::Mode::SetKeys;
    for (const std::string& path : request.maskPaths) {
        if (path.starts_with(Prefix))
            update.keys.push_back(path.substr(Prefix.size()));
        else if (path == "labels")
            update.mode = LabelUpdate::Mode::ReplaceAll;
        else
            throw Error(ErrorCode::InvalidArgument, "cannot update \"" + path + "\" of " + request.digest +
                                                        ": only labels and labels.KEY can be changed");
    }
    if (update.mode == LabelUpdate::Mode::ReplaceAll)
        update.keys.clear();
    return update;
}

} // namespace layerhold::service
