// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/widgets/page_rig.h"
#include "models/sentences.h"
#include "widgets/details/details_facts.h"
#include "widgets/details/details_panel.h"
#include "widgets/details/used_by_view.h"
#include "widgets/details/ways_view.h"
#include "widgets/pages/elided_label.h"
#include "widgets/pages/entries/entry_table_view.h"
#include "widgets/pages/entries_page.h"
#include "widgets/pages/entry_pages.h"
#include "widgets/pages/image_pages.h"

#include <QDockWidget>
#include <QPushButton>
#include <QSignalSpy>

#include <set>

namespace layerhold::gui::test {

using namespace Qt::StringLiterals;
using fixtures::shared_figures::digest;

namespace {

constexpr int patience = 20'000;
using State = DetailsPanel::State;

struct Rig : PageRig<EntriesPage>
{
    using PageRig::PageRig;

    void choose(const std::string& id, Item::Kind kind = Item::Kind::Blob)
    {
        context.current().set({.kind = kind, .id = QString::fromStdString(id), .page = u"entries"_s});
    }

    bool isShown(const std::string& entry) const
    {
        return panel->state() == State::Ready && client.openCount() == 0 &&
               !panel->facts()
                    .findItems(QString::fromStdString(entry), Qt::MatchExactly | Qt::MatchRecursive, 1)
                    .isEmpty();
    }

