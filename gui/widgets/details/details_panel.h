// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/app_context.h"
#include "widgets/details/used_by_search.h"
#include "widgets/pages/latest_call.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace layerhold::gui {

class DetailsFacts;
class ElidedLabel;
class UsedByView;
class WaysView;

/// What the Details dock shows: all about the current item, why it is kept, and what uses it. It asks only while it is
/// to be seen, and the two latter only while their tab is in front.
class DetailsPanel final : public QWidget
{
    Q_OBJECT

public:
    enum class State
    {
        Nothing, ///< no item, or none that the store has entries for
        NoService,
        Loading,
        Ready,
        Gone,
        Failed
    };

    /// `context` outlives the panel.
    explicit DetailsPanel(AppContext& context, QWidget* parent = nullptr);
    ~DetailsPanel() override;

    /// nullptr: there is none; what is shown stays.
    void setClient(CacheClient* client);
    /// Something is other than before: asks again soon, and once for many.
    void noteNews();
    /// Makes the entry the current item, unless it is that already.
    void showTab(const QString& digest, DetailsTab tab);

    State state() const { return m_state; }

    DetailsTab tab() const;

    DetailsFacts& facts() const { return *m_facts; }

    WaysView& ways() const { return *m_ways; }

    UsedByView& usedBy() const { return *m_usedBy; }

    QString message() const; ///< instead of facts; empty: facts are shown

private:
    void makeTabs();
    void follow(const Item& item);
    void ask();
    void show(const BlobDetails& details);
    using QWidget::show;
    void askFreed();
    void askForTab();
    void fail(const CallError& error);
    void dropCalls();
    void tell(State state, const QString& message);
    void showEvent(QShowEvent* event) override;

    AppContext& m_context;
    QPointer<CacheClient> m_client;
    Item m_item;
    std::optional<BlobDetails> m_details; ///< of m_item
    State m_state = State::Nothing;
    LatestCall m_inspect;
    LatestCall m_freed;
    LatestCall m_whyKept;
    UsedBySearch m_users;
    std::optional<DetailsTab> m_askedFor; ///< the tab that m_details was asked for, besides the facts
    std::string m_waysOf;                 ///< whose ways are shown
    std::string m_usedByOf;               ///< whose users are shown
    bool m_isOld = false;                 ///< something is other than when it was asked
    QTimer m_asking;                      ///< runs while a new item waits to be asked for
    QTimer m_news;                        ///< runs while news wait
    QElapsedTimer m_searched;             ///< since m_users began
    ElidedLabel* m_title;
    ElidedLabel* m_problem; ///< why what is shown is not as it is now
    QStackedWidget* m_stack;
    QTabWidget* m_tabs;
    QLabel* m_message;
    QPushButton* m_retry;
    DetailsFacts* m_facts;
    WaysView* m_ways;
    UsedByView* m_usedBy;
};

} // namespace layerhold::gui
