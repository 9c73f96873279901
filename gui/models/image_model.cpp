// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/image_model.h"

#include "models/plain_text.h"
#include "models/sentences.h"

#include <algorithm>
#include <iterator>

namespace layerhold::gui {

namespace {

/// Internal ids: 0 is an image, others are 1 + the number of the image that a manifest belongs to.
constexpr quintptr ofImages = 0;
constexpr int notShown = -1;

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

const ImageNameRecord* bestName(const ImageRecord& image)
{
    for (const char* source : {"tag", "engine", "lease"}) {
        for (const ImageNameRecord& name : image.names) {
            if (name.source == source)
                return &name;
        }
    }
    return image.names.empty() ? nullptr : &image.names.front();
}

QString namesCell(const ImageRecord& image)
{
    if (image.names.size() < 2)
        return bestImageName(image);
    return ImageModel::tr("%1 + %2").arg(bestImageName(image), QString::number(image.names.size() - 1));
}

QString nameLine(const ImageNameRecord& name)
{
    const QString where = name.engine.empty() ? wordingOf(CodeSet::NameSource, name.source).label
                          : name.engineNamespace.empty()
                              ? plainText(name.engine)
                              : plainText(name.engine) + QLatin1Char('/') + plainText(name.engineNamespace);
    return ImageModel::tr("%1 (%2)").arg(plainText(name.name), where);
}

QString allNames(const ImageRecord& image)
{
    QStringList lines;
    for (const ImageNameRecord& name : image.names)
        lines += nameLine(name);
    return lines.join(QLatin1Char('\n'));
}

QString holders(const ImageRecord& image)
{
    QStringList found;
    for (const ImageNameRecord& name : image.names) {
        const QString holder =
            name.engine.empty() ? wordingOf(CodeSet::NameSource, name.source).label : plainText(name.engine);
        if (!found.contains(holder))
            found += holder;
    }
    return found.isEmpty() ? ImageModel::tr("nobody") : found.join(QStringLiteral(", "));
}

QString platformsText(const ImageRecord& image)
{
    QStringList platforms;
    for (const std::string& platform : image.platforms)
        platforms += plainText(platform);
    return platforms.join(QStringLiteral(", "));
}

QString digestCell(const std::string& digest, int role)
{
    if (role == CopyRole)
        return text(digest);
    return role == Qt::DisplayRole ? shortDigest(digest) : plainText(digest);
}

std::uint64_t layerBytes(const ManifestRecord& manifest)
{
    std::uint64_t bytes = 0;
    for (const LayerRecord& layer : manifest.layers)
        bytes += layer.size;
    return bytes;
}

QString platformName(const ManifestRecord& manifest)
{
    if (!manifest.platform.empty())
        return plainText(manifest.platform);
    return manifest.artifactType.empty() ? ImageModel::tr("platform not known") : plainText(manifest.artifactType);
}

} // namespace

QString bestImageName(const ImageRecord& image)
{
    const ImageNameRecord* name = bestName(image);
    return name ? plainText(name->name) : shortDigest(image.digest);
}

ImageModel::ImageModel(Format format, QObject* parent)
    : QAbstractItemModel(parent)
    , m_format(std::move(format))
{}

void ImageModel::append(std::vector<ImageRecord> images)
{
    std::vector<std::size_t> shown;
    for (ImageRecord& image : images) {
        const std::size_t number = m_images.size();
        if (!m_numbers.emplace(image.digest, number).second)
            continue;
        QString name = bestImageName(image);
        QString heldBy = holders(image);
        m_images.push_back({std::move(image), std::move(name), std::move(heldBy), Details::Unknown, {}});
        if (isShown(m_images.back()))
            shown.push_back(number);
    }
    m_rows.resize(m_images.size(), notShown);
    if (shown.empty())
        return;
    arrange(shown);
    std::vector<std::size_t> merged;
    merged.reserve(m_shown.size() + shown.size());
    std::merge(m_shown.begin(), m_shown.end(), shown.begin(), shown.end(), std::back_inserter(merged),
               [this](std::size_t a, std::size_t b) { return precedes(a, b); });
    const int first = static_cast<int>(m_shown.size());
    beginInsertRows({}, first, first + static_cast<int>(shown.size()) - 1);
    for (const std::size_t number : shown) {
        m_rows[number] = static_cast<int>(m_shown.size());
        m_shown.push_back(number);
    }
    endInsertRows();
    if (m_shown != merged)
        show(std::move(merged));
}

void ImageModel::clear()
{
    beginResetModel();
    m_images.clear();
    m_numbers.clear();
    m_shown.clear();
    m_rows.clear();
    endResetModel();
}

void ImageModel::setFormat(Format format)
{
    m_format = std::move(format);
    if (!m_shown.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void ImageModel::setDetails(const ImageDetails& details)
{
    const auto found = m_numbers.find(details.image.digest);
    if (found == m_numbers.end())
        return;
    Image& image = m_images[found->second];
    const int row = m_rows[found->second];
    const bool isVisible = row != notShown && isIndex(image);
    const QModelIndex parent = isVisible ? index(row, 0) : QModelIndex();
    if (std::equal(image.manifests.begin(), image.manifests.end(), details.manifests.begin(), details.manifests.end(),
                   [](const ManifestRecord& a, const ManifestRecord& b) { return a.digest == b.digest; })) {
        // The rows stay, and with them what is selected.
        image.details = Details::Known;
        image.manifests = details.manifests;
        if (isVisible && !image.manifests.empty())
            emit dataChanged(index(0, 0, parent), index(rowCount(parent) - 1, ColumnCount - 1, parent));
        return;
    }
    if (isVisible && !image.manifests.empty()) {
        beginRemoveRows(parent, 0, static_cast<int>(image.manifests.size()) - 1);
        image.manifests.clear();
        endRemoveRows();
    }
    image.details = Details::Known;
    if (!isVisible || details.manifests.empty()) {
        image.manifests = details.manifests;
        return;
    }
    beginInsertRows(parent, 0, static_cast<int>(details.manifests.size()) - 1);
    image.manifests = details.manifests;
    endInsertRows();
}

void ImageModel::forgetAsked()
{
    for (Image& image : m_images) {
        if (image.details == Details::Asked)
            image.details = Details::Unknown;
    }
}

void ImageModel::setFilter(const QString& filter)
{
    m_filter = filter;
    std::vector<std::size_t> order;
    for (std::size_t number = 0; number < m_images.size(); ++number) {
        if (isShown(m_images[number]))
            order.push_back(number);
    }
    arrange(order);
    show(std::move(order));
}

std::uint64_t ImageModel::countOf(const QString& filter) const
{
    return static_cast<std::uint64_t>(std::count_if(m_images.begin(), m_images.end(),
                                                    [&](const Image& image) { return matches(image.record, filter); }));
}

QModelIndex ImageModel::indexOf(const QString& digest) const
{
    const auto number = m_numbers.find(digest.toStdString());
    if (number == m_numbers.end())
        return {};
    const int row = m_rows[number->second];
    return row == notShown ? QModelIndex() : index(row, 0);
}

const ImageRecord& ImageModel::imageAt(const QModelIndex& index) const
{
    return m_images[imageNumber(index)].record;
}

bool ImageModel::isIndex(const Image& image)
{
    return image.record.kind == "index";
}

bool ImageModel::matches(const ImageRecord& image, const QString& filter)
{
    const auto has = [&](const std::string& value) { return text(value).contains(filter, Qt::CaseInsensitive); };
    return filter.isEmpty() || has(image.digest) ||
           std::any_of(image.names.begin(), image.names.end(), [&](const auto& name) { return has(name.name); }) ||
           std::any_of(image.platforms.begin(), image.platforms.end(), has);
}

bool ImageModel::isShown(const Image& image) const
{
    return matches(image.record, m_filter);
}

std::size_t ImageModel::imageNumber(const QModelIndex& index) const
{
    return index.internalId() == ofImages ? m_shown[static_cast<std::size_t>(index.row())]
                                          : static_cast<std::size_t>(index.internalId() - 1);
}

const ManifestRecord* ImageModel::manifestAt(const QModelIndex& index) const
{
    if (index.internalId() == ofImages)
        return nullptr;
    return &m_images[imageNumber(index)].manifests[static_cast<std::size_t>(index.row())];
}

QModelIndex ImageModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(imageNumber(parent) + 1) : ofImages);
}

QModelIndex ImageModel::parent(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == ofImages)
        return {};
    const int row = m_rows[imageNumber(index)];
    return row == notShown ? QModelIndex() : createIndex(row, 0, ofImages);
}

int ImageModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_shown.size());
    if (parent.internalId() != ofImages || parent.column() != 0)
        return 0;
    const Image& image = m_images[imageNumber(parent)];
    return isIndex(image) ? static_cast<int>(image.manifests.size()) : 0;
}

int ImageModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

bool ImageModel::hasChildren(const QModelIndex& parent) const
{
    return rowCount(parent) > 0 || canFetchMore(parent);
}

bool ImageModel::canFetchMore(const QModelIndex& parent) const
{
    if (!parent.isValid() || parent.internalId() != ofImages || parent.column() != 0)
        return false;
    const Image& image = m_images[imageNumber(parent)];
    return isIndex(image) && image.details == Details::Unknown;
}

void ImageModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent))
        return;
    Image& image = m_images[imageNumber(parent)];
    image.details = Details::Asked;
    emit detailsWanted(text(image.record.digest));
}

QVariant ImageModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return headerData(index.column(), Qt::Horizontal, role);
    const ManifestRecord* manifest = manifestAt(index);
    if (role == IdRole)
        return text(manifest ? manifest->digest : imageAt(index).digest);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != CopyRole)
        return {};
    const QVariant cell =
        manifest ? manifestCell(*manifest, index.column(), role) : imageCell(imageAt(index), index.column(), role);
    return role == Qt::ToolTipRole ? literalToolTip(cell.toString()) : cell;
}

