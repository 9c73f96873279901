// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "client/snapshot_contents.h"

#include "models/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>
#include <set>

namespace layerhold::gui {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::Snapshot)
};

constexpr std::size_t fewestDigits = 6;
constexpr std::string_view usualAlgorithm = "sha256:";

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

[[noreturn]] void failNotFound(const QString& sentence)
{
    throw CallError(QStringLiteral("not_found"), sentence);
}

/// Records that come in another order than they are kept in were put there by somebody else.
template <class Records, class Key>
void sortBy(Records& records, Key key)
{
    if (!std::ranges::is_sorted(records, {}, key))
        std::ranges::stable_sort(records, {}, key);
}

const std::string& digestOfDetails(const ImageDetails& details)
{
    return details.image.digest;
}

/// Those of what is sorted by this projection for which it is `key`.
template <class T, class Key, class Projection>
std::span<const T> equalIn(const std::vector<T>& sorted, const Key& key, Projection projection)
{
    const auto first = std::ranges::lower_bound(sorted, key, {}, projection);
    const auto last = std::ranges::upper_bound(first, sorted.end(), key, {}, projection);
    return {first, last};
}

} // namespace

SnapshotAnswers::SnapshotAnswers(SnapshotContents contents)
    : m_contents(std::move(contents))
{
    sortBy(m_contents.blobs, &BlobRecord::digest);
    sortBy(m_contents.edges, &EdgeRecord::parent);
    sortBy(m_contents.claims, &ClaimRecord::digest);
    sortBy(m_contents.imageDetails, digestOfDetails);
    sortBy(m_contents.tagHistories, &TagHistory::reference);
    sortBy(m_contents.events, &EventRecord::sequence);
    m_edgesByChild.resize(m_contents.edges.size());
    std::iota(m_edgesByChild.begin(), m_edgesByChild.end(), Number(0));
    std::ranges::stable_sort(m_edgesByChild, {},
                             [this](Number edge) -> const std::string& { return m_contents.edges[edge].child; });
    Number parent = none;
    for (std::size_t i = 0; i < m_contents.edges.size(); ++i) {
        const EdgeRecord& edge = m_contents.edges[i];
        if (i == 0 || edge.parent != m_contents.edges[i - 1].parent)
            parent = find(edge.parent);
        const Number child = find(edge.child);
        if (parent != none && child != none)
            m_links.emplace_back(parent, child);
    }
}

void SnapshotAnswers::checkAnswered(const char* question) const
{
    const auto gap = std::ranges::find(m_contents.gaps, question, &SnapshotGap::question);
    if (gap != m_contents.gaps.end())
        throw CallError(text(gap->code), text(gap->message));
}

SnapshotAnswers::Number SnapshotAnswers::find(const std::string& digest) const
{
    const auto found = std::ranges::lower_bound(m_contents.blobs, digest, {}, &BlobRecord::digest);
    return found != m_contents.blobs.end() && found->digest == digest
               ? static_cast<Number>(found - m_contents.blobs.begin())
               : none;
}

SnapshotAnswers::Number SnapshotAnswers::require(const std::string& digest) const
{
    const Number blob = find(digest);
    if (blob == none)
        failNotFound(Texts::tr("There is no blob %1 in this snapshot.").arg(shortDigest(digest)));
    return blob;
}

/// A digest, a name of an image, or the beginning of a digest.
const std::string& SnapshotAnswers::digestOf(const std::string& name) const
{
    if (const Number blob = find(name); blob != none)
        return m_contents.blobs[blob].digest;
    for (const TagRecord& tag : m_contents.tags)
        if (tag.reference == name)
            return tag.digest;
    for (const ImageRecord& image : m_contents.images)
        for (const ImageNameRecord& known : image.names)
            if (known.name == name)
                return image.digest;
    const std::string start = name.find(':') == std::string::npos ? std::string(usualAlgorithm) + name : name;
    const auto first = std::ranges::lower_bound(m_contents.blobs, start, {}, &BlobRecord::digest);
    const auto begins = [&](auto blob) { return blob != m_contents.blobs.end() && blob->digest.starts_with(start); };
    if (start.size() < start.find(':') + 1 + fewestDigits || !begins(first))
        failNotFound(Texts::tr("Nothing in this snapshot is called “%1”.").arg(text(name)));
    if (begins(std::next(first)))
        throw CallError(QStringLiteral("invalid_argument"),
                        Texts::tr("Several blobs begin with “%1”: give more digits.").arg(text(name)));
    return first->digest;
}

void SnapshotAnswers::checkClaims() const
{
    checkAnswered("inspect");
    if (!m_contents.info.hasAllClaims)
        throw CallError(QStringLiteral("unavailable"),
                        Texts::tr("This snapshot does not hold what keeps each entry: the cache had too many."));
}

template <class OnEdge>
void SnapshotAnswers::eachParent(const std::string& child, OnEdge onEdge) const
{
    const auto childOf = [this](Number edge) -> const std::string& { return m_contents.edges[edge].child; };
    for (const Number edge : equalIn(m_edgesByChild, child, childOf))
        onEdge(m_contents.edges[edge]);
}

