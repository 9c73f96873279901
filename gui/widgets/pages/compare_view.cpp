// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/compare_view.h"

#include "models/plain_text.h"
#include "models/table_roles.h"
#include "widgets/icons.h"
#include "widgets/pages/copy_texts.h"
#include "widgets/state_pane.h"

#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QFontDatabase>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace layerhold::gui {

namespace {

constexpr qsizetype longestCommand = 4096;

enum LayerColumn
{
    WhereColumn,
    SizeColumn,
    DigestColumn,
    CommandColumn
};

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

QString whereText(LayerComparison::Where where)
{
    switch (where) {
    case LayerComparison::Where::Both:
        return CompareView::tr("in both");
    case LayerComparison::Where::OnlyA:
        return CompareView::tr("only in A");
    case LayerComparison::Where::OnlyB:
        return CompareView::tr("only in B");
    }
    return {};
}

QString differenceText(const FactComparison& fact)
{
    const std::optional<bool> isDifferent = fact.isDifferent();
    if (!isDifferent)
        return CompareView::tr("cannot be told");
    return *isDifferent ? CompareView::tr("differs") : CompareView::tr("same");
}

QTreeWidget* makeTable(const QStringList& titles, const QString& name)
{
    auto* table = new QTreeWidget;
    table->setAccessibleName(name);
    table->setHeaderLabels(titles);
    table->setRootIsDecorated(false);
    table->setUniformRowHeights(true);
    table->setAlternatingRowColors(true);
    table->setAllColumnsShowFocus(true);
    table->setTextElideMode(Qt::ElideMiddle);
    return table;
}

QFont fixedFont(const QWidget& like)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(like.font().pointSizeF());
    return font;
}

