// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/image_pane.h"

#include "models/image_model.h"
#include "models/plain_text.h"
#include "models/sentences.h"
#include "widgets/icons.h"
#include "widgets/pages/copy_texts.h"
#include "widgets/pages/elided_label.h"
#include "widgets/pages/table_tools.h"

#include <QClipboard>
#include <QComboBox>
#include <QFontDatabase>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace layerhold::gui {

namespace {

constexpr int tagRole = Qt::UserRole;
constexpr int blobRole = Qt::UserRole + 1;

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

QToolButton* buttonFor(QAction* action, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAccessibleName(plainActionText(action->text()));
    return button;
}

QLineEdit* copyField(const QString& name, QWidget* parent)
{
    auto* field = new QLineEdit(parent);
    field->setReadOnly(true);
    field->setAccessibleName(name);
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(field->font().pointSizeF());
    field->setFont(fixed);
    QAction* copy = field->addAction(icon(QStringLiteral("copy")), QLineEdit::TrailingPosition);
    copy->setToolTip(ImagePane::tr("Copy: %1").arg(name));
    QObject::connect(copy, &QAction::triggered, field,
                     [field] { QGuiApplication::clipboard()->setText(field->text()); });
    return field;
}

QTreeWidgetItem* addGroup(QTreeWidget& tree, const QString& title)
{
    auto* group = new QTreeWidgetItem(&tree, {title});
    group->setFirstColumnSpanned(true);
    QFont font = tree.font();
    font.setWeight(QFont::DemiBold);
    group->setFont(0, font);
    group->setExpanded(true);
    return group;
}

QTreeWidgetItem* addFact(QTreeWidgetItem* group, const QString& fact, const QString& value)
{
    auto* item = new QTreeWidgetItem(group, {fact, value});
    item->setToolTip(0, literalToolTip(fact));
    item->setToolTip(1, literalToolTip(value));
    return item;
}

QString manifestTitle(const ManifestRecord& manifest)
{
    const std::string& title = manifest.platform.empty() ? manifest.artifactType : manifest.platform;
    return title.empty() ? shortDigest(manifest.digest) : plainText(title);
}

} // namespace

