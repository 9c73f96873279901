// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/activity_panel.h"

#include "models/plain_text.h"
#include "widgets/job_row.h"

#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace layerhold::gui {

ActivityPanel::ActivityPanel(Jobs& jobs, const Format& format, QWidget* parent)
    : QWidget(parent)
    , m_format(format)
    , m_rows(new QVBoxLayout)
    , m_nothing(new QLabel(tr("Nothing has been done in this session."), this))
{
    auto* list = new QWidget;
    auto* listLayout = new QVBoxLayout(list);
    listLayout->setContentsMargins(8, 4, 8, 4);
    m_rows->setSpacing(6);
    listLayout->addWidget(m_nothing);
    listLayout->addLayout(m_rows);
    listLayout->addStretch(1);
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(list);
    area->setAccessibleName(tr("Jobs"));
    area->setMinimumHeight(72);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(area);
    for (Job* job : jobs.all())
        add(job);
    connect(&jobs, &Jobs::added, this, &ActivityPanel::add);
    connect(&jobs, &Jobs::removed, this, &ActivityPanel::remove);
}

void ActivityPanel::add(Job* job)
{
    auto* row = new JobRow(*job, m_format, this);
    m_rowOf[job] = row;
    m_rows->insertWidget(0, row);
    m_nothing->hide();
}

void ActivityPanel::remove(Job* job)
{
    const auto row = m_rowOf.find(job);
    if (row == m_rowOf.end())
        return;
    delete row->second;
    m_rowOf.erase(row);
    m_nothing->setVisible(m_rowOf.empty());
}

} // namespace layerhold::gui
