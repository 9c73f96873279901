// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/records.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace layerhold::gui {

class WrappedLabel;

/// What to do with a cache that has nothing in it yet: commands to copy, in order.
class FirstRun final : public QWidget
{
    Q_OBJECT

public:
    explicit FirstRun(QWidget* parent = nullptr);

    void tell(const StatusRecord& status);

private:
    void addStep(WrappedLabel* text, const QStringList& commands);
    QWidget* makeCommand(const QString& command);

    QVBoxLayout* m_layout;
    WrappedLabel* m_engines;
};

} // namespace layerhold::gui
