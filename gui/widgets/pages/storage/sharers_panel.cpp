// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/storage/sharers_panel.h"

#include "models/plain_text.h"
#include "models/storage_tree.h"

#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

namespace layerhold::gui {

namespace {

/// More are not looked through in a list.
constexpr std::size_t mostShown = 1000;

} // namespace

SharersPanel::SharersPanel(QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_list(new QListWidget(this))
{
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_list->setAccessibleName(tr("Images that have what is chosen"));
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setUniformItemSizes(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addWidget(m_title);
    layout->addWidget(m_list, 1);
    connect(m_list, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem* item) { emit activated(item->data(Qt::UserRole).toString()); });
}

void SharersPanel::show(const StorageTree* tree, std::uint32_t node, const Format& format)
{
    m_list->clear();
    const auto blob = tree ? tree->blobOf(node) : std::nullopt;
    m_list->setEnabled(blob.has_value());
    if (!blob) {
        m_title->setText(tr("Used by: choose a blob to see the images that have it."));
        return;
    }
    const auto sharers = tree->contents().sharersOf(*blob);
    m_title->setText(
        sharers.empty() ? tr("Used by no image.")
        : sharers.size() == 1
            ? tr("Used by one image:")
            : tr("Used by %1 images:", nullptr, numberForPlural(sharers.size())).arg(format.count(sharers.size())));
    for (const std::uint32_t entity : sharers.first(std::min(sharers.size(), mostShown))) {
        const ImageRecord& image = tree->contents().images[entity];
        auto* item = new QListWidgetItem(imageTitle(image), m_list);
        item->setData(Qt::UserRole, QString::fromStdString(image.digest));
        item->setToolTip(literalToolTip(item->text() + QLatin1Char('\n') + plainText(image.digest)));
    }
    if (sharers.size() > mostShown)
        (new QListWidgetItem(tr("and %1 more").arg(format.count(sharers.size() - mostShown)), m_list))
            ->setFlags(Qt::NoItemFlags);
}

QString SharersPanel::title() const
{
    return m_title->text();
}

} // namespace layerhold::gui
