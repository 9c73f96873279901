// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/entry_filter.h"

#include <QWidget>

class QCompleter;
class QLabel;
class QLineEdit;
class QStringListModel;

namespace layerhold::gui {

/// The line of the filter language: what is wrong turns it red and is told below with its place, while the last filter
/// that was right stays in force.
class FilterLine final : public QWidget
{
    Q_OBJECT

public:
    explicit FilterLine(QWidget* parent = nullptr);

    QLineEdit& field() const { return *m_field; }

    /// In force.
    const EntryFilter& filter() const { return m_filter; }

    /// Writes it into the line.
    void setFilter(const EntryFilter& filter);

    /// Beside the line: how much the filter shows.
    void setSummary(const QString& summary);

    /// Why the text is no filter, with the place; empty: it is one.
    QString problem() const;

signals:
    void filterChanged();

private:
    void read(const QString& text);
    void paint();
    void complete();
    void insert(const QString& completion);
    void changeEvent(QEvent* event) override;

    QLineEdit* m_field;
    QLabel* m_summary;
    QLabel* m_problem;
    QStringListModel* m_completions;
    QCompleter* m_completer;
    EntryFilter m_filter;
};

} // namespace layerhold::gui
