// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/entries/entry_feed.h"

#include <algorithm>

namespace layerhold::gui {

EntryFeed::EntryFeed(EntryModel& model, const Pins& pins, QObject* parent)
    : QObject(parent)
    , m_model(model)
    , m_pins(pins)
{
    connect(&pins, &Pins::changed, this, &EntryFeed::describe);
}

void EntryFeed::load(CacheClient& client)
{
    m_client = &client;
    m_blobs.drop();
    // Of a list that is there, what went wrong last time holds until it is told anew.
    if (!m_hasList) {
        m_error.reset();
        m_phase = ListFacts::Phase::Loading;
    }
    m_status.follow(
        client.status(),
        [this](const StatusRecord& status) { begin(QString::fromStdString(status.root), status.blobCount); },
        // The list alone is enough.
        [this](const CallError&) { begin({}, {}); });
    emit changed();
}

void EntryFeed::begin(const QString& root, std::optional<std::uint64_t> expected)
{
    if (!m_client)
        return;
    m_expected = expected;
    if (root.isEmpty() || root != m_root) {
        m_root = root;
        m_hasList = false;
        m_phase = ListFacts::Phase::Loading;
        m_named.clear();
        m_described.clear();
        m_model.clear(static_cast<std::size_t>(expected.value_or(0)));
    }
    m_seen.assign(m_model.columns().size(), false);
    m_blobs.follow(
        m_client->blobs({}, this, [this](const std::vector<BlobRecord>& blobs) { take(blobs); }),
        [this] { complete(); }, [this](const CallError& error) { fail(error); });
    emit changed();
}

void EntryFeed::take(const std::vector<BlobRecord>& blobs)
{
    m_model.upsert(blobs);
    m_seen.resize(m_model.columns().size(), false);
    for (const BlobRecord& blob : blobs)
        if (const auto id = m_model.find(blob.digest))
            m_seen[*id] = true;
    if (m_phase == ListFacts::Phase::Loading)
        emit changed();
}

void EntryFeed::complete()
{
    removeUnseen();
    m_error.reset();
    m_phase = ListFacts::Phase::Complete;
    m_hasList = true;
    m_model.flush();
    askNames();
    emit changed();
    emit completed();
}

void EntryFeed::fail(const CallError& error)
{
    m_error = error;
    m_phase = ListFacts::Phase::Failed;
    emit changed();
}

void EntryFeed::stop()
{
    for (LatestCall* call : {&m_images, &m_tags})
        call->drop();
    if (!isOpen())
        return;
    for (LatestCall* call : {&m_status, &m_blobs})
        call->drop();
    if (!m_hasList)
        m_phase = ListFacts::Phase::Stopped;
    emit changed();
}

void EntryFeed::forget()
{
    for (LatestCall* call : {&m_status, &m_blobs, &m_images, &m_tags})
        call->drop();
    m_root.clear();
    m_phase = ListFacts::Phase::NotAsked;
    m_error.reset();
    m_expected.reset();
    m_hasList = false;
    m_nameProblem.clear();
    m_named.clear();
    m_described.clear();
    m_model.clear(0);
    emit changed();
}

void EntryFeed::removeUnseen()
{
    const EntryColumns& columns = m_model.columns();
    std::vector<std::string> gone;
    for (EntryId id = 0; id < m_seen.size(); ++id)
        if (!m_seen[id] && columns[id].isStored)
            gone.push_back(columns.digest(id).toStdString());
    m_model.remove(gone);
}

void EntryFeed::askNames()
{
    m_incoming.clear();
    const auto fail = [this](const CallError& error) {
        m_nameProblem = error.message();
        emit changed();
    };
    const auto takeTags = [this](const std::vector<TagRecord>& tags) {
        for (const TagRecord& tag : tags) {
            Named& named = m_incoming[tag.digest];
            if (std::ranges::find(named.names, tag.reference) == named.names.end())
                named.names.push_back(tag.reference);
            if (named.tag.empty())
                named.tag = tag.reference;
            named.isKeptByTag |= tag.claims;
        }
    };
    const auto takeImages = [this](const std::vector<ImageRecord>& images) {
        for (const ImageRecord& image : images) {
            Named& named = m_incoming[image.digest];
            named.referencedBytes = image.referencedBytes;
            for (const ImageNameRecord& name : image.names)
                if (std::ranges::find(named.names, name.name) == named.names.end())
                    named.names.push_back(name.name);
        }
    };
    m_tags.follow(
        m_client->tags({}, this, takeTags),
        [this, takeImages, fail] {
            m_images.follow(
                m_client->images({}, this, takeImages),
                [this](const ImageTotals&) {
                    m_nameProblem.clear();
                    m_named = std::move(m_incoming);
                    describe();
                    emit changed();
                },
                fail);
        },
        fail);
}

void EntryFeed::describe()
{
    std::set<std::string> described;
    std::vector<EntryFacts> facts;
    const auto add = [&](const std::string& digest) {
        if (!described.insert(digest).second)
            return;
        const auto named = m_named.find(digest);
        std::vector<std::string> holders;
        if (m_pins.find(QString::fromStdString(digest)))
            holders.emplace_back("pin");
        if (named != m_named.end() && named->second.isKeptByTag)
            holders.emplace_back("tag");
        EntryFacts fact{.digest = digest};
        fact.names = named == m_named.end() ? std::vector<std::string>() : named->second.names;
        // Of what neither of these keeps it is not known who does.
        fact.forgetsHolders = true;
        if (!holders.empty())
            fact.holderKinds = std::move(holders);
        facts.push_back(std::move(fact));
    };
    for (const auto& [digest, named] : m_named)
        add(digest);
    for (const QString& digest : m_pins.digests())
        add(digest.toStdString());
    std::set<std::string> known = described;
    for (const std::string& digest : m_described)
        add(digest);
    m_described = std::move(known);
    m_model.describe(facts);
}

QString EntryFeed::tagOf(const QString& digest) const
{
    const auto named = m_named.find(digest.toStdString());
    return named == m_named.end() ? QString() : QString::fromStdString(named->second.tag);
}

std::optional<std::uint64_t> EntryFeed::referencedBytes(const QString& digest) const
{
    const auto named = m_named.find(digest.toStdString());
    return named == m_named.end() ? std::nullopt : named->second.referencedBytes;
}

} // namespace layerhold::gui
