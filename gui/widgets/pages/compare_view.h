// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/compare.h"
#include "widgets/app_context.h"
#include "widgets/pages/latest_call.h"

#include <QDialog>
#include <QPointer>
#include <QWidget>

#include <array>

class QComboBox;
class QLabel;
class QLineEdit;
class QTreeWidget;

namespace layerhold::gui {

class StatePane;

/// One of two images to compare.
struct CompareSide
{
    QString name = {};      ///< what the service is asked for: a name, a digest, or its unique start
    QString reference = {}; ///< under which a registry could have it, when it is not here; empty: not known
};

/// Two images beside each other: what is the same, and what whoever has one must fetch for the other.
class CompareView final : public QWidget
{
    Q_OBJECT

public:
    /// `context` outlives the view. `names`: what the fields complete to.
    CompareView(AppContext& context, CacheClient* client, const QStringList& names, QWidget* parent = nullptr);

    /// A side without a name is left to the user.
    void compare(const CompareSide& a, const CompareSide& b);
    void swapSides();

    const ImageComparison& comparison() const { return m_comparison; }

private:
    /// A or B.
    struct Side
    {
        QLineEdit* field = nullptr;
        QString reference = {};
        LatestCall call = {};
        std::optional<ImageDetails> details = {};
        QString problem = {}; ///< why there are no details; empty: they are here, or not asked for
    };

    QWidget* makeFields(const QStringList& names);
    QWidget* makeResult();
    void ask();
    void askFor(Side& side);
    void stop();
    void takeAnswers();
    /// That one of two known images is of a platform that the other is not; empty: it is not so.
    QString lackingText(const PlatformComparison& platform) const;
    /// The first platform that both have, else the first.
    int firstPair() const;
    void showPlatform(int number);
    void showLayers(const PlatformComparison& platform);
    void showFacts(const PlatformComparison& platform);
    void showMissing();
    QString missingText(const Side& side, const QString& title) const;

    AppContext& m_context;
    QPointer<CacheClient> m_client;
    std::array<Side, 2> m_sides;
    StatePane* m_pane;
    QComboBox* m_platforms;
    QLabel* m_verdict;
    QLabel* m_missing;
    QLineEdit* m_fetch;
    QTreeWidget* m_layers;
    QTreeWidget* m_facts;
    ImageComparison m_comparison;
};

/// In a window of its own, which deletes itself when it is closed.
CompareView* openComparison(AppContext& context, CacheClient* client, const QStringList& names, const CompareSide& a,
                            const CompareSide& b, QWidget* parent);

} // namespace layerhold::gui