std::span<const EdgeRecord> SnapshotAnswers::childrenOf(const std::string& parent) const
{
    return equalIn(m_contents.edges, parent, &EdgeRecord::parent);
}

std::span<const ClaimRecord> SnapshotAnswers::claimsOn(const std::string& digest) const
{
    return equalIn(m_contents.claims, digest, &ClaimRecord::digest);
}

BlobDetails SnapshotAnswers::inspect(const std::string& name) const
{
    checkAnswered("inspect");
    BlobDetails details;
    details.blob = m_contents.blobs[require(digestOf(name))];
    const std::string& digest = details.blob.digest;
    const auto children = childrenOf(digest);
    details.children.assign(children.begin(), children.end());
    eachParent(digest, [&](const EdgeRecord& edge) { details.parents.push_back(edge); });
    const auto claims = claimsOn(digest);
    details.claims.assign(claims.begin(), claims.end());
    const auto image = std::ranges::lower_bound(m_contents.imageDetails, digest, {}, digestOfDetails);
    if (image != m_contents.imageDetails.end() && image->image.digest == digest)
        details.image = *image;
    return details;
}

std::vector<ClaimPathRecord> SnapshotAnswers::whyKept(const std::string& digest) const
{
    checkClaims();
    require(digest);
    // Breadth first over the parents: the first path that reaches an ancestor is a shortest one.
    std::vector<ClaimPathRecord> found;
    std::vector<std::vector<std::string>> paths{{digest}};
    std::set<std::string> seen{digest};
    for (std::size_t next = 0; next < paths.size(); ++next) {
        const std::vector<std::string> path = paths[next];
        for (const ClaimRecord& claim : claimsOn(path.back()))
            found.push_back({path, claim});
        eachParent(path.back(), [&](const EdgeRecord& edge) {
            if (!seen.insert(edge.parent).second)
                return;
            paths.push_back(path);
            paths.back().push_back(edge.parent);
        });
    }
    return found;
}

std::vector<bool> SnapshotAnswers::reachedFrom(std::vector<bool> start) const
{
    std::vector<Number> open;
    for (Number blob = 0; blob < start.size(); ++blob)
        if (start[blob])
            open.push_back(blob);
    while (!open.empty()) {
        const Number parent = open.back();
        open.pop_back();
        for (const auto& [from, child] : equalIn(m_links, parent, &std::pair<Number, Number>::first)) {
            if (start[child])
                continue;
            start[child] = true;
            open.push_back(child);
        }
    }
    return start;
}

std::uint64_t SnapshotAnswers::freedBy(const std::vector<std::string>& digests) const
{
    checkClaims();
    std::vector<bool> isSelected(m_contents.blobs.size());
    for (const std::string& digest : digests)
        isSelected[require(digest)] = true;
    const std::vector<bool> isReached = reachedFrom(isSelected);
    // A claim on what the selection only leads to is somebody else's; one on the selected itself goes with it.
    std::vector<bool> isKept = isReached;
    isKept.flip();
    for (const ClaimRecord& claim : m_contents.claims)
        if (const Number blob = find(claim.digest); blob != none && !isSelected[blob])
            isKept[blob] = true;
    isKept = reachedFrom(std::move(isKept));
    std::uint64_t bytes = 0;
    for (Number blob = 0; blob < isKept.size(); ++blob)
        if (isReached[blob] && !isKept[blob] && m_contents.blobs[blob].state == "present")
            bytes += m_contents.blobs[blob].size;
    return bytes;
}

UsageRecord SnapshotAnswers::usage(const std::string& level) const
{
    checkAnswered("usage");
    const auto found = std::ranges::find(m_contents.usage, level, &SnapshotUsage::level);
    if (found == m_contents.usage.end())
        failNotFound(Texts::tr("This snapshot has no figures by “%1”.").arg(text(level)));
    return found->usage;
}

TagHistory SnapshotAnswers::tagHistory(const std::string& reference) const
{
    checkAnswered("tagHistory");
    const auto found = std::ranges::lower_bound(m_contents.tagHistories, reference, {}, &TagHistory::reference);
    if (found == m_contents.tagHistories.end() || found->reference != reference)
        failNotFound(Texts::tr("This snapshot has no history of the tag %1.").arg(text(reference)));
    return *found;
}

HistoryRecord SnapshotAnswers::history(const std::string& series, std::chrono::seconds step, Moment since) const
{
    checkAnswered("history");
    const HistoryRecord* best = nullptr;
    for (const HistoryRecord& record : m_contents.histories) {
        if (record.series != series || (step.count() != 0 && record.step != step))
            continue;
        const bool reachesBack = best && (best->points.empty() || best->points.front().at <= since);
        if (!best || (!reachesBack && record.step > best->step) || (reachesBack && record.step < best->step))
            best = &record;
    }
    if (!best)
        failNotFound(Texts::tr("This snapshot has no history of %1.").arg(text(series)));
    HistoryRecord answer = *best;
    std::erase_if(answer.points, [&](const HistoryPoint& point) { return point.at < since; });
    return answer;
}

} // namespace layerhold::gui