    DetailsPanel* panel = addDetails(window, context);
};

/// What stands beside a fact.
QString factIn(const DetailsPanel& panel, const char* name)
{
    const auto found = panel.facts().findItems(QString::fromLatin1(name), Qt::MatchExactly | Qt::MatchRecursive, 0);
    return found.isEmpty() ? QString() : found.front()->text(1);
}

/// Digests and references of the items below, in their order.
QStringList targets(const QTreeWidgetItem& item, DetailsRole role)
{
    QStringList found;
    if (const QString own = item.data(0, role).toString(); !own.isEmpty())
        found.append(own);
    for (int row = 0; row < item.childCount(); ++row)
        found += targets(*item.child(row), role);
    return found;
}

std::set<QString> asSet(const QStringList& list)
{
    return {list.begin(), list.end()};
}

} // namespace

class DetailsPanelTest final : public QObject
{
    Q_OBJECT

private slots:
    void tellsEachState();
    void figuresAreThoseOfTheService();
    void everyReasonEndsInWhatHoldsIt();
    void usersOfALayerAreAllImagesThatHaveIt();
    void keysRaiseTheDock();
    void stepsLeadOn();
    void asksOnlyForWhatIsToBeSeen();
    void newsAreAskedFor();
    void newsLeaveWhatIsSelected();
    void newsThatDoNotComeLeaveWhatIsThere();
    void aSearchOfTheSameEntryGoesOn();
    void namesOfOthersAreFitToShow();
    void everythingThatTakesTheFocusHasAName();
};

void DetailsPanelTest::tellsEachState()
{
    Rig rig(fixtures::shared(Rig::noon));
    QCOMPARE(rig.panel->state(), State::Nothing);
    QCOMPARE(rig.panel->message(), u"Nothing is chosen."_s);
    rig.choose(digest("base"));
    QCOMPARE(rig.panel->state(), State::NoService);
    rig.client.hold(u"inspect"_s);
    rig.connectService();
    QTRY_COMPARE_WITH_TIMEOUT(rig.panel->state(), State::Loading, patience);
    QCOMPARE(rig.panel->message(), u"Loading…"_s);
    rig.client.answer(u"inspect"_s);
    QTRY_VERIFY_WITH_TIMEOUT(rig.isShown(digest("base")), patience);
    QCOMPARE(rig.panel->message(), QString());
    // What was told stays while there is no service.
    rig.loseService();
    QCOMPARE(rig.panel->state(), State::Ready);
    rig.connectService();
    rig.choose(fixtures::digestOf("gone"));
    QTRY_COMPARE_WITH_TIMEOUT(rig.panel->state(), State::Gone, patience);
    QVERIFY(rig.panel->message().contains(QString::fromStdString(fixtures::digestOf("gone"))));
    rig.client.fail(u"inspect"_s, CallError(u"internal"_s, u"It does not work today."_s));
    rig.choose(digest("mid"));
    QTRY_COMPARE_WITH_TIMEOUT(rig.panel->state(), State::Failed, patience);
    QCOMPARE(rig.panel->message(), u"It does not work today."_s);
    rig.client.answer(u"inspect"_s);
    rig.panel->findChild<QPushButton*>(u"detailsRetry"_s)->click();
    QTRY_VERIFY_WITH_TIMEOUT(rig.isShown(digest("mid")), patience);
    rig.choose("docker.io/library/web:2", Item::Kind::Tag);
    QTRY_VERIFY_WITH_TIMEOUT(rig.isShown(digest("webB")), patience);
    rig.choose("run1", Item::Kind::Run);
    QCOMPARE(rig.panel->state(), State::Nothing);
}

void DetailsPanelTest::figuresAreThoseOfTheService()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    const Format& format = rig.context.format();
    for (const auto& image : fixtures::shared_figures::images) {
        rig.choose(digest(image.name), Item::Kind::Image);
        QTRY_VERIFY_WITH_TIMEOUT(rig.isShown(digest(image.name)), patience);
        QCOMPARE(factIn(*rig.panel, "Referenced"), format.bytes(image.referenced));
        QCOMPARE(factIn(*rig.panel, "Unique"), format.bytes(image.unique));
        QCOMPARE(factIn(*rig.panel, "Share"), format.bytes(image.share));
        // Each needs what no other does, and frees that.
        QCOMPARE(factIn(*rig.panel, "Freed if removed"), format.bytes(image.unique));
    }
    for (const auto& [name, freed] : {std::pair("loose", 500U), std::pair("base", 0U)}) {
        rig.choose(digest(name));
        QTRY_VERIFY_WITH_TIMEOUT(rig.isShown(digest(name)), patience);
        QCOMPARE(factIn(*rig.panel, "Freed if removed"), format.bytes(freed));
        QCOMPARE(factIn(*rig.panel, "Stored size"), format.bytes(rig.client.store->find(digest(name))->size));
        QCOMPARE(factIn(*rig.panel, "Referenced"), QString());
    }
    // Not known is not nothing.
    rig.client.fail(u"freedBy"_s, CallError(u"internal"_s, u"It does not work today."_s));
    rig.choose(digest("mid"));
    QTRY_VERIFY_WITH_TIMEOUT(rig.isShown(digest("mid")), patience);
    QCOMPARE(factIn(*rig.panel, "Freed if removed"), unknownText());
}

void DetailsPanelTest::everyReasonEndsInWhatHoldsIt()
{
    Rig rig(fixtures::tiny(Rig::noon));
    rig.connectService();
    rig.panel->showTab({}, DetailsTab::WhyKept);
    std::size_t kept = 0;
    for (const BlobRecord& blob : rig.client.store->blobs) {
        rig.choose(blob.digest);
        QTRY_VERIFY_WITH_TIMEOUT(rig.isShown(blob.digest), patience);
        const auto ways = rig.client.store->whyKept(blob.digest);
        const DetailsTree& tree = rig.panel->ways().tree();
        QCOMPARE(static_cast<std::size_t>(tree.topLevelItemCount()), ways.size());
        if (ways.empty()) {
            QCOMPARE(rig.panel->ways().summary().contains(u"Nobody needs it"_s), blob.isReleased);
            continue;
        }
        ++kept;
        for (std::size_t way = 0; way < ways.size(); ++way) {
            const QTreeWidgetItem& root = *tree.topLevelItem(static_cast<int>(way));
            QVERIFY(root.text(0).startsWith(wordingOf(CodeSet::HolderKind, ways[way].claim.holderKind).label));
            QVERIFY(root.text(0).contains(QString::fromStdString(ways[way].claim.holder)));
            QStringList down;
            for (auto step = ways[way].path.rbegin(); step != ways[way].path.rend(); ++step)
                down.append(QString::fromStdString(*step));
            QCOMPARE(targets(root, EntryRole), down);
        }
    }
    QCOMPARE(kept, std::size_t(6));
}

