// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/records.h"

#include <QStringList>
#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;

namespace layerhold::gui {

class PolicyEditor;

/// The first step: the policy that holds beside a draft of another, and what each means. Nothing here changes the cache
/// but "Save policy".
class PolicyStep final : public QWidget
{
    Q_OBJECT

public:
    explicit PolicyStep(QWidget* parent = nullptr);

    /// The policy that holds. A draft that was not begun follows it; one that was stays.
    void setSaved(const PolicyRecord& policy);

    /// What was sent to be saved holds, in the words of the service. A draft that is still the same is none any more.
    void endSaving(const PolicyRecord& sent, const PolicyRecord& saved);

    const std::optional<PolicyRecord>& saved() const { return m_saved; }

    PolicyRecord draft() const;
    bool isChanged() const;

    /// Another cache: nothing is known of its policy, and the draft was not for it.
    void forget();

    /// Entries whose removal is to be planned, besides what the policy says.
    void addChosen(const QStringList& digests);

    const QStringList& chosen() const { return m_chosen; }

    /// Why a draft was refused, or could not be saved; empty: nothing is wrong.
    void tellProblem(const QString& problem);
    /// Why nothing can be asked now; empty: it can.
    void setHindrance(const QString& reason);

signals:
    void previewWanted();
    void chosenWanted();
    void saveWanted();

private:
    QWidget* makeMeanings();
    QWidget* makeButtons();
    void update();

    PolicyEditor* m_editor;
    QLabel* m_savedMeaning;
    QLabel* m_draftMeaning;
    QLabel* m_draftTitle;
    QLabel* m_problem;
    QLabel* m_chosenText;
    QPushButton* m_planChosen;
    QPushButton* m_forgetChosen;
    QPushButton* m_reset;
    QPushButton* m_save;
    QPushButton* m_preview;
    std::optional<PolicyRecord> m_saved;
    QStringList m_chosen;
    QString m_hindrance;
};

} // namespace layerhold::gui
