// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/trash_model.h"
#include "widgets/page.h"

#include <QTimer>

class QFrame;
class QLabel;
class QPushButton;

namespace layerhold::gui {

class LastRun;
class RecordView;

/// What runs moved to the trash: brings it back, or removes it for good after a second press that says how much.
class TrashPage final : public Page
{
    Q_OBJECT

public:
    /// Both outlive the page.
    TrashPage(AppContext& context, LastRun& lastRun, QWidget* parent = nullptr);

    void refresh() override;
    void stop() override;
    void forget() override;

    TrashModel& model() { return m_model; }

    RecordView& view() const { return *m_view; }

signals:
    /// What is stored, or in the trash, is another than before.
    void cacheChanged();

private:
    QWidget* makeContent();
    QWidget* makeConfirm();
    void take(const std::vector<TrashRecord>& records);
    void askPressure();
    void tell();
    void tellButtons();
    void restore();
    void askToRemove(const QStringList& digests, std::uint64_t bytes);
    void remove();
    QString outcomeOf(const TrashReport& report, const char* done) const;
    void onWorkEnded();
    void clientChanged() override;
    void frontChanged() override;
    bool isConcernedBy(const EventRecord& event) const override;
    void select(const QStringList& digests);

    LastRun& m_lastRun;
    TrashModel m_model;
    std::vector<TrashRecord> m_records;
    QFuture<void> m_list;
    std::uint64_t m_question = 0;
    QStringList m_doomed; ///< what the second press removes
    QTimer m_ticks;
    QLabel* m_summary;
    QLabel* m_pressure;
    RecordView* m_view;
    QPushButton* m_restore;
    QPushButton* m_remove;
    QPushButton* m_removeAll;
    QFrame* m_confirm;
    QLabel* m_confirmText;
    QPushButton* m_confirmCancel;
    QPushButton* m_confirmRemove;
};

} // namespace layerhold::gui
