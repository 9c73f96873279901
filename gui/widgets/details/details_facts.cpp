// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/details/details_facts.h"

#include "charts/look.h"
#include "models/plain_text.h"
#include "models/sentences.h"

#include <QHeaderView>
#include <QScrollBar>
#include <algorithm>

namespace layerhold::gui {

namespace {

/// An index may have many.
constexpr std::size_t mostChildren = 200;
constexpr int widestName = 24; // characters

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

/// What an item is known by when its tree is filled anew: where it leads, else what it says first.
QString keyOf(const QTreeWidgetItem& item)
{
    for (const int role : {EntryRole, TagRole})
        if (QString target = item.data(0, role).toString(); !target.isEmpty())
            return target;
    return item.text(0);
}

QTreeWidgetItem* childWith(const QTreeWidgetItem& parent, const QString& key)
{
    for (int row = 0; row < parent.childCount(); ++row)
        if (keyOf(*parent.child(row)) == key)
            return parent.child(row);
    return nullptr;
}

QString orUnknown(const std::string& utf8)
{
    return utf8.empty() ? unknownText() : plainText(utf8);
}

} // namespace

DetailsTree::DetailsTree(const QString& name, int columns, QWidget* parent)
    : QTreeWidget(parent)
{
    setAccessibleName(name);
    setColumnCount(columns);
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setIndentation(12);
    setUniformRowHeights(true);
    setTextElideMode(Qt::ElideMiddle);
    header()->setStretchLastSection(true);
    if (columns > 1)
        header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    connect(this, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem* item) {
        if (const QString tag = item->data(0, TagRole).toString(); !tag.isEmpty())
            emit tagActivated(tag);
        else if (const QString digest = item->data(0, EntryRole).toString(); !digest.isEmpty())
            emit entryActivated(digest);
    });
}

int DetailsTree::sizeHintForColumn(int column) const
{
    return std::min(QTreeWidget::sizeHintForColumn(column), fontMetrics().averageCharWidth() * widestName);
}

QTreeWidgetItem* DetailsTree::addGroup(const QString& title)
{
    auto* group = new QTreeWidgetItem(this, {title});
    group->setFirstColumnSpanned(true);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    group->setFont(0, bold);
    group->setExpanded(true);
    return group;
}

QTreeWidgetItem* DetailsTree::add(QTreeWidgetItem* parent, const QStringList& texts, const QString& tip)
{
    auto* item = new QTreeWidgetItem(parent, texts);
    for (int column = 0; column < static_cast<int>(texts.size()); ++column)
        item->setToolTip(column, literalToolTip(tip.isEmpty() ? texts[column] : tip));
    item->setExpanded(true);
    return item;
}

void DetailsTree::lead(QTreeWidgetItem& item, DetailsRole role, const QString& target) const
{
    item.setData(0, role, target);
    const int column = item.columnCount() - 1;
    QFont underlined = font();
    underlined.setUnderline(true);
    item.setFont(column, underlined);
    item.setToolTip(column,
                    literalToolTip(plainText(target) + QLatin1Char('\n') + tr("Enter or a double click shows it.")));
}

void DetailsTree::refill(const std::function<void()>& fill)
{
    const int place = verticalScrollBar()->value();
    QStringList keys;
    for (const QTreeWidgetItem* item = currentItem(); item; item = item->parent())
        keys.prepend(keyOf(*item));
    clear();
    fill();
    QTreeWidgetItem* item = keys.isEmpty() ? nullptr : invisibleRootItem();
    for (const QString& key : keys)
        item = item ? childWith(*item, key) : nullptr;
    if (item)
        setCurrentItem(item);
    verticalScrollBar()->setValue(place);
}

DetailsFacts::DetailsFacts(const Format& format, QWidget* parent)
    : DetailsTree(tr("Facts of the entry"), 2, parent)
    , m_format(format)
{
    setObjectName(QStringLiteral("detailsFacts"));
}

void DetailsFacts::show(const BlobDetails& details)
{
    refill([this, &details] {
        showWhat(details);
        showBytes(details);
        showTimes(details.blob);
        if (details.image && !details.image->image.names.empty())
            showNames(details.image->image);
        if (!details.children.empty())
            showChildren(details);
    });
}

