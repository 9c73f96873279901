// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/program.h"

#include "cli/completions.h"

#include <QFile>
#include <QTest>

#include <algorithm>

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
        if (option->get_group().empty())
            continue; // there only to be refused with a reason
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

/// From `begin` to the next `end`, or to the end of the text; empty when there is no `begin`.
QByteArray between(const QByteArray& text, const QByteArray& begin, const QByteArray& end)
{
    const qsizetype first = text.indexOf(begin);
    if (first < 0)
        return {};
    const qsizetype last = text.indexOf(end, first + begin.size());
    return text.mid(first, last < 0 ? -1 : last - first);
}

/// "--root" is not in "--rooted", and "--dry-run" not in "dry-run".
bool hasWord(const QByteArray& text, const QByteArray& word)
{
    for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        const char after = at + word.size() < text.size() ? text[at + word.size()] : ' ';
        if (after != '-' && (after < 'a' || after > 'z'))
            return true;
    }
    return false;
}

/// The branch of a `case` that names the verb, alone or among others: "add)", "status | stats)".
QByteArray branchOf(const QByteArray& script, const QByteArray& name)
{
    bool isInside = false;
    QByteArray branch;
    for (const QByteArray& line : script.split('\n')) {
        const qsizetype bracket = line.indexOf(')');
        const QList<QByteArray> names = line.left(qMax<qsizetype>(bracket, 0)).split('|');
        if (!isInside && bracket > 0)
            isInside = std::any_of(names.begin(), names.end(), [&](const auto& n) { return n.trimmed() == name; });
        if (isInside)
            branch += line + '\n';
        if (isInside && line.trimmed().endsWith(";;"))
            return branch;
    }
    return branch;
}

/// `client` and `rule` are what the script puts into the variables of those names.
QByteArray shellWordsOf(const QByteArray& script, const QByteArray& verb, const QByteArray& client,
                        const QByteArray& rule)
{
    const qsizetype space = verb.indexOf(' ');
    const QByteArray where = space < 0 ? script : script.mid(script.lastIndexOf(verb.left(space) + ")\n"));
    QByteArray branch = branchOf(where, verb.mid(space + 1));
    if (branch.contains("$client"))
        branch += client;
    if (branch.contains("$rule"))
        branch += rule;
    return branch;
}

// What each completion script offers for one verb ("ls", "engine add").

QByteArray bashWordsOf(const QByteArray& script, const QByteArray& verb)
{
    return shellWordsOf(script.mid(script.indexOf("case $verb in")), verb, between(script, "local client=", "\n"),
                        between(script, "local rule=", "\n"));
}

QByteArray zshWordsOf(const QByteArray& script, const QByteArray& verb)
{
    return shellWordsOf(script.mid(script.indexOf("case $line[1] in")), verb, between(script, "client=(\n", "\n    )"),
                        between(script, "rule=(\n", "\n    )"));
}

/// "-l root" of the lines whose condition names the verb, as "--root".
QByteArray fishWordsOf(const QByteArray& script, const QByteArray& verb)
{
    QByteArray text = script;
    text.replace("\\\n", " ").replace("$client", between(script, "set -l client '", "\n").mid(15).chopped(1));
    text.replace("$ruled", between(script, "set -l ruled '", "\n").mid(14).chopped(1));
    const QList<QByteArray> path = verb.split(' ');
    QByteArray words;
    for (const QByteArray& line : text.split('\n')) {
        // "seen_from A B; and seen_from C; and not seen_from D": of A and B, and of C, and not of D.
        const QByteArray names = between(line, "__fish_seen_subcommand_from", line.contains("\"_") ? "\" " : "' ");
        bool isMeant = !names.isEmpty();
        for (const QByteArray& part : QByteArray(names).replace("; and ", ";").split(';')) {
            const QList<QByteArray> verbs = part.split(' ');
            const bool isSeen =
                std::any_of(path.begin(), path.end(), [&](const QByteArray& word) { return verbs.contains(word); });
            isMeant = isMeant && isSeen != part.startsWith("not ");
        }
        const QList<QByteArray> parts = line.split(' ');
        const qsizetype at = parts.indexOf("-l");
        if (line.startsWith("complete ") && at >= 0 && (isMeant || names.isEmpty()))
            words += "--" + parts[at + 1] + '\n';
    }
    return words;
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
    QVERIFY(verbs >= 37);
}

void DocumentationTest::completionsKnowEveryVerbAndFlag()
{
    struct Shell
    {
        QByteArray script;
        QByteArray (*wordsOf)(const QByteArray& script, const QByteArray& verb);
    };

    for (const Shell& shell : {Shell{completions::bash, bashWordsOf}, Shell{completions::zsh, zshWordsOf},
                               Shell{completions::fish, fishWordsOf}}) {
        forEachVerb(m_app, "", [&](const QByteArray& path, const CLI::App& verb) {
            QVERIFY2(shell.script.contains(verb.get_name().c_str()), path);
            if (verb.get_require_subcommand_min() > 0)
                return; // has no flags of its own
            const QByteArray words = shell.wordsOf(shell.script, path);
            for (const std::string& flag : flagsOf(verb))
                QVERIFY2(hasWord(words, flag.c_str()), (path + ' ' + flag.c_str() + " in: " + words).constData());
        });
    }
}

void DocumentationTest::manPageKnowsEveryVerbAndFlag()
{
    const QByteArray page = readAll(QStringLiteral(LAYERHOLD_RESOURCES "/man/layerhold.1")).replace("\\-", "-");
    const QByteArray client = between(page, ".SH CLIENT FLAGS", ".SH VERBS");
    const QByteArray verbs = between(page, ".SH VERBS", ".SH EXIT STATUS");
    const QByteArray rules = between(page, "\nRULE FLAGS are", "\n.PP");
    QVERIFY(!rules.isEmpty());
    forEachVerb(m_app, "", [&](const QByteArray& path, const CLI::App& verb) {
        if (verb.get_require_subcommand_min() > 0)
            return;
        const QByteArray entry = between(verbs, "\n\\fB" + path + "\\fR", "\n.TP");
        QVERIFY2(!entry.isEmpty(), path);
        const bool isClient = path != "serve" && path != "completion";
        for (const std::string& flag : flagsOf(verb)) {
            const bool isSaid = hasWord(entry, flag.c_str()) || (isClient && hasWord(client, flag.c_str())) ||
                                (entry.contains("[RULE FLAGS]") && hasWord(rules, flag.c_str()));
            QVERIFY2(isSaid || flag == "--help", (path + ' ' + flag.c_str()).constData());
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
