// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/jobs.h"

#include <QWidget>

#include <map>

class QLabel;
class QVBoxLayout;

namespace layerhold::gui {

class JobRow;

/// The jobs of the session, the newest on top: progress and Cancel while they run, then what came of them.
class ActivityPanel final : public QWidget
{
    Q_OBJECT

public:
    /// `jobs` outlives the panel.
    ActivityPanel(Jobs& jobs, const Format& format, QWidget* parent = nullptr);

private:
    void add(Job* job);
    void remove(Job* job);

    const Format& m_format;
    QVBoxLayout* m_rows;
    QLabel* m_nothing;
    std::map<Job*, JobRow*> m_rowOf;
};

} // namespace layerhold::gui