void DetailsPanelTest::usersOfALayerAreAllImagesThatHaveIt()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    rig.panel->showTab({}, DetailsTab::UsedBy);
    const std::map<std::string, std::vector<std::string>> users{{"base", {"appA", "webA", "webB", "toolA"}},
                                                                {"mid", {"appA", "webA"}},
                                                                {"appTop", {"appA"}},
                                                                {"webNew", {"webB"}},
                                                                {"appA/config", {"appA"}}};
    for (const auto& [name, images] : users) {
        rig.choose(digest(name));
        QTRY_VERIFY_WITH_TIMEOUT(rig.isShown(digest(name)), patience);
        std::set<QString> wanted;
        std::set<QString> tags;
        for (const std::string& image : images) {
            wanted.insert(QString::fromStdString(digest(image)));
            for (const TagRecord& tag : rig.client.store->tags)
                if (tag.digest == digest(image))
                    tags.insert(QString::fromStdString(tag.reference));
        }
        const QTreeWidgetItem& group = *rig.panel->usedBy().tree().topLevelItem(0);
        QCOMPARE(asSet(targets(group, EntryRole)), wanted);
        QCOMPARE(asSet(targets(group, TagRole)), tags);
        QCOMPARE(static_cast<std::size_t>(group.childCount()), images.size());
        QVERIFY(rig.panel->usedBy().summary().startsWith(
            u"Images: %1, with tags: %2,"_s.arg(images.size()).arg(tags.size())));
        // The image pages count the same.
        for (const ManifestRecord& manifest : rig.client.store->imageDetails.at(digest(images.front())).manifests)
            for (const LayerRecord& layer : manifest.layers)
                if (layer.digest == digest(name))
                    QCOMPARE(layer.images, images.size());
    }
    QVERIFY(rig.panel->usedBy().summary().endsWith(u"of repositories: 1."_s));
    rig.choose(digest("loose"));
    QTRY_VERIFY_WITH_TIMEOUT(rig.isShown(digest("loose")), patience);
    QCOMPARE(rig.panel->usedBy().summary(), u"Nothing refers to it."_s);
}

void DetailsPanelTest::keysRaiseTheDock()
{
    Rig rig(fixtures::shared(Rig::noon));
    addImagePages(rig.window, rig.context);
    QVERIFY(QTest::qWaitForWindowActive(&rig.window));
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(rig.page->view().showEntry(QString::fromStdString(digest("base"))), patience);
    auto* dock = rig.window.findChild<QDockWidget*>(u"detailsDock"_s);
    dock->hide();
    rig.page->view().setFocus();
    QTest::keyClick(&rig.page->view(), Qt::Key_W);
    QVERIFY(dock->isVisible());
    QCOMPARE(rig.panel->tab(), DetailsTab::WhyKept);
    QTRY_COMPARE_WITH_TIMEOUT(rig.panel->ways().tree().topLevelItemCount(), 5, patience);
    dock->hide();
    QTest::keyClick(&rig.page->view(), Qt::Key_U);
    QVERIFY(dock->isVisible());
    QCOMPARE(rig.panel->tab(), DetailsTab::UsedBy);
    QTRY_VERIFY_WITH_TIMEOUT(rig.panel->usedBy().summary().startsWith(u"Images: 4"_s), patience);
    QTest::keyClick(&rig.page->view(), Qt::Key_Return);
    QCOMPARE(rig.panel->tab(), DetailsTab::Facts);
    // From another page, of another entry than the current one.
    rig.context.requestDetails(QString::fromStdString(digest("toolTop")), DetailsTab::WhyKept);
    QTRY_COMPARE_WITH_TIMEOUT(rig.panel->ways().tree().topLevelItemCount(), 1, patience);
    QCOMPARE(rig.context.current().item().id.toStdString(), digest("toolTop"));
}

