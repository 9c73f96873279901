// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/format.h"

#include <QTreeWidget>

#include <functional>
#include <optional>

namespace layerhold::gui {

/// Items that lead somewhere have one of these.
enum DetailsRole
{
    EntryRole = Qt::UserRole, ///< digest of an entry to be shown
    TagRole                   ///< reference of a tag to be shown
};

/// A list of facts, or of ways, in the Details dock: texts are shown as they are written. What leads somewhere does so
/// by Enter or a double click.
class DetailsTree : public QTreeWidget
{
    Q_OBJECT

public:
    DetailsTree(const QString& name, int columns, QWidget* parent = nullptr);

    QTreeWidgetItem* addGroup(const QString& title);
    /// `texts` have gone through plainText(); `tip`: empty: all of the texts.
    static QTreeWidgetItem* add(QTreeWidgetItem* parent, const QStringList& texts, const QString& tip = {});
    /// Makes an item lead somewhere.
    void lead(QTreeWidgetItem& item, DetailsRole role, const QString& target) const;
    /// Empties it and calls `fill`. What was current is so again if it is still there, and the place stays.
    void refill(const std::function<void()>& fill);

signals:
    void entryActivated(const QString& digest);
    void tagActivated(const QString& reference);

protected:
    /// What a name of others would need is no reason to hide what is told of it.
    int sizeHintForColumn(int column) const override;
};

/// What is known of one blob.
class DetailsFacts final : public DetailsTree
{
    Q_OBJECT

public:
    /// `format` outlives it.
    explicit DetailsFacts(const Format& format, QWidget* parent = nullptr);

    void show(const BlobDetails& details);
    using QWidget::show;
    /// Of the entry that is shown.
    void setFreed(std::uint64_t bytes);
    void setFreedUnknown(const QString& why);

private:
    void showWhat(const BlobDetails& details);
    void showBytes(const BlobDetails& details);
    void showTimes(const BlobRecord& blob);
    void showNames(const ImageRecord& image);
    void showChildren(const BlobDetails& details);
    void addBytes(QTreeWidgetItem* group, const QString& name, std::uint64_t bytes, const QString& meaning) const;

    const Format& m_format;
    QTreeWidgetItem* m_freed = nullptr;
};

} // namespace layerhold::gui
