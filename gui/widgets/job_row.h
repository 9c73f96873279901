// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/jobs.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace layerhold::gui {

/// One job in the list of activities.
class JobRow final : public QWidget
{
    Q_OBJECT

public:
    /// Both outlive the row.
    JobRow(Job& job, const Format& format, QWidget* parent = nullptr);

private:
    void changeEvent(QEvent* event) override;
    void update();

    Job& m_job;
    const Format& m_format;
    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_text;
    QProgressBar* m_bar;
    QPushButton* m_cancel;
};

} // namespace layerhold::gui
