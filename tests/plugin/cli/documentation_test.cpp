// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/program.h"

#include "cli/completions.h"

#include <QFile>
#include <QTest>

using namespace layerhold::cli;

namespace {

QByteArray readAll(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    return file.readAll();
}

/// Long flags of a verb, as "--name".
std::vector<std::string> flagsOf(const CLI::App& verb)
{
    std::vector<std::string> flags;
    for (const CLI::Option* option : verb.get_options()) {
        for (const std::string& name : option->get_lnames())
            flags.push_back("--" + name);
    }
    return flags;
}

/// Calls `each(path, verb)` for every verb: "ls", "engine add", …
void forEachVerb(const CLI::App& app, const QByteArray& before,
                 const std::function<void(const QByteArray&, const CLI::App&)>& each)
{
    for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
        const QByteArray path = before + verb->get_name().c_str();
        each(path, *verb);
        forEachVerb(*verb, path + ' ', each);
    }
}

} // namespace

/// What is written by hand beside the program says the same as the program.
class DocumentationTest : public QObject
{
    Q_OBJECT

private slots:

    void initTestCase() { defineProgram(m_app, m_context); }

    void everyVerbHasAnExample();
    void completionsKnowEveryVerbAndFlag();
    void manPageKnowsEveryVerbAndFlag();
    void configManPageKnowsEverySetting();

private:
    Context m_context;
    CLI::App m_app;
};

void DocumentationTest::everyVerbHasAnExample()
{
    int verbs = 0;
    forEachVerb(m_app, "", [&](const QByteArray& path, const CLI::App& verb) {
        ++verbs;
        QVERIFY2(verb.get_footer().find("Example:\n  ") != std::string::npos, path);
        QVERIFY2(verb.get_footer().find("layerhold " + path.toStdString()) != std::string::npos, path);
        QVERIFY2(!verb.get_description().empty(), path);
    });
    QVERIFY(verbs >= 19);
}

void DocumentationTest::completionsKnowEveryVerbAndFlag()
{
    for (const char* script : {completions::bash, completions::zsh, completions::fish}) {
        const bool isFish = script == completions::fish;
        const QByteArray text(script);
        forEachVerb(m_app, "", [&](const QByteArray& path, const CLI::App& verb) {
            QVERIFY2(text.contains(verb.get_name().c_str()), path);
            for (const std::string& flag : flagsOf(verb)) {
                const QByteArray written = isFish ? "-l " + QByteArray(flag.c_str() + 2) : QByteArray(flag.c_str());
                QVERIFY2(text.contains(written), (path + ' ' + flag.c_str()).constData());
            }
        });
    }
}

void DocumentationTest::manPageKnowsEveryVerbAndFlag()
{
    const QByteArray page = readAll(QStringLiteral(LAYERHOLD_RESOURCES "/man/layerhold.1")).replace("\\-", "-");
    forEachVerb(m_app, "", [&](const QByteArray& path, const CLI::App& verb) {
        if (path != "engine")
            QVERIFY2(page.contains("\n\\fB" + path + "\\fR"), path);
        for (const std::string& flag : flagsOf(verb)) {
            if (flag != "--help")
                QVERIFY2(page.contains(flag.c_str()), (path + ' ' + flag.c_str()).constData());
        }
    });
}

void DocumentationTest::configManPageKnowsEverySetting()
{
    const QByteArray page = readAll(QStringLiteral(LAYERHOLD_RESOURCES "/man/layerhold-config.5"));
    for (const SettingSpec& spec : settingSpecs(SettingsEnvironment::ofProcess())) {
        QVERIFY2(page.contains("\n\\fB" + QByteArray(spec.name) + "\\fR ("), spec.name);
        QVERIFY2(page.contains(QByteArray(spec.sentence).replace("'", "\\(aq")), spec.sentence);
        if (spec.type == SettingType::Count)
            QVERIFY2(page.contains(QStringLiteral("integer from %1 to %2; default %3")
                                       .arg(spec.least)
                                       .arg(spec.most)
                                       .arg(spec.defaultValue.c_str())
                                       .toUtf8()),
                     spec.name);
    }
}

QTEST_GUILESS_MAIN(DocumentationTest)
#include "documentation_test.moc"
