// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/page.h"
#include "widgets/pages/list_load.h"
#include "widgets/pages/name_index.h"
#include "widgets/pages/pins.h"
#include "widgets/pages/view_memory.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QTreeView>

namespace layerhold::gui {

/// A page about one list with a filter, whose records can be pinned and found by the palette: when the list comes anew,
/// what is current and selected stays. Subclasses show the records in the view, and all else about them.
template <class Record>
class ListPage : public Page
{
public:
    ~ListPage() override { context().removePaletteSource(&m_names); }

    void refresh() override { load(); }

    void stop() override { m_list.stop(); }

    QLineEdit* filterField() const override { return m_filter; }

    QTreeView& view() const { return *m_view; }

protected:
    ListPage(AppContext& context, Identity identity, QWidget* parent)
        : Page(context, std::move(identity), parent)
        , m_list({.append = [this](std::vector<Record> records) { append(std::move(records)); },
                  .replace = [this](std::vector<Record> records) { replace(std::move(records)); },
                  .changed = [this] { updateState(); }})
        , m_filter(new QLineEdit)
        , m_summary(new QLabel)
        , m_view(new QTreeView)
        , m_memory(*m_view)
    {
        m_filter->setClearButtonEnabled(true);
        m_summary->setTextFormat(Qt::PlainText);
        m_summary->setObjectName(QStringLiteral("summary"));
        auto* line = new QWidget;
        auto* layout = new QHBoxLayout(line);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(m_filter, 1);
        layout->addWidget(m_summary);
        setFilterLine(line);
        m_ages.setInterval(std::chrono::seconds(30));
        context.addPaletteSource(&m_names);
    }

    /// Calls startList().
    virtual void load() = 0;
    virtual void append(std::vector<Record> records) = 0;
    /// In place of all that there are; empty: none.
    virtual void replace(std::vector<Record> records) = 0;
    virtual void updateState() = 0;
    /// What is selected, for the status bar.
    virtual void showSelection() = 0;
    /// What is asked beside the list is asked of this client from now on; nullptr: of none.
    virtual void giveClient(CacheClient* client) = 0;

    /// `ask` gets the OnBatch and returns the future; `onEnd` takes its result when the view is as it was.
    template <class Ask, class OnEnd>
    void startList(Ask ask, OnEnd onEnd)
    {
        m_pins.load(client());
        m_list.start(std::move(ask), [this, onEnd = std::move(onEnd)](const auto&... result) {
            if (!m_view->currentIndex().isValid()) {
                const QScopedValueRollback filling(m_isFilling, true);
                m_memory.restore();
            }
            onEnd(result...);
        });
    }

    Pins m_pins;
    NameIndex m_names;
    ListLoad<Record> m_list;
    QLineEdit* m_filter;
    QLabel* m_summary; ///< of how much there is, beside the filter
    QTreeView* m_view;
    ViewMemory m_memory;
    QString m_wanted;         ///< to be shown as soon as it is there
    QTimer m_ages;            ///< runs in front: what is told relative to now is to be told anew
    bool m_isFilling = false; ///< what changes in the view now is not the doing of the user

private:
    void clientChanged() override
    {
        giveClient(client());
        if (!client()) {
            // What came stays, as of then.
            m_list.stop();
            return;
        }
        m_pins.load(nullptr);
        m_list.reset();
    }

    void frontChanged() override
    {
        if (!isInFront()) {
            m_ages.stop();
            return;
        }
        m_ages.start();
        showSelection();
    }

    void refreshQuietly() override
    {
        if (m_list.isResting())
            markOld();
        else
            load();
    }
};

} // namespace layerhold::gui
