// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/storage/breadcrumb.h"

#include "models/storage_tree.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace layerhold::gui {

namespace {

/// In average characters.
constexpr int longestStep = 40;

} // namespace

Breadcrumb::Breadcrumb(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(2);
    m_layout->addStretch(1);
    setAccessibleName(tr("Level of the map"));
}

void Breadcrumb::show(const StorageTree& tree, std::uint32_t node)
{
    for (QWidget* part : m_parts) {
        m_layout->removeWidget(part);
        // One of them may be what was pressed.
        part->hide();
        part->deleteLater();
    }
    m_parts.clear();
    m_steps.clear();
    std::vector<std::uint32_t> way{node};
    while (way.back() != 0)
        way.push_back(tree.parentOf(way.back()));
    const auto add = [this](QWidget* part) {
        m_layout->insertWidget(static_cast<int>(m_parts.size()), part);
        m_parts.push_back(part);
    };
    for (auto step = way.rbegin(); step != way.rend(); ++step) {
        if (!m_steps.empty())
            add(new QLabel(QStringLiteral("›"), this));
        const QString name = tree.nameOf(*step);
        auto* button = new QToolButton(this);
        button->setAutoRaise(true);
        // A name of others could have a mnemonic in it.
        button->setText(fontMetrics()
                            .elidedText(name, Qt::ElideMiddle, fontMetrics().averageCharWidth() * longestStep)
                            .replace(QLatin1Char('&'), QLatin1String("&&")));
        button->setAccessibleName(tr("Show %1").arg(name));
        button->setEnabled(*step != node);
        connect(button, &QToolButton::clicked, this, [this, level = *step] { emit chosen(level); });
        m_steps.push_back(button);
        add(button);
    }
}

QStringList Breadcrumb::texts() const
{
    QStringList texts;
    for (const QToolButton* step : m_steps)
        texts += step->text();
    return texts;
}

} // namespace layerhold::gui
