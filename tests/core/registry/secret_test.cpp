// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/registry/secret.h"

#include <QTest>

#include <utility>

using namespace layerhold::registry;

class SecretTest : public QObject
{
    Q_OBJECT

private slots:

    void takesTheTextOver()
    {
        for (const char* const plain : {"short", "so long that it cannot be within the string object itself"}) {
            std::string text(plain);
            const char* const bytes = text.data();
            const std::size_t size = text.size();
            const Secret secret(std::move(text));
            QCOMPARE(std::string(secret.reveal()), std::string(plain));
            QVERIFY(text.empty()); // NOLINT(bugprone-use-after-move): what it leaves behind is what is looked at
            if (size < 16)
                QVERIFY(std::string(bytes, size) != plain);
        }
    }

    void copiesAndMoves()
    {
        Secret first(std::string("token"));
        Secret copy(first);
        QVERIFY(copy == first);
        const Secret moved(std::move(copy));
        QVERIFY(moved == first && copy.isEmpty()); // NOLINT(bugprone-use-after-move)
        first = Secret(std::string("other"));
        QVERIFY(!(moved == first));
        first = moved;
        QVERIFY(moved == first);
        QVERIFY(Secret() == Secret() && Secret().isEmpty());
        QVERIFY(!(Secret(std::string("ab")) == Secret(std::string("abc"))));
    }

    void wipesBeyondTheSize()
    {
        std::string text("a long text that was there before, and is cut");
        const char* const bytes = text.data();
        const std::size_t capacity = text.capacity();
        text.resize(1);
        wipe(text);
        QVERIFY(text.empty());
        QCOMPARE(std::string(bytes, capacity), std::string(capacity, '\0'));
    }
};

QTEST_GUILESS_MAIN(SecretTest)
#include "secret_test.moc"
