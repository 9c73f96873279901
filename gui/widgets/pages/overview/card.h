// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/format.h"
#include "models/overview_facts.h"
#include "widgets/pages/overview/wrapped_label.h"

#include <QFrame>
#include <QStringList>

#include <vector>

class QGridLayout;
class QPushButton;
class QVBoxLayout;

namespace layerhold::gui {

/// A name with one or more values beside it.
struct Figure
{
    QString name = {};
    QStringList values = {};
    QString tip = {}; ///< what it means, and exactly

    friend bool operator==(const Figure&, const Figure&) = default;
};

/// Figures below each other: names on the left, values on the right of their columns.
class FigureList final : public QWidget
{
    Q_OBJECT

public:
    explicit FigureList(QWidget* parent = nullptr);

    void set(const std::vector<Figure>& figures);

    const std::vector<Figure>& figures() const { return m_figures; }

    /// Of the first of this name, its values joined; empty: there is none.
    QString valueOf(const QString& name) const;

private:
    QGridLayout* m_layout;
    std::vector<Figure> m_figures;
};

/// One card of the overview. Its title leads to a page.
class Card : public QFrame
{
    Q_OBJECT

public:
    struct Identity
    {
        QString id;    ///< the object name is "card.<id>"
        QString title; ///< translated
        QString icon;
        QString page; ///< where it leads
    };

    explicit Card(const Identity& identity, QWidget* parent = nullptr);

    virtual void tell(const OverviewFacts& facts, const Format& format) = 0;

    QPushButton* titleButton() const { return m_title; }

    FigureList* figures() const { return m_figures; }

    /// What is to be known of the figures: since when they count, what is missing.
    QString note() const { return m_note->text(); }

signals:
    void opened(const QString& page, const QString& entity);

protected:
    /// Between the title and the figures.
    void addOnTop(QWidget* widget);
    void setNote(const QString& note);

private:
    QPushButton* m_title;
    FigureList* m_figures;
    WrappedLabel* m_note;
    QVBoxLayout* m_body; ///< all below the title
};

/// In place of a figure that the service does not tell.
QString notReported();

} // namespace layerhold::gui
