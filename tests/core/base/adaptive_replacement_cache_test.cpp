// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "base/adaptive_replacement_cache.h"

#include <map>
#include <random>

using namespace layerhold;

class AdaptiveReplacementCacheTest : public QObject
{
    Q_OBJECT

private slots:

    /// What is there has the value that was put last, and there is never more than the capacity.
    void neverLiesAndNeverGrows_data()
    {
        QTest::addColumn<int>("capacity");
        QTest::newRow("1") << 1;
        QTest::newRow("2") << 2;
        QTest::newRow("17") << 17;
        QTest::newRow("more than there are keys") << 1000;
    }

    void neverLiesAndNeverGrows()
    {
        QFETCH(int, capacity);
        AdaptiveReplacementCache<int, int> cache(static_cast<std::size_t>(capacity));
        std::map<int, int> put;
        std::mt19937 random(7);
        for (int i = 0; i < 20'000; ++i) {
            const int key = static_cast<int>(random() % 60) * static_cast<int>(random() % 3);
            switch (random() % 8) {
            case 0:
                QCOMPARE(cache.erase(key) && !put.contains(key), false);
                put.erase(key);
                break;
            case 1:
                if (i % 100 == 1) {
                    cache.eraseIf([&](int one, int&) { return one % 7 == key % 7; });
                    std::erase_if(put, [&](const auto& entry) { return entry.first % 7 == key % 7; });
                }
                break;
            case 2:
            case 3:
            case 4:
                cache.put(key, i);
                put[key] = i;
                QVERIFY(cache.find(key) && *cache.find(key) == i);
                break;
            default:
                if (const int* value = cache.find(key))
                    QCOMPARE(*value, put.at(key));
                else
                    QVERIFY(capacity < 1000 || !put.contains(key));
            }
            QVERIFY(cache.size() <= static_cast<std::size_t>(capacity));
        }
        std::size_t seen = 0;
        cache.forEachWhile([&](int key, int value) {
            ++seen;
            return put.at(key) == value;
        });
        QCOMPARE(seen, cache.size());
    }

    void oneLongScanDoesNotDriveOutWhatIsUsed()
    {
        AdaptiveReplacementCache<int, int> cache(100);
        for (int key = 0; key < 50; ++key) {
            cache.put(key, key);
            cache.find(key);
        }
        for (int key = 1000; key < 3000; ++key)
            cache.put(key, key);
        for (int key = 0; key < 50; ++key)
            QVERIFY2(cache.find(key), std::to_string(key).c_str());
    }

    /// With LRU in the place of ARC, or without learning from what comes back, this fails.
    void roomGoesToWhatComesBack()
    {
        AdaptiveReplacementCache<int, int> cache(10);
        for (int key = 0; key < 10; ++key) {
            cache.put(key, key);
            cache.find(key);
        } // all the room is for what was used again
        int hits = 0;
        for (int round = 0; round < 20; ++round)
            for (int key = 100; key < 108; ++key) {
                if (cache.find(key))
                    ++hits;
                else
                    cache.put(key, key);
            }
        QVERIFY2(hits > 100, std::to_string(hits).c_str());
    }
};

QTEST_GUILESS_MAIN(AdaptiveReplacementCacheTest)
#include "adaptive_replacement_cache_test.moc"
