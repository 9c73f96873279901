// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/access_tables.h"
#include "widgets/page.h"
#include "widgets/pages/latest_call.h"

class QLabel;
class QPushButton;

namespace layerhold::gui {

class AccessQuestion;
class RecordView;

/// Who one is for the service, which engines it serves and how they share, what is pinned, and who can see a thing. No
/// secret is shown: the service tells none.
class AccessPage final : public Page
{
    Q_OBJECT

public:
    explicit AccessPage(AppContext& context, QWidget* parent = nullptr);

    void refresh() override;
    void stop() override;
    /// A name or digest: asks who can see it.
    void open(const QString& entity) override;

    RecordView& engines() const { return *m_engines; }

    RecordView& pins() const { return *m_pins; }

    QPushButton& unpinButton() const { return *m_unpin; }

    AccessQuestion& question() const { return *m_question; }

    QString identityText() const;

private:
    void clientChanged() override;
    void refreshQuietly() override;
    bool isConcernedBy(const EventRecord& event) const override;

    QWidget* makeContent();
    void bindActions();
    void askStatus();
    void askPins();
    void takeFailure(const CallError& error);
    void unpin();
    void tell();
    void tellPins();
    void tellButtons();
    QString whyNotUnpin() const;

    FactTable m_engineTable;
    FactTable m_pinTable;
    QLabel* m_identity;
    QLabel* m_rights;
    QLabel* m_enginesNote;
    RecordView* m_engines;
    QLabel* m_pinsNote;
    RecordView* m_pins;
    QPushButton* m_unpin;
    AccessQuestion* m_question;
    LatestCall m_status;
    LatestCall m_pinList;
    std::optional<StatusRecord> m_told;
    std::optional<std::vector<PinRecord>> m_pinned;
    QString m_pinProblem;
    QString m_wanted;  ///< to be asked about as soon as there is a client
    QString m_refusal; ///< what this service said when it refused an unpin: it is not asked again
};

} // namespace layerhold::gui