ImagePane::ImagePane(AppContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_format(context.format())
    , m_name(new ElidedLabel(this))
    , m_summary(new ElidedLabel(this))
    , m_layersTitle(new QLabel(tr("&Layers"), this))
    , m_build(new ElidedLabel(this))
    , m_platforms(new QComboBox(this))
    , m_layers(new LayerStack)
    , m_scroll(new QScrollArea(this))
    , m_digest(copyField(tr("Digest"), this))
    , m_pull(copyField(tr("Pull command"), this))
    , m_facts(new QTreeWidget(this))
{
    setObjectName(QStringLiteral("imagePane"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->setSpacing(6);
    makeHead(context.actions());
    makeBody(context.actions());
    showNothing();
}

void ImagePane::makeHead(Actions& actions)
{
    QFont font = m_name->font();
    font.setWeight(QFont::DemiBold);
    font.setPointSizeF(font.pointSizeF() * 1.15);
    m_name->setFont(font);
    m_name->setObjectName(QStringLiteral("imageName"));
    m_summary->setObjectName(QStringLiteral("imageSummary"));
    auto* head = new QHBoxLayout;
    head->addWidget(m_name, 1);
    for (const char* id : {"entry.compare", "entry.history", "entry.copyPull"})
        head->addWidget(buttonFor(actions.action(QString::fromLatin1(id)), this));
    auto* layout = static_cast<QVBoxLayout*>(this->layout());
    layout->addLayout(head);
    layout->addWidget(m_summary);
}

void ImagePane::makeBody(Actions& actions)
{
    m_platforms->setAccessibleName(tr("Platform"));
    m_platforms->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_platforms->setMinimumContentsLength(18);
    connect(m_platforms, &QComboBox::currentIndexChanged, this, &ImagePane::showManifest);
    m_layers->setFormat(m_format);
    m_layersTitle->setBuddy(m_layers);
    m_build->setObjectName(QStringLiteral("imageBuild"));
    giveEntryActions(*m_layers, actions);
    m_scroll->setWidget(m_layers);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    // The widget is as high as its rows, and as wide as it must be.
    m_scroll->setMinimumWidth(320);
    connect(m_layers, &PaintedWidget::currentItemChanged, this, [this](int item) {
        if (item != PaintedWidget::noItem)
            m_scroll->ensureVisible(0, m_layers->itemRect(item).center().y(), 0, m_layers->itemRect(item).height());
    });
    connect(m_layers, &PaintedWidget::itemActivated, this,
            [this](int item) { emit blobActivated(text(m_layers->layerOf(item).digest)); });

    m_facts->setObjectName(QStringLiteral("imageFacts"));
    m_facts->setAccessibleName(tr("Names, referrers and sources"));
    m_facts->setColumnCount(2);
    m_facts->setHeaderHidden(true);
    m_facts->setUniformRowHeights(true);
    m_facts->setRootIsDecorated(false);
    m_facts->setIndentation(12);
    m_facts->setTextElideMode(Qt::ElideMiddle);
    m_facts->header()->setStretchLastSection(false);
    m_facts->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_facts->header()->setSectionResizeMode(1, QHeaderView::Interactive);
    m_facts->header()->resizeSection(1, fontMetrics().averageCharWidth() * 20);
    connect(m_facts, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem* item) {
        if (const QString tag = item->data(0, tagRole).toString(); !tag.isEmpty())
            emit tagActivated(tag);
        else if (const QString blob = item->data(0, blobRole).toString(); !blob.isEmpty())
            emit blobActivated(blob);
    });

    auto* layersLine = new QHBoxLayout;
    layersLine->addWidget(m_layersTitle);
    layersLine->addWidget(m_build, 1);
    layersLine->addWidget(m_platforms);
    auto* body = new QGridLayout;
    body->setHorizontalSpacing(12);
    body->addLayout(layersLine, 0, 0);
    body->addWidget(m_scroll, 1, 0, 2, 1);
    body->addWidget(m_digest, 0, 1);
    body->addWidget(m_pull, 1, 1);
    body->addWidget(m_facts, 2, 1);
    body->setRowStretch(2, 1);
    body->setColumnStretch(0, 3);
    body->setColumnStretch(1, 2);
    static_cast<QVBoxLayout*>(layout())->addLayout(body, 1);
}

void ImagePane::showNothing()
{
    m_image.reset();
    m_details.reset();
    m_pin.reset();
    m_pullCommand.clear();
    m_name->setText(tr("No image is chosen"));
    m_summary->setText(QString());
    m_digest->clear();
    m_pull->clear();
    m_facts->clear();
    m_platforms->hide();
    m_layersTitle->setText(tr("&Layers"));
    m_build->setText({});
    m_layers->setLayers({});
    m_layers->setNotice(tr("Choose an image to see its layers."));
}

void ImagePane::showImage(const ImageRecord& image)
{
    m_image = image;
    m_details.reset();
    m_platforms->hide();
    m_layersTitle->setText(tr("&Layers"));
    m_build->setText({});
    m_layers->setLayers({});
    m_layers->setNotice(tr("Asking for its layers…"));
    showImageFacts(image);
    showFacts();
}

void ImagePane::showImageFacts(const ImageRecord& image)
{
    m_name->setText(bestImageName(image));
    m_summary->setText(tr("%1 · referenced %2 · unique %3 · share %4 · last used %5")
                           .arg(wordingOf(CodeSet::Kind, image.kind).label, m_format.bytes(image.referencedBytes),
                                m_format.bytes(image.uniqueBytes), m_format.bytes(image.shareBytes),
                                m_format.moment(image.accessedAt)));
    m_digest->setText(text(image.digest));
    m_digest->setCursorPosition(0);
}

void ImagePane::showDetails(const ImageDetails& details, const QString& platform)
{
    m_image = details.image;
    m_details = details;
    showImageFacts(details.image);
    showFacts();
    int wanted = 0;
    {
        const QSignalBlocker quiet(m_platforms);
        m_platforms->clear();
        for (const ManifestRecord& manifest : details.manifests) {
            if (text(manifest.digest) == platform)
                wanted = m_platforms->count();
            m_platforms->addItem(manifestTitle(manifest), text(manifest.digest));
        }
        m_platforms->setCurrentIndex(wanted);
    }
    m_platforms->setVisible(details.manifests.size() > 1);
    showManifest(wanted);
}

void ImagePane::showManifest(int number)
{
    if (!m_details || number < 0)
        return;
    const int before = m_layers->currentItem();
    const std::string current = before == PaintedWidget::noItem ? std::string() : m_layers->layerOf(before).digest;
    m_layers->setLayers({});
    if (m_details->manifests.empty()) {
        m_layers->setNotice(tr("Nothing is known of its layers."));
        return;
    }
    const ManifestRecord& manifest = m_details->manifests[static_cast<std::size_t>(number)];
    m_layersTitle->setText(manifest.isPresent ? tr("%1 &layers", nullptr, numberForPlural(manifest.layers.size()))
                                                    .arg(m_format.count(manifest.layers.size()))
                                              : tr("&Layers"));
    QStringList build;
    if (m_details->manifests.size() == 1 && !manifest.platform.empty())
        build += plainText(manifest.platform);
    if (!manifest.created.empty())
        build += tr("built %1").arg(plainText(manifest.created));
    m_build->setText(build.join(QStringLiteral(" · ")));
    m_layers->setNotice(!manifest.isPresent       ? tr("Its manifest is not stored here, so its layers are not known.")
                        : manifest.layers.empty() ? tr("It has no layers.")
                                                  : QString());
    m_layers->setLayers(manifest.layers);
    for (int item = 0; item < m_layers->itemCount(); ++item)
        if (m_layers->layerOf(item).digest == current)
            m_layers->setCurrentItem(item);
}

void ImagePane::showFacts()
{
    m_facts->clear();
    m_pullCommand = pullCommand(*m_image, m_details ? m_details->sources : std::vector<std::string>());
    m_pull->setText(m_context.command(m_pullCommand));
    m_pull->setCursorPosition(0);
    m_pull->setPlaceholderText(tr("No name is known under which a registry has it"));
    if (m_pin) {
        QTreeWidgetItem* group = addGroup(*m_facts, tr("Pinned"));
        addFact(group, m_pin->note.empty() ? tr("without a note") : plainText(m_pin->note),
                m_format.moment(m_pin->since));
    }
    QTreeWidgetItem* names =
        addGroup(*m_facts, tr("Names of this digest (%1)").arg(m_format.count(m_image->names.size())));
    for (const ImageNameRecord& name : m_image->names) {
        const QString holder =
            name.engine.empty() ? wordingOf(CodeSet::NameSource, name.source).label : plainText(name.engine);
        QTreeWidgetItem* item = addFact(names, plainText(name.name), holder);
        if (name.source == "tag")
            item->setData(0, tagRole, text(name.name));
    }
    if (!m_details) {
        return;
    }
    QTreeWidgetItem* referrers = addGroup(*m_facts, tr("Referrers (%1)").arg(m_details->referrers.size()));
    referrers->setToolTip(0, tr("What refers to it: signatures, SBOMs and the like."));
    for (const ReferrerRecord& referrer : m_details->referrers) {
        QTreeWidgetItem* item = addFact(
            referrers, referrer.artifactType.empty() ? shortDigest(referrer.digest) : plainText(referrer.artifactType),
            m_format.bytes(referrer.size));
        item->setData(0, blobRole, text(referrer.digest));
    }
    if (!m_details->sources.empty()) {
        QTreeWidgetItem* sources = addGroup(*m_facts, tr("Engines got it from"));
        for (const std::string& source : m_details->sources)
            addFact(sources, plainText(source), {});
    }
}

void ImagePane::showProblem(const QString& sentence)
{
    m_layers->setLayers({});
    m_layers->setNotice(sentence);
}

void ImagePane::showPin(const PinRecord* pin)
{
    m_pin = pin ? std::optional(*pin) : std::nullopt;
    if (m_image)
        showFacts();
}

void ImagePane::refreshFormat()
{
    m_layers->setFormat(m_format);
    if (m_image) {
        showImageFacts(*m_image);
        showFacts();
    }
}

} // namespace layerhold::gui
