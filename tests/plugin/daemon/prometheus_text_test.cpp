// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "layerhold/cache.h"
#include "service/daemon/prometheus_text.h"

#include "support/temp_root.h"

#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QStandardPaths>

using namespace layerhold;
using namespace layerhold::service;

namespace {

/// What is wrong with the text by the rules of the format; empty when nothing is.
QString problemOf(const QString& text)
{
    static const QRegularExpression help("^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (?:[^\\\\\\n]|\\\\\\\\|\\\\n)*$");
    static const QRegularExpression type(
        "^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)$");
    static const QRegularExpression sample("^([a-zA-Z_:][a-zA-Z0-9_:]*)"
                                           "(\\{([a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\",?)*\\})?"
                                           " (-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?|NaN|[+-]Inf)( -?[0-9]+)?$");
    if (!text.endsWith('\n'))
        return "no newline at the end";
    QSet<QString> finished;
    QSet<QString> lines;
    QString family;
    bool hasType = false;
    bool hasSample = false;
    const auto begin = [&](const QString& name) {
        if (name == family)
            return !hasSample;
        if (finished.contains(name))
            return false;
        finished.insert(family);
        family = name;
        hasType = hasSample = false;
        return true;
    };
    for (const QString& line : text.chopped(1).split('\n')) {
        if (const auto found = help.match(line); found.hasMatch()) {
            if (!begin(found.captured(1)))
                return "HELP out of place: " + line;
        } else if (const auto typed = type.match(line); typed.hasMatch()) {
            if (!begin(typed.captured(1)) || hasType)
                return "TYPE out of place: " + line;
            hasType = true;
            if ((typed.captured(2) == "counter") != typed.captured(1).endsWith("_total"))
                return "a counter, and only that, ends in _total: " + line;
        } else if (const auto one = sample.match(line); one.hasMatch()) {
            if (one.captured(1) != family || !hasType)
                return "sample without its TYPE: " + line;
            if (lines.contains(one.captured(1) + one.captured(2)))
                return "twice: " + line;
            lines.insert(one.captured(1) + one.captured(2));
            hasSample = true;
        } else {
            return "no line of the format: " + line;
        }
    }
    return {};
}

EngineState engineOf(const std::string& name, bool serving)
{
    EngineState state;
    state.engine.name = name;
    state.serving = serving;
    state.connections = 3;
    return state;
}

} // namespace

class PrometheusTextTest : public QObject
{
    Q_OBJECT

private slots:

    void obeysTheGrammar()
    {
        const test::TempRoot root;
        CacheOptions options;
        options.root = root / "cache";
        const auto cache = Cache::open(options);
        cache->addEngine("a", "/run/a.sock", Sharing::Open);
        cache->contentStore("a")->info(Hasher::of({}));
        const QString text = QString::fromStdString(
            prometheusText(cache->metrics().snapshot(), {engineOf("a", true), engineOf("b", false)}, "1.2\"3"));
        QCOMPARE(problemOf(text), QString());
        QVERIFY(text.contains("\nlayerhold_misses_total 1\n"));
        QVERIFY(text.contains("\nlayerhold_hit_rate 0.000000\n"));
        QVERIFY(text.contains("\n# TYPE layerhold_uptime_seconds gauge\n"));
        QVERIFY(text.contains("\nlayerhold_engine_serving{engine=\"a\"} 1\n"));
        QVERIFY(text.contains("\nlayerhold_engine_serving{engine=\"b\"} 0\n"));
        QVERIFY(text.contains("version=\"1.2\\\"3\""));
        QVERIFY(!text.contains("time_since_last_hit")); // it never happened
        QVERIFY(text.contains("layerhold_time_since_last_miss_seconds"));

        const QString promtool = QStandardPaths::findExecutable("promtool");
        if (promtool.isEmpty())
            return; // our own reading of the grammar has to do
        QProcess process;
        process.start(promtool, {"check", "metrics"});
        process.write(text.toUtf8());
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished());
        QVERIFY2(process.exitCode() != 1, process.readAllStandardError().constData()); // 3: matters of taste
    }

    void theCheckSeesWhatIsWrong()
    {
        for (const char* bad : {"x 1", "x 1\n", "# TYPE x gauge\nx y\n", "# TYPE x counter\nx 1\n",
                                "# TYPE x gauge\nx 1\nx 1\n", "# TYPE x gauge\nx{a=\"\n\"} 1\n",
                                "# TYPE x gauge\nx 1\n# TYPE y gauge\ny 1\n# TYPE x gauge\nx{a=\"1\"} 1\n"})
            QVERIFY2(!problemOf(bad).isEmpty(), bad);
    }

    void escapesLabels()
    {
        QCOMPARE(prometheusLabel("plain"), std::string("plain"));
        QCOMPARE(prometheusLabel("a\\b\"c\nd"), std::string("a\\\\b\\\"c\\nd"));
        QCOMPARE(prometheusLabel("\xff"), std::string("\xef\xbf\xbd"));
    }
};

QTEST_GUILESS_MAIN(PrometheusTextTest)
#include "prometheus_text_test.moc"