QLabel* plainLabel(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

CompareView::CompareView(AppContext& context, CacheClient* client, const QStringList& names, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_client(client)
    , m_pane(new StatePane(context.format(), this))
    , m_platforms(new QComboBox)
    , m_verdict(plainLabel(nullptr))
    , m_missing(plainLabel(nullptr))
    , m_fetch(new QLineEdit)
    , m_layers(makeTable({tr("Layer is"), tr("Size"), tr("Digest"), tr("Command")}, tr("Layers of A and B")))
    , m_facts(makeTable({tr("Fact"), tr("A"), tr("B"), tr("Difference")}, tr("Facts of A and B")))
{
    setObjectName(QStringLiteral("compareView"));
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(makeFields(names));
    layout->addWidget(m_pane, 1);
    m_pane->setContent(makeResult());
    connect(m_pane, &StatePane::pressed, this, [this](StateButton button) {
        if (button == StateButton::Stop)
            stop();
    });
    connect(&context, &AppContext::formatChanged, this, [this] { showPlatform(m_platforms->currentIndex()); });
}

QWidget* CompareView::makeFields(const QStringList& names)
{
    auto* fields = new QWidget(this);
    auto* grid = new QGridLayout(fields);
    grid->setContentsMargins(0, 0, 0, 0);
    const QString titles[] = {tr("&A:"), tr("&B:")};
    for (int row = 0; row < 2; ++row) {
        auto* field = new QLineEdit(fields);
        field->setAccessibleName(row == 0 ? tr("Image A") : tr("Image B"));
        field->setPlaceholderText(tr("Name, digest, or the start of one"));
        field->setClearButtonEnabled(true);
        auto* completer = new QCompleter(names, field);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        completer->setFilterMode(Qt::MatchContains);
        field->setCompleter(completer);
        auto* label = new QLabel(titles[row], fields);
        label->setBuddy(field);
        grid->addWidget(label, row, 0);
        grid->addWidget(field, row, 1);
        connect(field, &QLineEdit::returnPressed, this, &CompareView::ask);
        connect(field, &QLineEdit::textEdited, this,
                [this, row] { m_sides[static_cast<std::size_t>(row)].reference.clear(); });
        m_sides[static_cast<std::size_t>(row)].field = field;
    }
    auto* swap = new QPushButton(icon(QStringLiteral("refresh")), tr("&Swap"), fields);
    swap->setAutoDefault(false);
    connect(swap, &QPushButton::clicked, this, &CompareView::swapSides);
    auto* run = new QPushButton(icon(QStringLiteral("compare")), tr("&Compare"), fields);
    run->setAutoDefault(false);
    connect(run, &QPushButton::clicked, this, &CompareView::ask);
    grid->addWidget(swap, 0, 2);
    grid->addWidget(run, 1, 2);
    return fields;
}

QWidget* CompareView::makeResult()
{
    auto* result = new QWidget;
    m_verdict->setObjectName(QStringLiteral("verdict"));
    QFont strong = m_verdict->font();
    strong.setWeight(QFont::DemiBold);
    m_verdict->setFont(strong);
    m_missing->setObjectName(QStringLiteral("missing"));
    m_platforms->setAccessibleName(tr("Platform"));
    m_platforms->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(m_platforms, &QComboBox::currentIndexChanged, this, &CompareView::showPlatform);
    m_fetch->setReadOnly(true);
    m_fetch->setFont(fixedFont(*m_fetch));
    m_fetch->setAccessibleName(tr("Command that fetches what is missing"));
    QAction* copy = m_fetch->addAction(icon(QStringLiteral("copy")), QLineEdit::TrailingPosition);
    copy->setToolTip(tr("Copy the command"));
    connect(copy, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(m_fetch->text()); });
    const int character = fontMetrics().averageCharWidth();
    m_layers->header()->resizeSection(WhereColumn, character * 14);
    m_layers->header()->resizeSection(SizeColumn, character * 14);
    m_layers->headerItem()->setTextAlignment(SizeColumn, Qt::AlignRight | Qt::AlignVCenter);
    m_layers->header()->resizeSection(DigestColumn, character * 18);
    m_facts->header()->resizeSection(0, character * 22);
    m_facts->header()->resizeSection(1, character * 32);
    m_facts->header()->resizeSection(2, character * 32);
    auto* top = new QHBoxLayout;
    top->addWidget(m_verdict, 1);
    top->addWidget(m_platforms, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(result);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(top);
    layout->addWidget(m_missing);
    layout->addWidget(m_fetch);
    layout->addWidget(m_layers, 3);
    layout->addWidget(m_facts, 2);
    return result;
}

void CompareView::compare(const CompareSide& a, const CompareSide& b)
{
    const CompareSide* wanted[] = {&a, &b};
    for (std::size_t i = 0; i < 2; ++i) {
        m_sides[i].field->setText(wanted[i]->name);
        m_sides[i].reference = wanted[i]->reference;
    }
    ask();
    if (b.name.isEmpty())
        m_sides[1].field->setFocus();
}

void CompareView::swapSides()
{
    const QString text = m_sides[0].field->text();
    m_sides[0].field->setText(m_sides[1].field->text());
    m_sides[1].field->setText(text);
    std::swap(m_sides[0].reference, m_sides[1].reference);
    ask();
}

void CompareView::ask()
{
    for (Side& side : m_sides)
        askFor(side);
    takeAnswers();
}

void CompareView::askFor(Side& side)
{
    side.call.drop();
    side.details.reset();
    side.problem.clear();
    const QString name = side.field->text().trimmed();
    if (name.isEmpty())
        return;
    if (!m_client) {
        side.problem = tr("There is no connection to a service.");
        return;
    }
    side.call.follow(
        m_client->inspect(name),
        [this, &side](const BlobDetails& blob) {
            side.details = blob.image;
            if (!blob.image)
                side.problem = tr("It is no image.");
            takeAnswers();
        },
        [this, &side](const CallError& error) {
            side.problem = error.code() == QLatin1String("not_found") ? tr("It is not in the store.") : error.message();
            takeAnswers();
        });
}

void CompareView::stop()
{
    for (Side& side : m_sides) {
        if (side.call.isOpen())
            side.problem = tr("The question was stopped.");
        side.call.drop();
    }
    takeAnswers();
}

void CompareView::takeAnswers()
{
    if (m_sides[0].call.isOpen() || m_sides[1].call.isOpen()) {
        m_pane->show(state::Loading{});
        return;
    }
    m_comparison = compareImages(m_sides[0].details, m_sides[1].details);
    {
        const QSignalBlocker quiet(m_platforms);
        m_platforms->clear();
        for (const PlatformComparison& platform : m_comparison.platforms)
            m_platforms->addItem(platform.platform.empty() ? tr("platform not known") : plainText(platform.platform));
        m_platforms->setCurrentIndex(firstPair());
    }
    m_platforms->setVisible(m_platforms->count() > 1);
    showMissing();
    showPlatform(m_platforms->currentIndex());
    m_pane->show(state::Ready{});
}

void CompareView::showMissing()
{
    QStringList sentences;
    m_fetch->clear();
    const QString titles[] = {tr("A"), tr("B")};
    for (std::size_t i = 0; i < 2; ++i) {
        const Side& side = m_sides[i];
        if (side.problem.isEmpty())
            continue;
        sentences.append(missingText(side, titles[i]));
        if (m_fetch->text().isEmpty())
            m_fetch->setText(m_context.command(pullCommand(side.reference, side.field->text().trimmed())));
    }
    if (!m_fetch->text().isEmpty())
        sentences.append(tr("This fetches it, if its registry still has it:"));
    m_missing->setText(sentences.join(QLatin1Char('\n')));
    m_missing->setVisible(!sentences.isEmpty());
    m_fetch->setVisible(!m_fetch->text().isEmpty());
}

QString CompareView::missingText(const Side& side, const QString& title) const
{
    return tr("%1, %2: %3").arg(title, plainText(side.field->text().trimmed()), plainText(side.problem));
}

QString CompareView::lackingText(const PlatformComparison& platform) const
{
    if (!m_comparison.isKnownA || !m_comparison.isKnownB)
        return {};
    const QString name = platform.platform.empty() ? tr("a platform that is not known") : plainText(platform.platform);
    if (platform.digestB.empty())
        return tr("A has %1, B has nothing for it.").arg(name);
    return platform.digestA.empty() ? tr("B has %1, A has nothing for it.").arg(name) : QString();
}

int CompareView::firstPair() const
{
    const auto isPair = [](const PlatformComparison& platform) {
        return !platform.digestA.empty() && !platform.digestB.empty();
    };
    const auto found = std::ranges::find_if(m_comparison.platforms, isPair);
    return found == m_comparison.platforms.end() ? 0 : static_cast<int>(found - m_comparison.platforms.begin());
}

void CompareView::showPlatform(int number)
{
    m_layers->clear();
    m_facts->clear();
    if (number < 0 || static_cast<std::size_t>(number) >= m_comparison.platforms.size()) {
        const bool isChosen = !m_sides[0].field->text().isEmpty() && !m_sides[1].field->text().isEmpty();
        m_verdict->setText(isChosen ? tr("Nothing is known of either.") : tr("Name two images to compare."));
        return;
    }
    const PlatformComparison& platform = m_comparison.platforms[static_cast<std::size_t>(number)];
    const Format& format = m_context.format();
    if (m_sides[0].field->text().isEmpty() || m_sides[1].field->text().isEmpty()) {
        m_verdict->setText(tr("Name a second image to compare it with."));
    } else {
        QString verdict = fetchSentence(platform, format);
        if (const QString lacking = lackingText(platform); !lacking.isEmpty())
            verdict = lacking;
        if (platform.fetchForA)
            verdict += QLatin1Char('\n') + tr("A client that has B fetches %1 of %2 for A.")
                                               .arg(format.bytes(*platform.fetchForA), format.bytes(*platform.bytesA));
        m_verdict->setText(verdict);
    }
    showLayers(platform);
    showFacts(platform);
}

void CompareView::showLayers(const PlatformComparison& platform)
{
    const Format& format = m_context.format();
    const QFont fixed = fixedFont(*m_layers);
    for (const LayerComparison& layer : platform.layers) {
        auto* item =
            new QTreeWidgetItem(m_layers, {whereText(layer.where), format.bytes(layer.size), shortDigest(layer.digest),
                                           layer.command.empty() ? unknownText() : plainText(layer.command)});
        item->setTextAlignment(SizeColumn, Qt::AlignRight | Qt::AlignVCenter);
        item->setToolTip(SizeColumn, format.exactBytes(layer.size));
        item->setToolTip(DigestColumn, literalToolTip(plainText(layer.digest)));
        item->setToolTip(CommandColumn, literalToolTip(plainText(layer.command, longestCommand)));
        item->setFont(DigestColumn, fixed);
        item->setFont(CommandColumn, fixed);
        item->setData(DigestColumn, IdRole, text(layer.digest));
        if (layer.where != LayerComparison::Where::Both) {
            QFont strong = m_layers->font();
            strong.setWeight(QFont::DemiBold);
            item->setFont(WhereColumn, strong);
        }
    }
}

void CompareView::showFacts(const PlatformComparison& platform)
{
    for (const FactComparison& fact : platform.facts) {
        // Of images neither has one.
        if (fact.fact == FactComparison::Fact::ArtifactType && !fact.a && !fact.b)
            continue;
        auto* item =
            new QTreeWidgetItem(m_facts, {factName(fact.fact), factText(fact.fact, fact.a, m_context.format()),
                                          factText(fact.fact, fact.b, m_context.format()), differenceText(fact)});
        item->setToolTip(1, literalToolTip(fact.a ? plainText(*fact.a) : QString()));
        item->setToolTip(2, literalToolTip(fact.b ? plainText(*fact.b) : QString()));
        if (fact.isDifferent().value_or(false)) {
            QFont strong = m_facts->font();
            strong.setWeight(QFont::DemiBold);
            item->setFont(3, strong);
        }
    }
}

CompareView* openComparison(AppContext& context, CacheClient* client, const QStringList& names, const CompareSide& a,
                            const CompareSide& b, QWidget* parent)
{
    auto* dialog = new QDialog(parent);
    dialog->setObjectName(QStringLiteral("compareDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(CompareView::tr("Compare two images"));
    dialog->resize(900, 620);
    auto* layout = new QVBoxLayout(dialog);
    auto* view = new CompareView(context, client, names, dialog);
    layout->addWidget(view);
    view->compare(a, b);
    dialog->show();
    return view;
}

} // namespace layerhold::gui