QVariant ImageModel::imageCell(const ImageRecord& image, int column, int role) const
{
    const bool isDisplay = role == Qt::DisplayRole;
    const auto bytes = [&](std::uint64_t value) -> QVariant {
        if (role == CopyRole)
            return QString::number(value);
        return isDisplay ? m_format.bytes(value) : m_format.exactBytes(value);
    };
    const auto moment = [&](Moment value) { return isDisplay ? m_format.moment(value) : m_format.iso(value); };
    switch (column) {
    case Name:
        if (isDisplay)
            return namesCell(image);
        if (role == CopyRole)
            return bestName(image) ? text(bestName(image)->name) : text(image.digest);
        return allNames(image);
    case Digest:
        return digestCell(image.digest, role);
    case Platforms:
        return platformsText(image);
    case Layers:
        if (role == Qt::ToolTipRole && image.absentBlobs > 0)
            return tr("%1 of its blobs are not stored here", nullptr, numberForPlural(image.absentBlobs))
                .arg(m_format.count(image.absentBlobs));
        return m_format.count(image.layers);
    case Referenced:
        return bytes(image.referencedBytes);
    case Unique:
        return bytes(image.uniqueBytes);
    case Share:
        return bytes(image.shareBytes);
    case Created:
        return moment(image.createdAt);
    case LastUsed:
        return moment(image.accessedAt);
    case HeldBy:
        return role == Qt::ToolTipRole ? allNames(image) : holders(image);
    default:
        return {};
    }
}

