// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/access_tables.h"
#include "widgets/app_context.h"
#include "widgets/pages/latest_call.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace layerhold::gui {

class RecordView;

/// "Who can see this?" for a digest or a name.
class AccessQuestion final : public QWidget
{
    Q_OBJECT

public:
    /// `context` outlives it.
    explicit AccessQuestion(AppContext& context, QWidget* parent = nullptr);

    void setClient(CacheClient* client);
    void ask(const QString& name);
    /// Why nothing can be asked now; empty: it can.
    void setHindrance(const QString& hindrance);

    QLineEdit& field() const { return *m_field; }

    QPushButton& button() const { return *m_button; }

    RecordView& views() const { return *m_views; }

    RecordView& proofs() const { return *m_proofs; }

    QString answerText() const;

private:
    void take(const AccessRecord& access);
    void tell(const QString& sentence);
    void showTables();
    void tellButton();

    AppContext& m_context;
    QPointer<CacheClient> m_client;
    FactTable m_viewTable;
    FactTable m_proofTable;
    QLineEdit* m_field;
    QPushButton* m_button;
    QLabel* m_answer;
    RecordView* m_views;
    QLabel* m_proofsNote;
    RecordView* m_proofs;
    LatestCall m_call;
    std::optional<AccessRecord> m_access;
    QString m_hindrance;
};

} // namespace layerhold::gui
