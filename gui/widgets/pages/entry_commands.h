// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/app_context.h"
#include "widgets/pages/pins.h"

#include <QStringList>

#include <functional>
#include <optional>

namespace layerhold::gui {

class Page;

/// What the actions for an entry act on.
struct ChosenEntry
{
    QString digest = {};
    QString name = {}; ///< in full; empty: it has none
    QString tag = {};  ///< whose history there is; empty: none
    QString pull = {}; ///< command; empty: none is known
    QString json = {};
};

/// The actions for an entry (standard_actions.h) that do the same on all pages: copying, pinning, and those that
/// another page or the Details dock answers.
class EntryCommands final : public QObject
{
    Q_OBJECT

public:
    struct Source
    {
        std::function<std::optional<ChosenEntry>()> current; ///< nullopt: nothing is chosen
        std::function<QStringList()> digests;                ///< of all that is selected
        std::function<QString()> rows;                       ///< as tab-separated values
        std::function<CacheClient*()> client;
    };

    /// All outlive the commands. `page` is their owner in the registry.
    EntryCommands(AppContext& context, Page& page, Pins& pins, Source source);

private:
    using Do = std::function<void(const ChosenEntry&)>;
    using WhyNot = std::function<QString(const ChosenEntry&)>;

    void bind(const char* id, Do run, WhyNot whyNot = {});
    void bindCopying();
    void bindPins();
    void askForNote(const ChosenEntry& entry);

    AppContext& m_context;
    Page& m_page;
    Pins& m_pins;
    Source m_source;
};

} // namespace layerhold::gui
