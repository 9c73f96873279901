// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/job_row.h"

#include "charts/look.h"
#include "models/plain_text.h"
#include "widgets/icons.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <cmath>

namespace layerhold::gui {

namespace {

constexpr int iconSize = 16;
constexpr int barWidth = 180;

struct Sign
{
    const char* icon;
    QColor color;
};

Sign signOf(Job::State state, const Look& look)
{
    switch (state) {
    case Job::State::Done:
        return {"ok", look.good};
    case Job::State::Stopped:
        return {"pause", look.warning};
    case Job::State::Failed:
        return {"error", look.error};
    case Job::State::Running:
    case Job::State::Stopping:
        break;
    }
    return {"activity", look.accent};
}

} // namespace

JobRow::JobRow(Job& job, const Format& format, QWidget* parent)
    : QWidget(parent)
    , m_job(job)
    , m_format(format)
    , m_icon(new QLabel(this))
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    m_title->setTextFormat(Qt::PlainText);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_bar->setFixedWidth(barWidth);
    m_bar->setRange(0, 1000);
    m_bar->setAccessibleName(job.title());
    m_cancel->setAccessibleName(tr("Cancel: %1").arg(job.title()));
    m_cancel->setToolTip(tr("Stops after what is being done now."));
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(8);
    layout->setVerticalSpacing(1);
    layout->addWidget(m_icon, 0, 0, 2, 1);
    layout->addWidget(m_title, 0, 1);
    layout->addWidget(m_text, 1, 1);
    layout->addWidget(m_bar, 0, 2, 2, 1);
    layout->addWidget(m_cancel, 0, 3, 2, 1);
    layout->setColumnStretch(1, 1);
    connect(m_cancel, &QPushButton::clicked, &job, &Job::cancel);
    connect(&job, &Job::changed, this, &JobRow::update);
    update();
}

void JobRow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        update();
    QWidget::changeEvent(event);
}

void JobRow::update()
{
    const Sign sign = signOf(m_job.state(), lookFor(palette()));
    m_icon->setPixmap(iconPixmap(QString::fromLatin1(sign.icon), iconSize, devicePixelRatioF(), sign.color));
    m_title->setText(m_job.isRunning()
                         ? m_job.title()
                         : QStringLiteral("%1 · %2").arg(m_job.title(), m_format.clock(m_job.finishedAt())));
    QStringList parts;
    if (m_job.isRunning())
        parts.append(m_job.progressText());
    parts.append(m_job.outcome());
    parts.removeAll(QString());
    if (m_job.state() == Job::State::Stopping)
        parts.prepend(tr("Stopping after what is being done now"));
    m_text->setText(parts.join(QStringLiteral(" · ")));
    m_text->setToolTip(literalToolTip(m_text->text()));
    const auto ratio = m_job.ratio();
    // A bar without a range is one that moves: it is being worked on, nobody knows how long.
    m_bar->setRange(0, ratio ? 1000 : 0);
    if (ratio)
        m_bar->setValue(static_cast<int>(std::lround(*ratio * 1000)));
    m_bar->setVisible(m_job.isRunning());
    m_cancel->setVisible(m_job.isRunning());
    m_cancel->setEnabled(m_job.state() == Job::State::Running);
}

} // namespace layerhold::gui
