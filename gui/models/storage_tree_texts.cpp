// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/plain_text.h"
#include "models/storage_tree.h"

namespace layerhold::gui {

namespace {

using Kind = StorageNode::Kind;

constexpr qsizetype mostNames = 8;

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::StorageTree)
};

/// The tag of a name, with its colon; empty: it has none.
QString tagIn(const std::string& name)
{
    const std::size_t colon = name.rfind(':');
    const std::size_t slash = name.rfind('/');
    const bool isTag = colon != std::string::npos && (slash == std::string::npos || colon > slash);
    return isTag && name.find('@') == std::string::npos ? plainText(std::string_view(name).substr(colon)) : QString();
}

void addSome(QStringList& lines, const QStringList& names, const Format& format)
{
    lines += names.mid(0, mostNames);
    if (names.size() > mostNames)
        lines += Texts::tr("and %1 more").arg(format.count(static_cast<std::uint64_t>(names.size() - mostNames)));
}

} // namespace

QString storedKindName(StoredKind kind)
{
    switch (kind) {
    case StoredKind::Layer:
        return Texts::tr("Layer");
    case StoredKind::Config:
        return Texts::tr("Config");
    case StoredKind::Manifest:
        return Texts::tr("Manifest");
    case StoredKind::Index:
        return Texts::tr("Index");
    case StoredKind::Other:
        break;
    }
    return Texts::tr("Other");
}

QString keepReasonName(KeepReason reason)
{
    switch (reason) {
    case KeepReason::Pin:
        return Texts::tr("Kept by a pin");
    case KeepReason::Tag:
        return Texts::tr("Kept by a tag");
    case KeepReason::Engine:
        return Texts::tr("Kept by an engine");
    case KeepReason::Other:
        return Texts::tr("Kept by something else");
    case KeepReason::None:
        return Texts::tr("Released: a cleanup may remove it");
    }
    return {};
}

QString refetchableName(Refetchable refetch)
{
    switch (refetch) {
    case Refetchable::Yes:
        return Texts::tr("A registry is known to have had it");
    case Refetchable::OnlyCopy:
        return Texts::tr("Only copy: once removed it is lost");
    case Refetchable::Unknown:
        break;
    }
    return Texts::tr("Not known whether it could be fetched again");
}

QString imageTitle(const ImageRecord& image)
{
    if (image.names.empty())
        return shortDigest(image.digest);
    const QString name = plainText(image.names.front().name);
    return image.names.size() == 1 ? name
                                   : Texts::tr("%1 and %2 more").arg(name, QString::number(image.names.size() - 1));
}

QString StorageTree::nameOf(std::uint32_t node) const
{
    const StorageNode& what = m_map.nodes[node];
    switch (what.kind) {
    case Kind::Root:
        return tr("All");
    case Kind::Group:
        return what.name.empty() ? tr("Without a name") : plainText(what.name);
    case Kind::Entity: {
        const ImageRecord& image = m_contents->images[what.index];
        const QString tag = image.names.empty() ? QString() : tagIn(image.names.front().name);
        const QString digest = shortDigest(image.digest);
        return tag.isEmpty() ? digest : tag + QLatin1Char(' ') + digest;
    }
    case Kind::Blob:
        return storedKindName(m_contents->blobs[what.index].kind) + QLatin1Char(' ') +
               shortDigest(m_contents->graph.blobs[what.index].digest);
    case Kind::SharedBlock:
        return tr("Shared by two or more");
    case Kind::OtherBlock:
        return tr("In no image");
    }
    return {};
}

QStringList StorageTree::sharersOf(std::uint32_t blob) const
{
    QStringList names;
    for (const std::uint32_t entity : m_contents->sharersOf(blob))
        names += imageTitle(m_contents->images[entity]);
    return names;
}

void StorageTree::describeImage(QStringList& lines, const ImageRecord& image, const Format& format) const
{
    QStringList names;
    for (const ImageNameRecord& name : image.names)
        names += plainText(name.name);
    lines += plainText(image.digest);
    addSome(lines, names, format);
    lines += tr("Referenced: %1 (its size if it were alone)").arg(format.bytes(image.referencedBytes));
    lines += tr("Unique: %1 (no other image has them)").arg(format.bytes(image.uniqueBytes));
    lines += tr("Share: %1 (shared bytes divided by those that have them)").arg(format.bytes(image.shareBytes));
    if (image.absentBlobs > 0)
        lines += tr("%1 of its blobs are not stored", nullptr, numberForPlural(image.absentBlobs))
                     .arg(format.count(image.absentBlobs));
    lines += tr("Last used: %1").arg(format.moment(image.accessedAt));
}

void StorageTree::describeBlob(QStringList& lines, std::uint32_t blob, const Format& format) const
{
    const StorageContents::Blob& facts = m_contents->blobs[blob];
    lines += tr("%1 %2").arg(storedKindName(facts.kind), plainText(m_contents->graph.blobs[blob].digest));
    const std::uint64_t bytes = m_contents->graph.blobs[blob].bytes;
    lines += tr("Stored: %1 (%2)").arg(format.bytes(bytes), format.exactBytes(bytes));
    lines += tr("Last used: %1").arg(format.moment(facts.usedAt));
    lines += keepReasonName(facts.kept);
    lines += refetchableName(facts.refetch);
    const auto sharers = m_contents->sharersOf(blob);
    if (sharers.empty()) {
        lines += tr("No image has it.");
        return;
    }
    lines += sharers.size() == 1
                 ? tr("Only one image has it:")
                 : tr("%1 images have it:", nullptr, numberForPlural(sharers.size())).arg(format.count(sharers.size()));
    QStringList names;
    for (const std::uint32_t entity : sharers.first(std::min<std::size_t>(sharers.size(), mostNames)))
        names += imageTitle(m_contents->images[entity]);
    lines += names;
    if (sharers.size() > mostNames)
        lines += tr("and %1 more").arg(format.count(sharers.size() - mostNames));
}

QStringList StorageTree::describe(std::uint32_t node, const Format& format) const
{
    QStringList lines;
    if (const auto blob = blobOf(node)) {
        describeBlob(lines, *blob, format);
    } else if (const ImageRecord* image = imageOf(node)) {
        describeImage(lines, *image, format);
    } else {
        lines += nameOf(node);
        if (m_map.nodes[node].kind == Kind::SharedBlock)
            lines += tr("Blobs that two or more images have. Removing one of these images does not free them.");
        else if (m_map.nodes[node].kind == Kind::OtherBlock)
            lines += tr("Blobs that are stored and belong to no image.");
    }
    lines += tr("Here: %1 (%2), by the rule “%3”")
                 .arg(format.bytes(bytesOf(node)), format.exactBytes(bytesOf(node)), byteRuleName(m_map.rule));
    return lines;
}

} // namespace layerhold::gui
