// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/format.h"
#include "models/records.h"
#include "models/table_roles.h"

#include <QAbstractItemModel>

#include <unordered_map>
#include <vector>

namespace layerhold::gui {

/// Images, with their manifests (one for each platform) below those that are indexes. What is below is asked for when a
/// view wants it: detailsWanted. A cache has some thousand images at most, so sorting is done at once.
class ImageModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column
    {
        Name,
        Digest,
        Platforms,
        Layers,
        Referenced,
        Unique,
        Share,
        Created,
        LastUsed,
        HeldBy,
        ColumnCount
    };

    explicit ImageModel(Format format, QObject* parent = nullptr);

    void append(std::vector<ImageRecord> images);
    void clear();
    void setFormat(Format format);

    /// Puts the manifests of an image that is here below it. Their names are platforms.
    void setDetails(const ImageDetails& details);

    /// Of those that were wanted no details come: they are wanted again the next time that a view asks.
    void forgetAsked();

    /// Shows the images that have this in a name, a platform or their digest, in any case; empty: all.
    void setFilter(const QString& text);
    /// How many a filter would show.
    std::uint64_t countOf(const QString& filter) const;

    /// Of all images, shown or not.
    std::size_t imageCount() const { return m_images.size(); }

    /// The row of an image; invalid: it is not shown.
    QModelIndex indexOf(const QString& digest) const;

    /// Of a row of any level: the image it is or belongs to.
    const ImageRecord& imageAt(const QModelIndex& index) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    bool hasChildren(const QModelIndex& parent = {}) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

signals:
    void detailsWanted(const QString& digest);

private:
    enum class Details
    {
        Unknown,
        Asked,
        Known
    };

    struct Image
    {
        ImageRecord record;
        QString name;   ///< the best one
        QString heldBy; ///< as the column says it
        Details details = Details::Unknown;
        std::vector<ManifestRecord> manifests;
    };

    static bool isIndex(const Image& image);
    static bool matches(const ImageRecord& image, const QString& filter);
    bool isShown(const Image& image) const;
    std::size_t imageNumber(const QModelIndex& index) const;
    const ManifestRecord* manifestAt(const QModelIndex& index) const;
    bool isBefore(const Image& a, const Image& b) const;
    /// By the order of the rows; equal ones as they came.
    bool precedes(std::size_t a, std::size_t b) const;
    void arrange(std::vector<std::size_t>& order) const;
    void show(std::vector<std::size_t> order);
    QVariant imageCell(const ImageRecord& image, int column, int role) const;
    QVariant manifestCell(const ManifestRecord& manifest, int column, int role) const;

    Format m_format;
    std::vector<Image> m_images;
    std::unordered_map<std::string, std::size_t> m_numbers; ///< of images, by digest
    std::vector<std::size_t> m_shown;                       ///< numbers, in the order of the rows
    std::vector<int> m_rows;                                ///< by number; -1: not shown
    QString m_filter;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

/// The name to call an image by: the first tag, else what an engine or a lease calls it; without any its short digest.
QString bestImageName(const ImageRecord& image);

} // namespace layerhold::gui
