// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "hostile/stage.h"

using namespace layerhold::test::hostile;

namespace {

struct Case
{
    const Hostility* hostility;
    Operation operation;
    Who who;

    std::string name() const { return hostility->name + " / " + toString(operation) + " / " + toString(who); }
};

const std::vector<Hostility>& hostilities()
{
    static const std::vector<Hostility> all = [] {
        std::vector<Hostility> rows;
        for (const auto& table :
             {destinations(), uploads(), realms(), tokenServices(), refusals(), framings(), contents(), delays()})
            rows.insert(rows.end(), table.begin(), table.end());
        return rows;
    }();
    return all;
}

std::vector<Case> cases()
{
    std::vector<Case> all;
    std::size_t turn = 0;
    for (const Hostility& hostility : hostilities()) {
        for (const Operation operation : hostility.operations) {
            if (hostility.mix == Mix::InTurn)
                all.push_back({&hostility, operation, hostility.who[turn++ % hostility.who.size()]});
            else
                for (const Who who : hostility.who)
                    all.push_back({&hostility, operation, who});
        }
    }
    return all;
}

} // namespace

/// Whatever servers do, a client ends in time with an error that it is meant to end with, goes only where it may go,
/// and nobody hears or reads a secret that is not for him.
class HostileServersTest : public QObject
{
    Q_OBJECT

private slots:

    void neitherHarmNorGetASecret_data()
    {
        QTest::addColumn<int>("index");
        const auto all = cases();
        for (std::size_t i = 0; i < all.size(); ++i)
            QTest::newRow(all[i].name().c_str()) << static_cast<int>(i);
    }

    void neitherHarmNorGetASecret()
    {
        QFETCH(int, index);
        static const auto all = cases();
        const Case& each = all.at(static_cast<std::size_t>(index));
        const std::string complaints = Stage(*each.hostility, each.who).play(each.operation);
        QVERIFY2(complaints.empty(), complaints.c_str());
    }

    void areMany() { QVERIFY(cases().size() >= 200); }
};

QTEST_GUILESS_MAIN(HostileServersTest)
#include "hostile_servers_test.moc"