void DetailsPanelTest::stepsLeadOn()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    rig.panel->showTab({}, DetailsTab::WhyKept);
    rig.choose(digest("toolTop"));
    QTRY_VERIFY_WITH_TIMEOUT(rig.isShown(digest("toolTop")), patience);
    QSignalSpy pages(&rig.context, &AppContext::pageRequested);
    QTreeWidgetItem* root = rig.panel->ways().tree().topLevelItem(0);
    emit rig.panel->ways().tree().itemActivated(root, 0);
    QCOMPARE(pages.last(), (QVariantList{u"tags"_s, u"example.org/team/tool:1"_s}));
    emit rig.panel->ways().tree().itemActivated(root->child(0), 0);
    QCOMPARE(pages.last(), (QVariantList{u"entries"_s, QString::fromStdString(digest("toolA"))}));
    QTRY_VERIFY_WITH_TIMEOUT(rig.isShown(digest("toolA")), patience);
}

void DetailsPanelTest::asksOnlyForWhatIsToBeSeen()
{
    Rig rig(fixtures::shared(Rig::noon));
    auto* dock = rig.window.findChild<QDockWidget*>(u"detailsDock"_s);
    dock->hide();
    rig.connectService();
    QTRY_COMPARE_WITH_TIMEOUT(rig.client.openCount(), 0, patience);
    rig.choose(digest("base"));
    rig.choose(digest("mid"));
    dock->show();
    QTRY_VERIFY_WITH_TIMEOUT(rig.isShown(digest("mid")), patience);
    QCOMPARE(rig.client.count(u"whyKept"_s), 0);
    for (const FakeClient::Call& call : rig.client.calls())
        QVERIFY(call.name != u"inspect"_s || call.arguments == QStringList{QString::fromStdString(digest("mid"))});
    QCOMPARE(rig.client.mutatingCount(), 0);
}

void DetailsPanelTest::newsAreAskedFor()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    rig.choose(digest("loose"));
    QTRY_VERIFY_WITH_TIMEOUT(rig.isShown(digest("loose")), patience);
    std::erase_if(rig.client.store->blobs, [](const BlobRecord& blob) { return blob.digest == digest("loose"); });
    rig.window.noteGap({});
    QTRY_COMPARE_WITH_TIMEOUT(rig.panel->state(), State::Gone, patience);
}

void DetailsPanelTest::newsLeaveWhatIsSelected()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    rig.choose(digest("base"));
    QTRY_VERIFY_WITH_TIMEOUT(rig.isShown(digest("base")), patience);
    rig.panel->showTab({}, DetailsTab::UsedBy);
    QTRY_VERIFY_WITH_TIMEOUT(rig.panel->usedBy().tree().topLevelItemCount() > 0 && rig.client.openCount() == 0,
                             patience);
    DetailsTree& users = rig.panel->usedBy().tree();
    users.setCurrentItem(users.topLevelItem(0)->child(1)->child(0));
    const QString user = users.currentItem()->text(0);
    DetailsTree& facts = rig.panel->facts();
    const auto hits = [&facts] { return facts.findItems(u"Hits"_s, Qt::MatchExactly | Qt::MatchRecursive, 0).at(0); };
    facts.setCurrentItem(hits());
    std::ranges::find(rig.client.store->blobs, digest("base"), &BlobRecord::digest)->accessCount = 711;
    rig.window.noteGap({});
    QTRY_VERIFY_WITH_TIMEOUT(factIn(*rig.panel, "Hits") == u"711"_s && rig.client.openCount() == 0, patience);
    QCOMPARE(facts.currentItem(), hits());
    QVERIFY(users.currentItem());
    QCOMPARE(users.currentItem()->text(0), user);
}