QVariant ImageModel::manifestCell(const ManifestRecord& manifest, int column, int role) const
{
    const bool isDisplay = role == Qt::DisplayRole;
    switch (column) {
    case Name:
    case Platforms:
        return platformName(manifest);
    case Digest:
        return digestCell(manifest.digest, role);
    case Layers:
        return manifest.isPresent ? m_format.count(manifest.layers.size()) : unknownText();
    case Referenced:
        if (!manifest.isPresent)
            return isDisplay ? unknownText() : tr("Its manifest is not stored here");
        if (role == CopyRole)
            return QString::number(layerBytes(manifest));
        return isDisplay ? m_format.bytes(layerBytes(manifest))
                         : tr("%1 of layers").arg(m_format.exactBytes(layerBytes(manifest)));
    case Created:
        // Another thing than the column tells of images: the day is enough to tell builds apart.
        if (manifest.created.empty())
            return unknownText();
        if (role == CopyRole)
            return text(manifest.created);
        return isDisplay ? tr("built %1").arg(plainText(manifest.created.substr(0, 10))) : plainText(manifest.created);
    default:
        return {};
    }
}

QVariant ImageModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool isNumber = section >= Layers && section <= Share;
        return QVariant(static_cast<int>((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case Referenced:
            return tr("All bytes that it needs, as if it were alone. Sums over images exceed the disk.");
        case Unique:
            return tr("Bytes that no other image needs.");
        case Share:
            return tr("Bytes divided by the number of images that need them. Adds up to what is stored.");
        default:
            return {};
        }
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Digest:
        return tr("Digest");
    case Platforms:
        return tr("Platforms");
    case Layers:
        return tr("Layers");
    case Referenced:
        return tr("Referenced");
    case Unique:
        return tr("Unique");
    case Share:
        return tr("Share");
    case Created:
        return tr("First seen");
    case LastUsed:
        return tr("Last used");
    case HeldBy:
        return tr("Held by");
    default:
        return {};
    }
}

bool ImageModel::isBefore(const Image& a, const Image& b) const
{
    const ImageRecord& left = a.record;
    const ImageRecord& right = b.record;
    switch (m_sortColumn) {
    case Name:
        // Digests in place of names would come before all names.
        if (left.names.empty() != right.names.empty())
            return right.names.empty();
        return a.name < b.name;
    case Digest:
        return left.digest < right.digest;
    case Platforms:
        return left.platforms < right.platforms;
    case Layers:
        return left.layers < right.layers;
    case Referenced:
        return left.referencedBytes < right.referencedBytes;
    case Unique:
        return left.uniqueBytes < right.uniqueBytes;
    case Share:
        return left.shareBytes < right.shareBytes;
    case Created:
        return left.createdAt < right.createdAt;
    case LastUsed:
        return left.accessedAt < right.accessedAt;
    case HeldBy:
        return a.heldBy < b.heldBy;
    default:
        return false;
    }
}

bool ImageModel::precedes(std::size_t a, std::size_t b) const
{
    if (m_sortColumn >= 0) {
        const bool isAscending = m_sortOrder == Qt::AscendingOrder;
        const Image& first = m_images[isAscending ? a : b];
        const Image& second = m_images[isAscending ? b : a];
        if (isBefore(first, second))
            return true;
        if (isBefore(second, first))
            return false;
    }
    return a < b;
}

void ImageModel::arrange(std::vector<std::size_t>& order) const
{
    std::sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) { return precedes(a, b); });
}

void ImageModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_sortOrder = order;
    std::vector<std::size_t> numbers = m_shown;
    arrange(numbers);
    show(std::move(numbers));
}

void ImageModel::show(std::vector<std::size_t> order)
{
    emit layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    std::vector<std::size_t> numbers;
    for (const QModelIndex& each : before)
        numbers.push_back(imageNumber(each));
    m_shown = std::move(order);
    m_rows.assign(m_images.size(), notShown);
    for (std::size_t row = 0; row < m_shown.size(); ++row)
        m_rows[m_shown[row]] = static_cast<int>(row);
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const QModelIndex& each = before[i];
        const int row = m_rows[numbers[static_cast<std::size_t>(i)]];
        if (row == notShown)
            after.append(QModelIndex());
        else
            after.append(each.internalId() == ofImages ? createIndex(row, each.column(), ofImages) : each);
    }
    changePersistentIndexList(before, after);
    emit layoutChanged();
}

} // namespace layerhold::gui
