// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/storage_page.h"

#include "models/in_worker.h"
#include "models/plain_text.h"
#include "widgets/pages/call_states.h"
#include "widgets/pages/copy_texts.h"
#include "widgets/pages/storage/breadcrumb.h"
#include "widgets/pages/storage/map_controls.h"
#include "widgets/pages/storage/map_legend.h"
#include "widgets/pages/storage/map_statement.h"
#include "widgets/pages/storage/sharers_panel.h"
#include "widgets/pages/storage/storage_tree_view.h"
#include "widgets/pages/table_tools.h"

#include <QComboBox>
#include <QListWidget>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace layerhold::gui {

namespace {

/// A larger cache is not counted anew with each thing that happens in it.
constexpr std::uint64_t mostBlobsToFollow = 100'000;

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace

StoragePage::StoragePage(AppContext& context, QWidget* parent)
    : Page(context, {QStringLiteral("storage"), tr("Storage"), QStringLiteral("storage")}, parent)
    , m_freed(context)
    , m_controls(new MapControls)
    , m_view(new StorageTreeView(context.format()))
    , m_sharers(new SharersPanel)
    , m_breadcrumb(new Breadcrumb)
    , m_map(new StorageMapView)
    , m_legend(new MapLegend)
    , m_statement(new MapStatement)
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_treeSide(makeTreeSide())
    , m_mapSide(makeMapSide())
{
    setFilterLine(m_controls);
    makeContent();
    connectParts();
    new EntryCommands(context, *this, m_pins,
                      {.current = [this] { return chosen(); },
                       .digests = [this] { return chosenDigests(); },
                       .rows = [this] { return rowsAsTsv(*m_view); },
                       .client = [this] { return client(); }});
    bindActions();
    m_map->setFormat(format());
    m_legend->setEntries(mapLegend(MapColoring::Kind));
    m_sharers->show(nullptr, 0, format());
    updateState();
}

QWidget* StoragePage::makeTreeSide()
{
    auto* side = new QSplitter(Qt::Vertical);
    side->setChildrenCollapsible(false);
    giveEntryActions(*m_view, actions());
    side->addWidget(m_view);
    side->addWidget(m_sharers);
    side->setStretchFactor(0, 3);
    side->setStretchFactor(1, 1);
    side->setSizes({480, 160});
    return side;
}

QWidget* StoragePage::makeMapSide()
{
    auto* side = new QWidget;
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    giveEntryActions(*m_map, actions());
    layout->addWidget(m_breadcrumb);
    layout->addWidget(m_map, 1);
    layout->addWidget(m_statement);
    layout->addWidget(m_legend);
    return side;
}

void StoragePage::makeContent()
{
    m_splitter->setObjectName(QStringLiteral("storagePanes"));
    m_splitter->addWidget(m_treeSide);
    m_splitter->addWidget(m_mapSide);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setSizes({400, 700});
    setContent(m_splitter);
    placePanes();
}

void StoragePage::placePanes()
{
    const bool isMapFirst = context().settings().storagePanes() == StoragePanes::MapFirst;
    QWidget* first = isMapFirst ? m_mapSide : m_treeSide;
    if (m_splitter->indexOf(first) != 0) {
        const QList<int> sizes = m_splitter->sizes();
        m_splitter->insertWidget(0, first);
        m_splitter->setSizes({sizes.back(), sizes.front()});
    }
    // Tab goes as one reads.
    QWidgetList stops = m_controls->stops();
    if (isMapFirst)
        stops << m_breadcrumb << m_map;
    stops << m_view << &m_sharers->list();
    for (qsizetype next = 1; next < stops.size(); ++next)
        setTabOrder(stops[next - 1], stops[next]);
}

void StoragePage::connectParts()
{
    connect(&m_load, &StorageLoad::progressed, this, &StoragePage::updateState);
    connect(&m_load, &StorageLoad::ended, this,
            [this](const std::shared_ptr<StorageCollector>& lists) { prepare(lists); });
    connect(&m_load, &StorageLoad::failed, this, [this](const CallError& error) {
        m_phase = Phase::Failed;
        m_pace.end();
        m_error = error;
        updateState();
    });
    connect(m_controls, &MapControls::changed, this, [this] {
        m_legend->setEntries(mapLegend(m_controls->coloring()));
        if (tree())
            prepare(m_view->tree());
    });
    connect(m_view, &StorageTreeView::nodeChosen, this, [this](std::uint32_t node) {
        m_map->showNode(node);
        choose(node);
    });
    connect(m_map, &StorageMapView::nodeChosen, this, [this](std::uint32_t node) {
        m_view->showNode(node);
        choose(node);
    });
    connect(m_map, &StorageMapView::rootChanged, this, [this](std::uint32_t node) {
        if (tree())
            m_breadcrumb->show(*tree(), node);
        actions().update();
    });
    connect(m_map, &StorageMapView::itemActivated, this, [this] { openCurrent(); });
    connect(m_breadcrumb, &Breadcrumb::chosen, m_map, &StorageMapView::setRootNode);
    connect(m_sharers, &SharersPanel::activated, this,
            [this](const QString& digest) { context().requestPage(QStringLiteral("images"), digest); });
    connect(&context(), &AppContext::formatChanged, this, [this] {
        m_view->setFormat(format());
        m_map->setFormat(format());
        tell();
    });
}

void StoragePage::bindActions()
{
    const auto whyNoMap = [this] { return tree() ? QString() : tr("There is no map yet."); };
    const auto whyNotIn = [this] { return currentNode() != 0 ? QString() : tr("Nothing is chosen."); };
    const auto whyNotOut = [this] {
        return m_map->rootNode() != 0 ? QString() : tr("The map shows everything already.");
    };
    actions().bind(
        QStringLiteral("view.zoomIn"), this, [this] { m_map->goIn(); }, whyNotIn);
    actions().bind(
        QStringLiteral("view.zoomOut"), this, [this] { m_map->goOut(); }, whyNotOut);
    actions().bind(
        QStringLiteral("view.zoomReset"), this, [this] { m_map->setRootNode(0); }, whyNoMap);
    actions().bind(
        QStringLiteral("go.up"), this, [this] { m_map->goOut(); }, whyNotOut);
    actions().bind(
        QStringLiteral("entry.open"), this, [this] { openCurrent(); }, whyNotIn);
    actions().bind(QStringLiteral("view.swapPanes"), this, [this] {
        Settings& settings = context().settings();
        settings.setStoragePanes(settings.storagePanes() == StoragePanes::TreeFirst ? StoragePanes::MapFirst
                                                                                    : StoragePanes::TreeFirst);
        placePanes();
    });
}

void StoragePage::refresh()
{
    load();
}

void StoragePage::refreshQuietly()
{
    if (m_load.isOpen() || m_pace.isResting())
        markOld();
    else if (!tree() || tree()->contents().blobs.size() <= mostBlobsToFollow)
        load();
}

void StoragePage::load()
{
    m_phase = Phase::Loading;
    m_error.reset();
    m_pins.load(client());
    m_pace.begin();
    m_load.start(*client());
    updateState();
}

void StoragePage::stop()
{
    if (!m_load.isOpen())
        return;
    m_load.stop();
    m_phase = Phase::Stopped;
    updateState();
}

void StoragePage::clientChanged()
{
    m_freed.drop();
    m_load.stop();
    if (!client())
        return; // What is there stays, as of then.
    ++m_service;
    m_pins.load(nullptr);
    m_phase = Phase::NotAsked;
    m_view->setTree(nullptr);
    m_map->setScene({});
    m_sharers->show(nullptr, 0, format());
    tell();
}

void StoragePage::frontChanged()
{
    if (isInFront())
        showSelection();
}

bool StoragePage::isConcernedBy(const EventRecord& event) const
{
    return event.kind.starts_with("blob_") || event.kind.starts_with("tag") || event.kind.ends_with("pinned") ||
           event.kind == "claim_released";
}

namespace {

std::shared_ptr<const StorageContents> contentsOf(const std::shared_ptr<StorageCollector>& lists)
{
    return std::make_shared<const StorageContents>(std::move(*lists).finish());
}

std::shared_ptr<const StorageContents> contentsOf(const std::shared_ptr<const StorageTree>& tree)
{
    // Shares the ownership of the tree that has them.
    return {tree, &tree->contents()};
}

} // namespace

template <class Contents>
void StoragePage::prepare(Contents contents)
{
    constexpr bool isNew = std::is_same_v<Contents, std::shared_ptr<StorageCollector>>;
    const std::uint64_t request = ++m_request;
    const auto work = [contents = std::move(contents), rule = m_controls->rule(), coloring = m_controls->coloring(),
                       now = format().now()] {
        auto tree = std::make_shared<const StorageTree>(contentsOf(contents), rule);
        std::vector<MapTint> tints = mapTints(*tree, coloring, now);
        return Prepared{std::move(tree), std::move(tints)};
    };
    inWorker(this, work, [this, request, isOf = m_service](Prepared prepared) {
        if (isOf != m_service)
            return;
        if constexpr (isNew) {
            m_phase = Phase::Complete;
            m_pace.end();
            m_countedAt = format().now();
        }
        // The rule or the colours were changed meanwhile: made anew from what has just come.
        if (request == m_request)
            show(std::move(prepared));
        else if constexpr (isNew)
            prepare(std::move(prepared.tree));
    });
}

void StoragePage::show(Prepared prepared)
{
    const QStringList level = tree() ? tree()->keyOf(m_map->rootNode()) : QStringList();
    const std::shared_ptr<const StorageTree> shown = prepared.tree;
    m_view->setTree(shown);
    m_map->setScene(
        {.map = {shown, &shown->map()},
         .tints = std::move(prepared.tints),
         .nameOf = [shown](std::uint32_t node) { return shown->nameOf(node); },
         .detailsOf = [shown,
                       this](std::uint32_t node) { return shown->describe(node, format()).join(QLatin1Char('\n')); }});
    m_map->setRootNode(shown->find(level));
    m_map->showNode(m_view->currentNode());
    m_breadcrumb->show(*shown, m_map->rootNode());
    m_sharers->show(shown.get(), m_view->currentNode(), format());
    tell();
    openWanted();
    updateState();
    if (isInFront())
        showSelection();
}

void StoragePage::tell()
{
    m_breadcrumb->setVisible(tree());
    m_statement->setVisible(tree());
    if (!tree()) {
        m_controls->setSummary(QString());
        return;
    }
    const StorageMap& map = tree()->map();
    m_statement->tell(mapStatement(map, format()),
                      isMapOverStored(map) ? MapStatement::Tone::Warning : MapStatement::Tone::Plain);
    m_statement->setToolTip(byteRuleExplanation(map.rule));
    const StorageContents& contents = tree()->contents();
    m_controls->setSummary(m_problem.isEmpty()
                               ? tr("%1 images, %2 blobs, counted at %3")
                                     .arg(format().count(contents.images.size()), format().count(contents.blobs.size()),
                                          format().clock(m_countedAt))
                               : m_problem);
}

void StoragePage::updateState()
{
    const bool isThere = tree();
    const QString what = tr("what the cache holds and what refers to what");
    PageState state = state::Ready{};
    if (m_phase == Phase::Failed && isThere)
        state = state::Partial{.missing = tr("what changed since %1").arg(format().clock(m_countedAt)),
                               .why = m_error->message()};
    else if (m_phase == Phase::Failed)
        state = stateAfter(*m_error, what);
    else if (isThere && tree()->contents().blobs.empty())
        state = state::EmptyStore{};
    else if (isThere)
        state = state::Ready{};
    else if (m_phase == Phase::Stopped)
        state = state::Failed{.sentence = tr("The loading was stopped. The map needs all of it."), .details = {}};
    else if (m_phase == Phase::NotAsked)
        state = state::NeverConnected{};
    else
        state = state::Loading{.rows = m_load.blobCount(), .expected = {}};
    pane().show(std::move(state));
    actions().update();
}

const StorageTree* StoragePage::tree() const
{
    return m_view->tree().get();
}

std::uint32_t StoragePage::currentNode() const
{
    return tree() ? m_view->currentNode() : 0;
}

void StoragePage::choose(std::uint32_t node)
{
    m_problem.clear();
    tell();
    m_sharers->show(tree(), node, format());
    const std::string_view digest = tree()->digestOf(node);
    if (isInFront()) {
        showSelection();
        if (!digest.empty())
            context().current().set({.kind = tree()->imageOf(node) ? Item::Kind::Image : Item::Kind::Blob,
                                     .id = text(digest),
                                     .page = id()});
    }
    actions().update();
}

void StoragePage::showSelection()
{
    const std::uint32_t node = currentNode();
    const auto blob = node != 0 ? tree()->blobOf(node) : std::nullopt;
    const ImageRecord* image = node != 0 ? tree()->imageOf(node) : nullptr;
    if (!blob && !image)
        m_freed.show(client(), {}, 0);
    else
        m_freed.show(client(), chosenDigests(),
                     image ? image->referencedBytes : tree()->contents().graph.blobs[*blob].bytes);
}

void StoragePage::open(const QString& entity)
{
    m_wanted = entity;
    openWanted();
}

void StoragePage::openWanted()
{
    if (m_wanted.isEmpty() || !tree())
        return;
    const auto node = tree()->findNamed(m_wanted);
    const QString wanted = std::exchange(m_wanted, {});
    if (!node) {
        m_problem = tr("%1 is not stored.").arg(plainText(wanted));
        tell();
        return;
    }
    m_view->showNode(*node);
    m_map->showNode(*node);
    choose(*node);
    m_view->setFocus();
}

void StoragePage::openCurrent()
{
    const std::uint32_t node = currentNode();
    if (node == 0)
        return;
    const std::string_view digest = tree()->digestOf(node);
    if (digest.empty())
        m_map->setRootNode(node);
    else
        context().requestPage(tree()->imageOf(node) ? QStringLiteral("images") : QStringLiteral("entries"),
                              text(digest));
}

std::optional<ChosenEntry> StoragePage::chosen() const
{
    const std::uint32_t node = currentNode();
    const std::string_view digest = node != 0 ? tree()->digestOf(node) : std::string_view();
    if (digest.empty())
        return std::nullopt;
    ChosenEntry entry{.digest = text(digest)};
    if (const ImageRecord* image = tree()->imageOf(node)) {
        if (!image->names.empty())
            entry.name = QString::fromStdString(image->names.front().name);
        const auto tag = std::ranges::find(image->names, "tag", &ImageNameRecord::source);
        if (tag != image->names.end())
            entry.tag = QString::fromStdString(tag->name);
        entry.pull = pullCommand(*image, {});
        entry.json = imageJson(*image);
    }
    return entry;
}

QStringList StoragePage::chosenDigests() const
{
    const auto entry = chosen();
    return entry ? QStringList{entry->digest} : QStringList();
}

} // namespace layerhold::gui
