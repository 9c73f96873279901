// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "integration/gui_live/live_cache.h"
#include "integration/gui_live/live_window.h"
#include "integration/gui_live/pull_loop.h"
#include "widgets/pages/cleanup_page.h"

#include <QSet>

#include <memory>
#include <optional>

namespace layerhold::gui::test {

/// A step of a test, which ends with the first that failed.
#define STEP(call)                                                                                                     \
    do {                                                                                                               \
        call;                                                                                                          \
        if (QTest::currentTestFailed())                                                                                \
            return;                                                                                                    \
    } while (false)

#define TRY_VERIFY(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, patience)
#define TRY_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT(actual, expected, patience)

/// What a user does to clean up, and what must be so afterwards, in a cache that pulls go on in. Each step fails the
/// test that runs.
class LiveSteps
{
public:
    layerhold::test::LiveCache& cache() { return *m_cache; }

    LiveWindow& app() { return *m_app; }

    CleanupPage& page() { return *m_app->cleanupPages().cleanup; }

    /// Makes the cache and opens the app.
    void begin();
    void end();

    void beginPulls();
    /// What is under way ends; none has failed.
    void endPulls();

    int pulls() const { return m_loop->pulls(); }

    /// The policy as it is installed keeps what was used within two months: the rule that does is changed, and saved.
    void takeAllThatIsUnused();
    void preview();
    void goOnToRun();
    void run();
    /// What became of each entry, in the list of the result as on the disk: `outcome`, which puts files into `folder`,
    /// or nowhere.
    void checkOutcome(const char* outcome, std::optional<QString> folder);
    void undo();
    /// While nothing goes on: the app, `du` and `layerhold df` say the same.
    void checkFigures();

private:
    /// By the plan that is shown.
    QSet<QString> toRemove();

    std::unique_ptr<layerhold::test::LiveCache> m_cache;
    std::unique_ptr<LiveWindow> m_app;
    std::unique_ptr<layerhold::test::PullLoop> m_loop;
};

} // namespace layerhold::gui::test
