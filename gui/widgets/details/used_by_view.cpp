// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/details/used_by_view.h"

#include "models/entry_columns.h"
#include "models/image_model.h"
#include "models/plain_text.h"
#include "models/sentences.h"

#include <QLabel>
#include <QVBoxLayout>

namespace layerhold::gui {

namespace {

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

} // namespace

UsedByView::UsedByView(const Format& format, QWidget* parent)
    : QWidget(parent)
    , m_format(format)
    , m_summary(new QLabel(this))
    , m_tree(new DetailsTree(tr("What uses it"), 1, this))
{
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_summary->setObjectName(QStringLiteral("usedBySummary"));
    m_tree->setObjectName(QStringLiteral("usedBy"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->addWidget(m_summary);
    layout->addWidget(m_tree, 1);
}

QString UsedByView::summary() const
{
    return m_summary->text();
}

void UsedByView::tell(const QString& sentence)
{
    m_tree->clear();
    m_tree->hide();
    m_summary->setText(plainText(sentence));
}

void UsedByView::show(const BlobDetails& entry, const UsedBySearch& search)
{
    if (search.isRunning()) {
        tell(tr("Asking what uses it: %1 found…").arg(m_format.count(search.users().size())));
        return;
    }
    if (entry.parents.empty()) {
        tell(entry.image ? tr("Nothing refers to it: it is an image of its own.") : tr("Nothing refers to it."));
        return;
    }
    m_tree->show();
    m_summary->setText(summaryOf(search));
    m_tree->refill([this, &entry, &search] {
        addImages(search);
        addParents(entry, search);
    });
}

QString UsedByView::summaryOf(const UsedBySearch& search) const
{
    std::set<std::string> tags;
    QSet<QString> repositories;
    const auto images = search.images();
    for (const ImageDetails* image : images)
        for (const ImageNameRecord& name : image->image.names) {
            if (name.source == "tag")
                tags.insert(name.name);
            repositories.insert(repositoryOf(text(name.name)));
        }
    const QString summary = tr("Images: %1, with tags: %2, of repositories: %3.")
                                .arg(m_format.count(images.size()), m_format.count(tags.size()),
                                     m_format.count(static_cast<std::uint64_t>(repositories.size())));
    return search.isCutOff()
               ? summary + QLatin1Char(' ') +
                     tr("There are more: only the first %1 users were looked at.").arg(UsedBySearch::mostAsked)
               : summary;
}

void UsedByView::addImages(const UsedBySearch& search)
{
    QTreeWidgetItem* group = m_tree->addGroup(tr("Images that need it"));
    for (const ImageDetails* details : search.images()) {
        const ImageRecord& image = details->image;
        const QString kind = wordingOf(CodeSet::Kind, image.kind).label;
        QTreeWidgetItem* item =
            DetailsTree::add(group, {tr("%1 %2").arg(kind, shortDigest(image.digest))}, plainText(image.digest));
        m_tree->lead(*item, EntryRole, text(image.digest));
        for (const ImageNameRecord& name : image.names) {
            QTreeWidgetItem* named = DetailsTree::add(item, {plainText(name.name)});
            if (name.source == "tag")
                m_tree->lead(*named, TagRole, text(name.name));
        }
        item->setExpanded(true);
    }
    group->setHidden(group->childCount() == 0);
}

void UsedByView::addParents(const BlobDetails& entry, const UsedBySearch& search)
{
    QTreeWidgetItem* group = m_tree->addGroup(tr("Refers to it directly"));
    for (const EdgeRecord& edge : entry.parents) {
        const auto user = search.users().find(edge.parent);
        const QString kind =
            user == search.users().end() ? tr("Entry") : wordingOf(CodeSet::Kind, user->second.blob.kind).label;
        const QString role = wordingOf(CodeSet::EdgeRole, edge.role).label;
        QTreeWidgetItem* item = DetailsTree::add(group, {tr("%1 %2 (%3)").arg(kind, shortDigest(edge.parent), role)});
        m_tree->lead(*item, EntryRole, text(edge.parent));
    }
}

} // namespace layerhold::gui
