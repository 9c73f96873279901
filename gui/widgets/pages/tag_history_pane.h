// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "charts/tag_timeline_view.h"
#include "models/tag_model.h"
#include "widgets/actions.h"
#include "widgets/pages/view_memory.h"

#include <QWidget>

class QLabel;
class QScrollArea;
class QStackedWidget;
class QTreeView;

namespace layerhold::gui {

class ElidedLabel;

/// How tags moved: as lanes on a time line, or as a list of the same entries.
class TagHistoryPane final : public QWidget
{
    Q_OBJECT

public:
    enum class Form
    {
        Timeline,
        List
    };

    /// A thing that a tag was.
    struct Point
    {
        std::string reference = {};
        std::string digest = {}; ///< empty: deleted, or not known
        std::string before = {}; ///< empty: none, or not known
    };

    /// Both outlive the pane.
    TagHistoryPane(Actions& actions, const Format& format, QWidget* parent = nullptr);

    /// `title`: which tags these are.
    void showHistories(const std::vector<const TagHistory*>& histories, const QString& title);
    /// Instead of them. Empty: them.
    void setNotice(const QString& notice);

    Form form() const;
    void setForm(Form form);

    /// What is current in the form that is shown; nullopt: nothing.
    std::optional<Point> current() const;
    /// What is marked to be compared, the first to be marked first.
    std::vector<Point> marked() const;
    bool hasFocusInside() const;

    TimeAxis& axis() { return m_axis; }

    TagTimelineView& timeline() const { return *m_timeline; }

    QTreeView& list() const { return *m_list; }

    QString sentence() const;

    void refreshFormat();

signals:
    void currentChanged();

private:
    void makeHead(Actions& actions);
    void makeForms(Actions& actions);
    void setBounds();
    void tell();
    Point pointOf(int item) const;
    QString sentenceOf(int item) const;

    const Format& m_format;
    TimeAxis m_axis;
    DigestColours m_colours;
    TagEntryModel m_entries;
    std::vector<TagLane> m_lanes;
    ElidedLabel* m_title;
    QLabel* m_sentence;
    QLabel* m_keys;
    QStackedWidget* m_forms;
    QScrollArea* m_scroll;
    TagTimelineView* m_timeline;
    QTreeView* m_list;
    ViewMemory m_memory;
};

} // namespace layerhold::gui
