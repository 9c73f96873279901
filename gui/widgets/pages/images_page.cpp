// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/images_page.h"

#include "models/plain_text.h"
#include "models/table_roles.h"
#include "widgets/pages/compare_view.h"
#include "widgets/pages/copy_texts.h"
#include "widgets/pages/image_pane.h"
#include "widgets/pages/table_tools.h"

#include <QSplitter>
#include <QToolButton>

namespace layerhold::gui {

namespace {

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

QString tagOf(const ImageRecord& image)
{
    for (const ImageNameRecord& name : image.names)
        if (name.source == "tag")
            return text(name.name);
    return {};
}

} // namespace

ImagesPage::ImagesPage(AppContext& context, QWidget* parent)
    : ListPage(context, {QStringLiteral("images"), tr("Images"), QStringLiteral("images")}, parent)
    , m_model(context.format())
    , m_pane(new ImagePane(context))
    , m_splitter(new QSplitter(Qt::Vertical))
    , m_freed(context)
{
    makeFilterLine();
    makeContent();
    new EntryCommands(context, *this, m_pins,
                      {.current = [this] { return chosen(); },
                       .digests = [this] { return chosenDigests(); },
                       .rows = [this] { return rowsAsTsv(*m_view); },
                       .client = [this] { return client(); }});
    bindActions();
    connect(&m_model, &ImageModel::detailsWanted, this, [this](const QString& digest) {
        if (client())
            m_inspector.ask(digest);
        else
            m_model.forgetAsked();
    });
    connect(&m_inspector, &ImageInspector::told, this, &ImagesPage::takeDetails);
    connect(&m_inspector, &ImageInspector::failed, this, [this](const QString& digest, const QString& sentence) {
        m_model.forgetAsked();
        if (digest == currentImage())
            m_pane->showProblem(sentence);
    });
    connect(&m_pins, &Pins::changed, this, [this] { m_pane->showPin(m_pins.find(currentImage())); });
    connect(&context, &AppContext::formatChanged, this, [this] {
        m_model.setFormat(format());
        m_pane->refreshFormat();
        updateState();
    });
    connect(&m_ages, &QTimer::timeout, m_view->viewport(), qOverload<>(&QWidget::update));
    updateState();
}

void ImagesPage::makeFilterLine()
{
    m_filter->setAccessibleName(tr("Filter images"));
    m_filter->setPlaceholderText(tr("Filter by name, platform or digest"));
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& filter) {
        m_model.setFilter(filter.trimmed());
        updateState();
    });
}

void ImagesPage::makeContent()
{
    m_view->setModel(&m_model);
    m_view->setAccessibleName(tr("Images"));
    setUpTable(*m_view, {{ImageModel::Name, 36},
                         {ImageModel::Digest, 16},
                         {ImageModel::Platforms, 25},
                         {ImageModel::Layers, 8},
                         {ImageModel::Referenced, 12},
                         {ImageModel::Unique, 12},
                         {ImageModel::Share, 12},
                         {ImageModel::Created, 18},
                         {ImageModel::LastUsed, 13},
                         {ImageModel::HeldBy, 12}});
    m_view->setItemDelegateForColumn(ImageModel::Digest, new FixedFontDelegate(m_view));
    m_view->sortByColumn(ImageModel::Name, Qt::AscendingOrder);
    giveEntryActions(*m_view, actions());
    const QItemSelectionModel* selection = m_view->selectionModel();
    connect(selection, &QItemSelectionModel::currentRowChanged, this, [this] {
        if (!m_isFilling)
            showCurrent();
    });
    connect(selection, &QItemSelectionModel::selectionChanged, this, [this] {
        if (!m_isFilling)
            showSelection();
    });
    m_splitter->addWidget(m_view);
    m_splitter->addWidget(m_pane);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({400, 330});
    m_splitter->setChildrenCollapsible(false);
    setContent(m_splitter);
    // The buttons of the pane stand above what was made before them.
    QWidget* before = m_view;
    for (auto* button : m_pane->findChildren<QToolButton*>(Qt::FindDirectChildrenOnly))
        setTabOrder(std::exchange(before, button), button);
    connect(m_pane, &ImagePane::tagActivated, this,
            [this](const QString& tag) { context().requestPage(QStringLiteral("tags"), tag); });
    connect(m_pane, &ImagePane::blobActivated, this,
            [this](const QString& digest) { context().requestPage(QStringLiteral("entries"), digest); });
    connect(&m_pane->layers(), &PaintedWidget::currentItemChanged, this, [this] {
        if (const QString layer = focusedLayer(); !layer.isEmpty())
            context().current().set({.kind = Item::Kind::Blob, .id = layer, .page = QStringLiteral("entries")});
    });
}

