// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "access_scene.h"

#include <QRegularExpression>

using namespace layerhold;
using namespace layerhold::registry;
using namespace layerhold::test;
using namespace std::chrono_literals;

namespace {

struct Step
{
    std::string happens;
    std::string outcome; ///< of a pull: "gets it", or the code of its error
    std::string sent;    ///< layers that the registry sent for it
    std::string plain;   ///< what an engine in `verified` mode is given afterwards
    std::string ofA;     ///< and one that may have whatever A may read
    std::string ofB;
};

/// One after the other. Pulls are by digest, so that nothing but the layers' own rights decides.
const std::vector<Step>& steps()
{
    static const std::vector<Step> table{
        // what happens              outcome        sent             engine: none     of A                    of B
        {"nothing yet", "", "-", "-", "-", "-"},
        {"B pulls private", "denied", "-", "-", "-", "-"},
        {"anybody pulls private", "denied", "-", "-", "-", "-"},
        {"B pulls sparse", "not_found", "-", "-", "-", "-"},
        {"A pulls private", "gets it", "secret shared", "-", "secret shared", "-"},
        {"A pulls private", "gets it", "-", "-", "secret shared", "-"},
        {"B pulls private", "denied", "-", "-", "secret shared", "-"},
        {"anybody pulls private", "denied", "-", "-", "secret shared", "-"},
        // A manifest that names a layer opens it to nobody; to A it is open already.
        {"B pulls sparse", "not_found", "-", "-", "secret shared", "-"},
        {"anybody pulls sparse", "not_found", "-", "-", "secret shared", "-"},
        {"A pulls sparse", "gets it", "-", "-", "secret shared", "-"},
        {"B pulls sparse", "not_found", "-", "-", "secret shared", "-"},
        // What is public is so by a request without a credential: B's own is for B.
        {"B pulls public", "gets it", "common", "-", "secret shared", "shared common"},
        {"anybody pulls public", "gets it", "-", "shared common", "secret shared common", "shared common"},
        {"A pulls public", "gets it", "-", "shared common", "secret shared common", "shared common"},
        // Nobody answers: what was proven a moment ago still counts, for whom it was proven.
        {"the registry goes", "", "-", "shared common", "secret shared common", "shared common"},
        {"A pulls private", "gets it", "-", "shared common", "secret shared common", "shared common"},
        {"B pulls private", "unavailable", "-", "shared common", "secret shared common", "shared common"},
        {"anybody pulls private", "unavailable", "-", "shared common", "secret shared common", "shared common"},
        {"anybody pulls public", "gets it", "-", "shared common", "secret shared common", "shared common"},
        {"the registry comes back", "", "-", "shared common", "secret shared common", "shared common"},
        // A is refused once, and what only A could read is closed at once.
        {"A loses the right", "", "-", "shared common", "secret shared common", "shared common"},
        {"A pulls private:1", "denied", "-", "shared common", "shared common", "shared common"},
        {"A pulls private", "denied", "-", "shared common", "shared common", "shared common"},
        {"A pulls sparse", "not_found", "-", "shared common", "shared common", "shared common"},
        {"the registry goes", "", "-", "shared common", "shared common", "shared common"},
        {"A pulls private", "unavailable", "-", "shared common", "shared common", "shared common"},
        {"A pulls sparse", "unavailable", "-", "shared common", "shared common", "shared common"},
        {"A pulls public", "gets it", "-", "shared common", "shared common", "shared common"},
        {"the registry comes back", "", "-", "shared common", "shared common", "shared common"},
        // And open again when the registry says so, without a download.
        {"A gets the right", "", "-", "shared common", "shared common", "shared common"},
        {"A pulls private", "gets it", "-", "shared common", "secret shared common", "shared common"},
        {"B pulls private", "denied", "-", "shared common", "secret shared common", "shared common"},
    };
    return table;
}

std::string outcomeOf(const std::optional<Error>& failure)
{
    return failure ? std::string(toString(failure->code())) : "gets it";
}

/// Does it; what comes of it when it is a pull.
std::string happen(AccessScene& scene, const std::string& what)
{
    if (const std::size_t verb = what.find(" pulls "); verb != std::string::npos) {
        const std::string who = what.substr(0, verb);
        const std::string image = what.substr(verb + 7);
        return outcomeOf(contains(image, ":") ? scene.pullReference(who, image) : scene.pull(who, image));
    }
    if (what == "the registry goes" || what == "the registry comes back")
        scene.isAway = what == "the registry goes";
    else if (what == "A loses the right")
        scene.shutOut();
    else if (what == "A gets the right")
        scene.letIn();
    return {};
}

QString toText(int row, const Step& step)
{
    const std::string text = step.happens + ": " + step.outcome + " | sent " + step.sent + " | " + step.plain + " | " +
                             step.ofA + " | " + step.ofB;
    return QString::number(row) + ' ' + QString::fromStdString(text);
}

/// Code and text of a failure, with X for the names that were asked for.
QString withoutNames(const std::optional<Error>& failure, const std::vector<std::string>& names)
{
    static const QRegularExpression time(QStringLiteral(" after [0-9]+ ms")); // until a connection failed
    std::string text = outcomeOf(failure) + ": " + QString(failure ? failure->what() : "").remove(time).toStdString();
    for (const std::string& name : names)
        for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1))
            text.replace(at, name.size(), "X");
    return QString::fromStdString(text);
}

} // namespace