void DetailsFacts::showWhat(const BlobDetails& details)
{
    const BlobRecord& blob = details.blob;
    QTreeWidgetItem* group = addGroup(tr("Entry"));
    add(group, {tr("Digest"), plainText(blob.digest)});
    const Wording kind = wordingOf(CodeSet::Kind, blob.kind);
    add(group, {tr("Kind"), kind.label}, kind.sentence);
    add(group, {tr("Media type"), orUnknown(blob.mediaType)});
    const Wording state = wordingOf(CodeSet::State, blob.state);
    add(group, {tr("State"), state.label}, state.sentence);
    add(group, {tr("Origin"), orUnknown(blob.origin)});
    const Wording refetch = wordingOf(CodeSet::Refetch, blob.refetch.empty() ? "unknown" : blob.refetch);
    add(group, {tr("Re-fetchable"), refetch.label}, refetch.sentence);
    if (details.image && !details.image->image.platforms.empty()) {
        QStringList platforms;
        for (const std::string& platform : details.image->image.platforms)
            platforms.append(plainText(platform));
        add(group, {tr("Platforms"), platforms.join(QStringLiteral(", "))});
    }
}

void DetailsFacts::addBytes(QTreeWidgetItem* group, const QString& name, std::uint64_t bytes,
                            const QString& meaning) const
{
    add(group, {name, m_format.bytes(bytes)}, meaning + QLatin1Char('\n') + m_format.exactBytes(bytes));
}

void DetailsFacts::showBytes(const BlobDetails& details)
{
    QTreeWidgetItem* group = addGroup(tr("Bytes"));
    addBytes(group, tr("Stored size"), details.blob.size, tr("Its bytes as they are stored, compressed."));
    if (details.image) {
        const ImageRecord& image = details.image->image;
        addBytes(group, tr("Referenced"), image.referencedBytes,
                 tr("All that the image needs: its size if it were alone. Sums over images exceed the disk."));
        addBytes(group, tr("Unique"), image.uniqueBytes, tr("What this image needs and no other."));
        addBytes(group, tr("Share"), image.shareBytes,
                 tr("What it needs, where what several images need is divided among them. Adds up to what is stored."));
    }
    m_freed = add(group, {tr("Freed if removed"), tr("Asking…")});
}

void DetailsFacts::setFreed(std::uint64_t bytes)
{
    m_freed->setText(1, m_format.bytes(bytes));
    const QString meaning = bytes == 0 ? tr("Nothing comes back: something else needs it.")
                                       : tr("The bytes that only this entry reaches, and so would come back.");
    for (const int column : {0, 1})
        m_freed->setToolTip(column, literalToolTip(meaning + QLatin1Char('\n') + m_format.exactBytes(bytes)));
}

void DetailsFacts::setFreedUnknown(const QString& why)
{
    m_freed->setText(1, unknownText());
    for (const int column : {0, 1})
        m_freed->setToolTip(column, literalToolTip(plainText(why)));
}

void DetailsFacts::showTimes(const BlobRecord& blob)
{
    QTreeWidgetItem* group = addGroup(tr("Times"));
    const auto addMoment = [&](const QString& name, Moment moment, const QString& meaning) {
        add(group, {name, isKnown(moment) ? m_format.moment(moment) : tr("never")},
            meaning + QLatin1Char('\n') + m_format.iso(moment));
    };
    add(group, {tr("First seen"), isKnown(blob.createdAt) ? m_format.moment(blob.createdAt) : unknownText()},
        tr("When it came here.") + QLatin1Char('\n') +
            (isKnown(blob.createdAt) ? m_format.iso(blob.createdAt) : tr("Not known.")));
    addMoment(tr("Last used"), blob.accessedAt, tr("When it was last read or asked for."));
    addMoment(tr("Verified"), blob.verifiedAt, tr("When its bytes were last hashed and found right."));
    add(group, {tr("Hits"), m_format.count(blob.accessCount)},
        tr("How often it was read or asked for since it came here."));
}

void DetailsFacts::showNames(const ImageRecord& image)
{
    QTreeWidgetItem* group = addGroup(tr("Names"));
    for (const ImageNameRecord& name : image.names) {
        const QString source = name.engine.empty()
                                   ? wordingOf(CodeSet::NameSource, name.source).label
                                   : tr("Engine %1").arg(plainText(name.engine + '/' + name.engineNamespace));
        QTreeWidgetItem* item = add(group, {source, plainText(name.name)});
        if (name.source == "tag")
            lead(*item, TagRole, text(name.name));
    }
}

void DetailsFacts::showChildren(const BlobDetails& details)
{
    QTreeWidgetItem* group = addGroup(tr("Needs"));
    const std::size_t shown = std::min(details.children.size(), mostChildren);
    for (std::size_t number = 0; number < shown; ++number) {
        const EdgeRecord& edge = details.children[number];
        const QString what =
            edge.platform.empty() ? wordingOf(CodeSet::EdgeRole, edge.role).label : plainText(edge.platform);
        QTreeWidgetItem* item =
            add(group, {what, tr("%1, %2").arg(shortDigest(edge.child), m_format.bytes(edge.size))});
        lead(*item, EntryRole, text(edge.child));
    }
    if (shown < details.children.size())
        add(group, {QString(), tr("and %1 more").arg(m_format.count(details.children.size() - shown))});
}

} // namespace layerhold::gui