void ImagesPage::bindActions()
{
    const auto whyNothing = [this] { return chosen() ? QString() : tr("Nothing is chosen."); };
    actions().bind(
        QStringLiteral("entry.open"), this,
        [this] {
            if (const QString layer = focusedLayer(); !layer.isEmpty())
                context().requestPage(QStringLiteral("entries"), layer);
            else
                m_pane->layers().setFocus(Qt::OtherFocusReason);
        },
        whyNothing);
    actions().bind(
        QStringLiteral("entry.compare"), this, [this] { compareChosen(); },
        [this] {
            const auto rows = chosenRows(*m_view).size();
            if (rows == 0)
                return tr("Nothing is chosen.");
            return rows > 2 ? tr("Two images can be compared; %1 are chosen.").arg(rows) : QString();
        });
    actions().bind(
        QStringLiteral("entry.filterBy"), this,
        [this] { m_filter->setText(m_view->currentIndex().data(CopyRole).toString()); },
        [this] {
            const QModelIndex current = m_view->currentIndex();
            if (!current.isValid())
                return tr("Nothing is chosen.");
            const int column = current.column();
            return column == ImageModel::Name || column == ImageModel::Digest || column == ImageModel::Platforms
                       ? QString()
                       : tr("The filter looks into names, platforms and digests.");
        });
    actions().bind(
        QStringLiteral("go.up"), this,
        [this] {
            m_view->setCurrentIndex(m_view->currentIndex().parent());
            m_view->setFocus();
        },
        [this] { return m_view->currentIndex().parent().isValid() ? QString() : tr("There is no level above."); });
}

void ImagesPage::load()
{
    startList([this](OnBatch<ImageRecord> onBatch) { return client()->images({}, this, std::move(onBatch)); },
              [this](const ImageTotals& totals) {
                  m_totals = totals;
                  selectWanted();
                  if (!m_wanted.isEmpty())
                      m_pane->showProblem(
                          tr("%1 is not among the images.").arg(plainText(std::exchange(m_wanted, {}))));
                  else
                      showCurrent();
                  if (isInFront())
                      showSelection();
              });
}

void ImagesPage::giveClient(CacheClient* client)
{
    m_inspector.setClient(client);
    m_freed.drop();
    if (!client)
        m_model.forgetAsked();
}

bool ImagesPage::isConcernedBy(const EventRecord& event) const
{
    return event.kind.starts_with("blob_") || event.kind.starts_with("tag") || event.kind.ends_with("pinned") ||
           event.kind == "claim_released";
}

void ImagesPage::append(std::vector<ImageRecord> images)
{
    addNames(images);
    m_model.append(std::move(images));
    if (!m_wanted.isEmpty())
        selectWanted();
}

void ImagesPage::replace(std::vector<ImageRecord> images)
{
    const QScopedValueRollback filling(m_isFilling, true);
    m_memory.remember();
    m_model.clear();
    m_names.clear();
    m_inspector.outdate([&images](const QString& digest) {
        return std::ranges::binary_search(images, digest.toStdString(), {}, &ImageRecord::digest);
    });
    if (images.empty())
        return;
    append(std::move(images));
    for (const auto& [digest, details] : m_inspector.all())
        m_model.setDetails(details);
    m_memory.restore();
}

void ImagesPage::addNames(const std::vector<ImageRecord>& images)
{
    for (const ImageRecord& image : images)
        for (const ImageNameRecord& name : image.names)
            m_names.add({.text = text(name.name),
                         .detail = tr("Image, %1").arg(format().bytes(image.referencedBytes)),
                         .icon = QStringLiteral("images"),
                         .page = id(),
                         .entity = text(image.digest)});
}

void ImagesPage::updateState()
{
    ListWords words{.what = tr("the images"), .right = tr("to list images"), .empty = {}};
    if (m_totals.otherBytes > 0) {
        words.empty.title = tr("No images yet");
        words.empty.text = tr("The cache holds %1, but nothing that is an image. Pull one through it:")
                               .arg(format().bytes(m_totals.otherBytes));
    }
    const ListFacts facts{.phase = m_list.phase(),
                          .rows = m_model.imageCount(),
                          .shown = static_cast<std::uint64_t>(m_model.rowCount()),
                          .filter = m_filter->text().trimmed(),
                          .error = m_list.error()};
    pane().show(stateOfList(facts, words, [this](const QString& filter) { return m_model.countOf(filter); }));
    QString summary;
    if (facts.phase == ListFacts::Phase::Complete && facts.rows > 0) {
        summary = facts.shown == facts.rows
                      ? tr("%1 images", nullptr, numberForPlural(facts.rows)).arg(format().count(facts.rows))
                      : tr("%1 of %2 images", nullptr, numberForPlural(facts.rows))
                            .arg(format().count(facts.shown), format().count(facts.rows));
        summary += tr(" · %1 stored, %2 of it shared")
                       .arg(format().bytes(m_totals.imageBytes), format().bytes(m_totals.sharedBytes));
    }
    m_summary->setText(summary);
    actions().update();
}