/// Who gets what, through Puller and through engines in `verified` mode, with one cache.
class AccessTableTest : public QObject
{
    Q_OBJECT

private slots:

    void whoGetsWhat()
    {
        AccessScene scene;
        int row = 0;
        for (const Step& step : steps()) {
            Step found = step;
            found.outcome = happen(scene, step.happens);
            found.sent = scene.sent();
            found.plain = scene.givenTo("");
            found.ofA = scene.givenTo("A");
            found.ofB = scene.givenTo("B");
            QCOMPARE(toText(row, found), toText(row, step));
            ++row;
        }
    }

    /// For B and for anybody, before and after A has brought it: the cache tells nothing of what it has.
    void absentAndForbiddenAreAlike()
    {
        AccessScene scene;
        const auto text = [&](const std::string& who, const std::string& what) {
            return withoutNames(scene.pull(who, what), {scene.image(what).toString(), what});
        };
        /// Of the layer that is named and not there.
        const auto layerText = [&](const std::string& who, const std::string& what, const Digest& layer) {
            return withoutNames(scene.pull(who, what), {scene.image(what).toString(), what, layer.toString()});
        };
        const Digest nobodys = digestOf(std::string(scene.layers["secret"].size(), 'n'));
        for (const char* const who : {"B", "anybody"}) {
            AccessScene fresh;
            const QString before = withoutNames(fresh.pull(who, "private"),
                                                {fresh.image("private").toString(), "private", fresh.registryName()});
            QVERIFY2(before.startsWith("denied: "), qPrintable(before));
            QVERIFY(!scene.pull("A", "private"));
            const QString after = withoutNames(scene.pull(who, "private"),
                                               {scene.image("private").toString(), "private", scene.registryName()});
            QCOMPARE(after, before);
            QCOMPARE(text(who, "private"), text(who, "absent"));
            QCOMPARE(layerText(who, "sparse", scene.layer("secret")), layerText(who, "bluff", nobodys));
            QVERIFY(layerText(who, "sparse", scene.layer("secret")).startsWith("not_found: "));
            scene.isAway = true;
            QCOMPARE(text(who, "private"), text(who, "absent"));
            QCOMPARE(layerText(who, "sparse", scene.layer("secret")), layerText(who, "bluff", nobodys));
            scene.isAway = false;
        }
    }

    /// As many requests go to the same places, so that the clock tells nothing either.
    void absentAndForbiddenCostTheSameRequests()
    {
        AccessScene scene;
        QVERIFY(!scene.pull("A", "private"));
        const std::string config = digestOf("{}").toString();
        const auto requests = [&](const std::string& what, const std::vector<std::string>& names) {
            const std::size_t from = scene.images.server().requests().size();
            scene.pull("B", what);
            std::string text;
            const auto all = scene.images.server().requests();
            for (std::size_t i = from; i < all.size(); ++i) {
                std::string line = all[i].target;
                if (line.ends_with(config)) // asked for at the same time, or not any more
                    continue;
                for (const std::string& name : names)
                    if (const std::size_t at = line.find(name); at != std::string::npos)
                        line.replace(at, name.size(), "X");
                text += line + '\n';
            }
            return QString::fromStdString(text);
        };
        scene.pull("B", "sparse"); // its manifest is here now, as is that of the other
        scene.pull("B", "bluff");
        const Digest nobodys = digestOf(std::string(scene.layers["secret"].size(), 'n'));
        const auto namesOf = [&](const std::string& what) {
            return std::vector<std::string>{what, scene.image(what).toString(), scene.layer("secret").toString(),
                                            nobodys.toString()};
        };
        QCOMPARE(requests("sparse", namesOf("sparse")), requests("bluff", namesOf("bluff")));
        QCOMPARE(requests("private", namesOf("private")), requests("absent", namesOf("absent")));
    }

