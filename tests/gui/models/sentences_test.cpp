// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "models/sentences.h"

#include <QSet>

#include <array>

using namespace layerhold::gui;

namespace {

constexpr std::array allSets = {CodeSet::Kind,         CodeSet::State,     CodeSet::HolderKind, CodeSet::TagCause,
                                CodeSet::CleanupCause, CodeSet::Decision,  CodeSet::Reason,     CodeSet::Refetch,
                                CodeSet::Outcome,      CodeSet::EventKind, CodeSet::Sharing,    CodeSet::HealthOutcome,
                                CodeSet::NameSource,   CodeSet::EdgeRole,  CodeSet::PolicyMode, CodeSet::AgeClock};

} // namespace

class SentencesTest : public QObject
{
    Q_OBJECT

private slots:

    void everyKnownCodeHasALabelAndASentence()
    {
        for (const CodeSet set : allSets) {
            const auto codes = codesOf(set);
            QVERIFY(!codes.empty());
            QSet<QString> labels;
            for (const std::string_view code : codes) {
                const Wording wording = wordingOf(set, code);
                QVERIFY2(!wording.label.isEmpty(), code.data());
                QVERIFY2(wording.label.size() <= 24, code.data());
                QVERIFY2(wording.sentence.endsWith('.'), code.data());
                QVERIFY2(!labels.contains(wording.label), code.data());
                labels.insert(wording.label);
            }
        }
    }

    void codesHaveTheirWords_data()
    {
        QTest::addColumn<int>("set");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("label");
        const auto row = [](CodeSet set, const char* code, const char* label) {
            QTest::newRow(code) << static_cast<int>(set) << QByteArray(code) << QString(label);
        };
        row(CodeSet::Kind, "layer", "Layer");
        row(CodeSet::State, "quarantined", "Quarantined");
        row(CodeSet::State, "trashed", "In the trash");
        row(CodeSet::HolderKind, "pin", "Pinned");
        row(CodeSet::HolderKind, "operation", "In use");
        row(CodeSet::TagCause, "resolve", "Check");
        row(CodeSet::CleanupCause, "pressure", "Disk pressure");
        row(CodeSet::Reason, "keep_needed", "Needed by what is held");
        row(CodeSet::Reason, "remove_over_limit", "Over the limit");
        row(CodeSet::Refetch, "only_copy", "Only copy");
        row(CodeSet::Outcome, "skipped", "Skipped");
        row(CodeSet::EventKind, "blob_committed", "Stored");
        row(CodeSet::EventKind, "unpinned", "Unpinned");
    }

    void codesHaveTheirWords()
    {
        QFETCH(int, set);
        QFETCH(QByteArray, code);
        QTEST(wordingOf(static_cast<CodeSet>(set), code.toStdString()).label, "label");
    }

    void unknownCodesAreShown()
    {
        QCOMPARE(wordingOf(CodeSet::HolderKind, "quorum").label, QString("kept: quorum"));
        QCOMPARE(wordingOf(CodeSet::Reason, "keep_by_moon").label, QString("kept: keep_by_moon"));
        QCOMPARE(wordingOf(CodeSet::Reason, "remove_by_moon").label, QString("removed: remove_by_moon"));
        QCOMPARE(wordingOf(CodeSet::EventKind, "moon_rose").label, QString("moon_rose"));
        QVERIFY(wordingOf(CodeSet::EventKind, "moon_rose").sentence.contains("moon_rose"));
        QCOMPARE(wordingOf(CodeSet::HolderKind, "a\nb").label, QString("kept: a␊b"));
        QVERIFY(wordingOf(CodeSet::Kind, std::string(5000, 'x')).label.size() < 100);
    }

    void nothingIsNotKnown()
    {
        for (const CodeSet set : allSets)
            QCOMPARE(wordingOf(set, "").label, QString("–"));
    }
};

QTEST_APPLESS_MAIN(SentencesTest)
#include "sentences_test.moc"
