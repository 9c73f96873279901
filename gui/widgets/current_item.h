// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QString>

#include <vector>

namespace layerhold::gui {

/// What a user may have in front: a blob, an image, a tag, a run.
struct Item
{
    enum class Kind
    {
        None,
        Blob,
        Image,
        Tag,
        Engine,
        Plan,
        Run
    };
    Kind kind = Kind::None;
    QString id = {};   ///< digest, reference, name or number; in full
    QString page = {}; ///< id of the page where it was chosen

    friend bool operator==(const Item&, const Item&) = default;
};

/// The one current item of the app: a click in a map, table or list sets it, and the details follow. It remembers the
/// last hundred, as browsers do: setting one drops what was ahead.
class CurrentItem final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    const Item& item() const;

    /// The same item once more changes nothing.
    void set(const Item& item);

    bool canGoBack() const;
    bool canGoForward() const;
    void goBack();
    void goForward();
    /// Another service: what its items were means nothing here.
    void clear();

signals:
    void changed(const layerhold::gui::Item& item);
    /// By goBack or goForward: the page is to be shown, too.
    void revisited(const layerhold::gui::Item& item);

private:
    std::vector<Item> m_history;
    std::size_t m_position = 0; ///< of the current one; meaningless while the history is empty
};

} // namespace layerhold::gui