    void enginesSeeNoDifferenceEither()
    {
        AccessScene scene;
        QVERIFY(!scene.pull("A", "private"));
        scene.cache->addEngine("plain", "/run/plain.sock", Sharing::Verified);
        const auto store = scene.cache->contentStore("plain");
        const auto text = [&](const Digest& digest) {
            QString all = store->info(digest) ? "info " : "no info ";
            const auto opened = failureOf([&] { store->open(digest); });
            const auto updated = failureOf([&] { store->updateLabels(digest, {}); });
            IngestOptions options;
            options.expected = digest;
            const auto ingest = failureOf([&] { store->ingest("write-" + digest.hex(), options); });
            const std::vector<std::string> names{digest.toString()};
            for (const auto& failure : {opened, updated, ingest})
                all += withoutNames(failure, names) + '\n';
            return all;
        };
        QCOMPARE(text(scene.layer("secret")), text(digestOf("nobody's")));
        QVERIFY(text(scene.layer("secret")).startsWith("no info not_found: "));
    }

    /// What an engine was given it keeps, as it would keep a download; another one is not given it any more.
    void whatAnEngineGotItKeeps()
    {
        AccessScene scene;
        scene.cache->addEngine("old", "/run/old.sock", Sharing::Verified);
        scene.cache->access().grant("old", scene.identityOf("A"));
        const auto old = scene.cache->contentStore("old");
        QVERIFY(!old->info(scene.layer("secret")));
        QVERIFY(!scene.pull("A", "private"));
        QVERIFY(old->info(scene.layer("secret")));
        scene.shutOut();
        QCOMPARE(outcomeOf(scene.pullReference("A", "private:1")), std::string("denied"));
        QVERIFY(old->info(scene.layer("secret")));
        QVERIFY(!old->info(scene.layer("shared"))); // was not asked for before
        QCOMPARE(scene.givenTo("A"), std::string("-"));
        // A grant that is withdrawn gives nothing to begin with.
        scene.letIn();
        QVERIFY(!scene.pull("A", "private"));
        scene.cache->access().withdraw("old", scene.identityOf("A"));
        QVERIFY(!old->info(scene.layer("shared")));
        QCOMPARE(scene.givenTo("A"), std::string("secret shared"));
    }

    /// The grace is for a registry that is away, and not for one that has said no.
    void graceEndsWithARefusal()
    {
        AccessScene scene;
        QVERIFY(!scene.pull("A", "private"));
        auto& access = scene.cache->access();
        const std::string registry = scene.registryName();
        const auto text = [&](const std::string& who, std::chrono::minutes later) {
            const TimePoint then = Clock::system().now() + later;
            const Identity identity = scene.identityOf(who);
            const Digest secret = scene.layer("secret");
            return std::string(access.covers(identity, secret, then) ? "covered" : "open") +
                   (access.coversOffline(identity, secret, then, registry) ? ", away covered" : ", away open") +
                   (access.coversOffline(identity, secret, then, "docker.io") ? ", another covered" : "");
        };
        QCOMPARE(text("A", 0min), std::string("covered, away covered, another covered"));
        QCOMPARE(text("A", 20min), std::string("open, away covered"));
        QCOMPARE(text("A", 80min), std::string("open, away open"));
        QCOMPARE(text("B", 0min), std::string("open, away open"));
        QCOMPARE(text("anybody", 0min), std::string("open, away open"));
        scene.shutOut();
        QCOMPARE(outcomeOf(scene.pullReference("A", "private:1")), std::string("denied"));
        QCOMPARE(text("A", 0min), std::string("open, away open"));
        QCOMPARE(text("A", 20min), std::string("open, away open"));
    }
};

QTEST_GUILESS_MAIN(AccessTableTest)
#include "access_table_test.moc"