void ImagesPage::takeDetails(const ImageDetails& details)
{
    const QString digest = text(details.image.digest);
    m_model.setDetails(details);
    if (digest == currentImage())
        m_pane->showDetails(details, m_view->currentIndex().siblingAtColumn(0).data(IdRole).toString());
    actions().update();
}

void ImagesPage::showCurrent()
{
    const QString digest = currentImage();
    if (digest.isEmpty()) {
        m_pane->showNothing();
        actions().update();
        return;
    }
    const QString chosenDigest = m_view->currentIndex().siblingAtColumn(0).data(IdRole).toString();
    if (const ImageDetails* known = m_inspector.find(digest))
        m_pane->showDetails(*known, chosenDigest);
    else
        m_pane->showImage(m_model.imageAt(m_view->currentIndex()));
    m_pane->showPin(m_pins.find(digest));
    m_inspector.ask(digest);
    if (isInFront())
        context().current().set({.kind = Item::Kind::Image, .id = chosenDigest, .page = id()});
    actions().update();
}

void ImagesPage::showSelection()
{
    std::uint64_t referenced = 0;
    QStringList digests;
    const bool isAny = m_view->selectionModel()->hasSelection();
    for (const QModelIndex& row : isAny ? chosenRows(*m_view) : QList<QModelIndex>()) {
        if (row.parent().isValid())
            continue;
        referenced += m_model.imageAt(row).referencedBytes;
        digests.append(row.data(IdRole).toString());
    }
    m_freed.show(client(), digests, referenced);
}

void ImagesPage::open(const QString& entity)
{
    m_wanted = entity;
    m_filter->clear();
    selectWanted();
    if (!m_wanted.isEmpty() && m_list.phase() == ListFacts::Phase::Complete && !m_list.isOpen())
        m_pane->showProblem(tr("%1 is not among the images.").arg(plainText(std::exchange(m_wanted, {}))));
}

void ImagesPage::selectWanted()
{
    if (m_wanted.isEmpty())
        return;
    QModelIndex found = m_model.indexOf(m_wanted);
    for (int row = 0; row < m_model.rowCount() && !found.isValid(); ++row) {
        const QModelIndex index = m_model.index(row, 0);
        for (const ImageNameRecord& name : m_model.imageAt(index).names)
            if (text(name.name) == m_wanted)
                found = index;
        for (int child = 0; child < m_model.rowCount(index); ++child)
            if (m_model.index(child, 0, index).data(IdRole).toString() == m_wanted)
                found = m_model.index(child, 0, index);
    }
    if (!found.isValid())
        return;
    m_wanted.clear();
    m_view->setCurrentIndex(found);
    m_view->scrollTo(found);
    m_view->setFocus();
}

void ImagesPage::compareChosen()
{
    const auto side = [this](const QModelIndex& row) {
        const ImageRecord& image = m_model.imageAt(row);
        return CompareSide{.name = row.data(IdRole).toString(), .reference = tagOf(image)};
    };
    const QList<QModelIndex> rows = chosenRows(*m_view);
    openComparison(context(), client(), m_names.texts(), side(rows[0]), rows.size() > 1 ? side(rows[1]) : CompareSide(),
                   window());
}

std::optional<ChosenEntry> ImagesPage::chosen() const
{
    const QModelIndex current = m_view->currentIndex();
    if (!current.isValid())
        return std::nullopt;
    const QString layer = focusedLayer();
    if (!layer.isEmpty())
        return ChosenEntry{.digest = layer};
    const ImageRecord& image = m_model.imageAt(current);
    const QString digest = current.siblingAtColumn(0).data(IdRole).toString();
    if (current.parent().isValid())
        return ChosenEntry{.digest = digest, .tag = tagOf(image)};
    const QString name =
        image.names.empty() ? QString() : current.siblingAtColumn(ImageModel::Name).data(CopyRole).toString();
    return ChosenEntry{
        .digest = digest, .name = name, .tag = tagOf(image), .pull = m_pane->pullText(), .json = imageJson(image)};
}

QStringList ImagesPage::chosenDigests() const
{
    if (const QString layer = focusedLayer(); !layer.isEmpty())
        return {layer};
    QStringList digests;
    for (const QModelIndex& row : chosenRows(*m_view))
        digests.append(row.data(IdRole).toString());
    return digests;
}

QString ImagesPage::focusedLayer() const
{
    const LayerStack& layers = m_pane->layers();
    return layers.hasFocus() && layers.currentItem() != PaintedWidget::noItem
               ? text(layers.layerOf(layers.currentItem()).digest)
               : QString();
}

QString ImagesPage::currentImage() const
{
    const QModelIndex current = m_view->currentIndex();
    return current.isValid() ? text(m_model.imageAt(current).digest) : QString();
}

} // namespace layerhold::gui
