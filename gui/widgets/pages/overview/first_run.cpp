// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/overview/first_run.h"

#include "models/plain_text.h"
#include "widgets/icons.h"
#include "widgets/pages/overview/wrapped_label.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace layerhold::gui {

namespace {

constexpr int widest = 760;

WrappedLabel* textOf(const QString& text, QWidget* parent)
{
    auto* label = new WrappedLabel(parent);
    label->setText(text);
    return label;
}

} // namespace

FirstRun::FirstRun(QWidget* parent)
    : QWidget(parent)
    , m_layout(nullptr)
    , m_engines(new WrappedLabel(this))
{
    setObjectName(QStringLiteral("firstRun"));
    auto* column = new QWidget(this);
    column->setMaximumWidth(widest);
    m_layout = new QVBoxLayout(column);
    m_layout->setSpacing(8);
    auto* title = new QLabel(tr("The cache is empty"), column);
    QFont font = title->font();
    font.setPointSizeF(font.pointSizeF() * 1.5);
    title->setFont(font);
    m_layout->addWidget(title);
    m_layout->addWidget(
        textOf(tr("The service runs and waits for its first image. There are two ways to bring one in:"), column));
    m_engines->setObjectName(QStringLiteral("firstRunEngines"));
    addStep(m_engines,
            {QStringLiteral("sudo layerhold engine add main --containerd-config /etc/containerd/config.toml"),
             QStringLiteral("sudo systemctl restart containerd")});
    addStep(textOf(tr("Or pull an image ahead of time, with your own credentials:"), column),
            {QStringLiteral("layerhold pull docker.io/library/alpine:latest")});
    addStep(textOf(tr("Then see what is held, and how the engines are served. This page shows it too as soon as "
                      "something is there."),
                   column),
            {QStringLiteral("layerhold status")});
    m_layout->addStretch(1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 12, 0, 0);
    layout->addStretch(1);
    layout->addWidget(column, 100);
    layout->addStretch(1);
    tell({});
}

void FirstRun::tell(const StatusRecord& status)
{
    const auto serving = std::ranges::find(status.engines, true, &EngineRecord::isServing);
    m_engines->setText(
        serving == status.engines.end()
            ? tr("Let containerd keep its images here. The first command brings in what it has already, and shows with "
                 "--dry-run what it would do; the second one makes containerd use it:")
            : tr("The engine “%1” is served: what it pulls from now on is kept here. When its containerd was not set "
                 "up for that, these commands do it:")
                  .arg(plainText(serving->name, 40)));
}

void FirstRun::addStep(WrappedLabel* text, const QStringList& commands)
{
    m_layout->addSpacing(10);
    m_layout->addWidget(text);
    for (const QString& command : commands)
        m_layout->addWidget(makeCommand(command));
}

QWidget* FirstRun::makeCommand(const QString& command)
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* line = new QLineEdit(command, row);
    line->setReadOnly(true);
    line->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    line->setAccessibleName(tr("Command"));
    line->setCursorPosition(0);
    auto* copy = new QPushButton(icon(QStringLiteral("copy")), tr("Copy"), row);
    copy->setAccessibleName(tr("Copy %1").arg(command));
    connect(copy, &QPushButton::clicked, this, [command] { QGuiApplication::clipboard()->setText(command); });
    layout->addWidget(line, 1);
    layout->addWidget(copy);
    return row;
}

} // namespace layerhold::gui
