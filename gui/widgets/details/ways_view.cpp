// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/details/ways_view.h"

#include "models/plain_text.h"
#include "models/sentences.h"

#include <QLabel>
#include <QVBoxLayout>

namespace layerhold::gui {

namespace {

constexpr std::size_t mostWays = 200;

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

} // namespace

WaysView::WaysView(const Format& format, QWidget* parent)
    : QWidget(parent)
    , m_format(format)
    , m_summary(new QLabel(this))
    , m_tree(new DetailsTree(tr("Ways to what keeps it"), 1, this))
{
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_summary->setObjectName(QStringLiteral("waysSummary"));
    m_tree->setObjectName(QStringLiteral("ways"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->addWidget(m_summary);
    layout->addWidget(m_tree, 1);
}

QString WaysView::summary() const
{
    return m_summary->text();
}

void WaysView::tell(const QString& sentence)
{
    m_tree->clear();
    m_tree->hide();
    m_summary->setText(plainText(sentence));
}

void WaysView::show(const BlobRecord& blob, const std::vector<ClaimPathRecord>& ways)
{
    if (ways.empty()) {
        tell(blob.isReleased ? tr("Nobody needs it: a cleanup may remove it.")
                             : tr("Nothing that is known here holds it. What is being written now may need it."));
        return;
    }
    m_tree->show();
    m_summary->setText(
        ways.size() == 1
            ? tr("It is kept for one reason:")
            : tr("It is kept for %1 reasons:", nullptr, numberForPlural(ways.size())).arg(m_format.count(ways.size())));
    m_tree->refill([this, &ways] {
        for (std::size_t number = 0; number < std::min(ways.size(), mostWays); ++number)
            addWay(ways[number]);
        if (ways.size() > mostWays)
            m_tree->addGroup(tr("and %1 more").arg(m_format.count(ways.size() - mostWays)));
    });
}

void WaysView::addWay(const ClaimPathRecord& way)
{
    const Wording holder = wordingOf(CodeSet::HolderKind, way.claim.holderKind);
    const QString name = plainText(way.claim.holder);
    QTreeWidgetItem* step = m_tree->addGroup(name.isEmpty() ? holder.label : tr("%1: %2").arg(holder.label, name));
    step->setToolTip(
        0, literalToolTip(holder.sentence + QLatin1Char('\n') + tr("Since %1.").arg(m_format.moment(way.claim.since))));
    if (way.claim.holderKind == "tag")
        m_tree->lead(*step, TagRole, text(way.claim.holder));
    for (std::size_t place = way.path.size(); place-- > 0;) {
        const std::string& digest = way.path[place];
        const bool isRoot = place + 1 == way.path.size();
        QString sentence =
            isRoot ? tr("holds %1").arg(shortDigest(digest)) : tr("which needs %1").arg(shortDigest(digest));
        if (place == 0)
            sentence = isRoot ? tr("holds this entry, %1").arg(shortDigest(digest))
                              : tr("which needs this entry, %1").arg(shortDigest(digest));
        step = DetailsTree::add(step, {sentence}, plainText(digest));
        if (place > 0)
            m_tree->lead(*step, EntryRole, text(digest));
        else
            step->setData(0, EntryRole, text(digest));
    }
}

} // namespace layerhold::gui