void DetailsPanelTest::newsThatDoNotComeLeaveWhatIsThere()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    rig.choose(digest("loose"));
    QTRY_VERIFY_WITH_TIMEOUT(rig.isShown(digest("loose")), patience);
    const auto* problem = rig.panel->findChild<ElidedLabel*>(u"detailsProblem"_s);
    QVERIFY(problem->isHidden());
    rig.client.fail(u"inspect"_s, CallError(u"internal"_s, u"It does not work today."_s));
    rig.window.noteGap({});
    QTRY_VERIFY_WITH_TIMEOUT(problem->isVisible(), patience);
    QCOMPARE(problem->text(), u"As it was before: It does not work today."_s);
    QCOMPARE(rig.panel->state(), State::Ready);
    QVERIFY(!factIn(*rig.panel, "Hits").isEmpty());
    rig.client.answer(u"inspect"_s);
    rig.window.noteGap({});
    QTRY_VERIFY_WITH_TIMEOUT(problem->isHidden(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(rig.isShown(digest("loose")), patience);
}

void DetailsPanelTest::aSearchOfTheSameEntryGoesOn()
{
    FakeClient client(fixtures::shared(Rig::noon));
    UsedBySearch search;
    client.hold(u"inspect"_s);
    const BlobDetails base = client.store->inspect(digest("base"));
    search.start(client, base);
    const int asked = client.count(u"inspect"_s);
    QVERIFY(search.isRunning() && asked > 0);
    search.start(client, base);
    QCOMPARE(client.count(u"inspect"_s), asked);
    client.answer(u"inspect"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!search.isRunning(), patience);
    QCOMPARE(search.images().size(), std::size_t(4));
    client.hold(u"inspect"_s);
    search.start(client, base);
    QVERIFY(search.isRunning());
    search.start(client, client.store->inspect(digest("appTop")));
    client.answer(u"inspect"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!search.isRunning(), patience);
    QCOMPARE(search.images().size(), std::size_t(1));
}

void DetailsPanelTest::namesOfOthersAreFitToShow()
{
    Rig rig(fixtures::hostile(Rig::noon));
    rig.connectService();
    for (const BlobRecord& blob : rig.client.store->blobs) {
        rig.choose(blob.digest);
        QTRY_VERIFY_WITH_TIMEOUT(rig.isShown(blob.digest), patience);
        for (const DetailsTab tab : {DetailsTab::WhyKept, DetailsTab::UsedBy, DetailsTab::Facts}) {
            rig.panel->showTab(QString::fromStdString(blob.digest), tab);
            QTRY_COMPARE_WITH_TIMEOUT(rig.client.openCount(), 0, patience);
        }
        for (const QTreeWidget* tree : rig.panel->findChildren<QTreeWidget*>())
            for (const QTreeWidgetItem* item : tree->findItems(u"*"_s, Qt::MatchWildcard | Qt::MatchRecursive))
                QVERIFY(isFitToShow(item->text(0) + item->text(1)));
    }
    rig.window.grab();
}

void DetailsPanelTest::everythingThatTakesTheFocusHasAName()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    rig.choose(digest("appA"), Item::Kind::Image);
    for (const DetailsTab tab : {DetailsTab::Facts, DetailsTab::WhyKept, DetailsTab::UsedBy}) {
        rig.panel->showTab(QString::fromStdString(digest("appA")), tab);
        QTRY_VERIFY_WITH_TIMEOUT(rig.isShown(digest("appA")), patience);
        QCOMPARE(namelessIn(*rig.panel), QString());
    }
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::DetailsPanelTest)
#include "details_panel_test.moc"
