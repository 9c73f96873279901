// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/cleanup_pages.h"

#include "widgets/main_window.h"
#include "widgets/pages/cleanup/last_run.h"
#include "widgets/pages/cleanup_page.h"
#include "widgets/pages/events_page.h"
#include "widgets/pages/trash_page.h"

namespace layerhold::gui {

CleanupPages addCleanupPages(MainWindow& window, AppContext& context)
{
    auto* cleanup = new CleanupPage(context);
    auto* trash = new TrashPage(context, cleanup->lastRun());
    auto* events = new EventsPage(context);
    for (Page* page : std::initializer_list<Page*>{cleanup, trash, events})
        window.addPage(page);

    Actions& actions = context.actions();
    LastRun* lastRun = &cleanup->lastRun();
    actions.bind(QStringLiteral("cleanup.preview"), &window,
                 [&window] { window.showPage(QStringLiteral("cleanup"), QStringLiteral("preview")); });
    actions.bind(
        QStringLiteral("cleanup.undo"), &window, [lastRun] { lastRun->undo(); },
        [lastRun] { return lastRun->whyNot(); });

    // What one changes, the other shows anew when it is in front, or the next time.
    QObject::connect(cleanup, &CleanupPage::cacheChanged, trash, &Page::markOld);
    QObject::connect(trash, &TrashPage::cacheChanged, lastRun, &LastRun::ask);
    QObject::connect(events, &EventsPage::entryRequested, &context, [&context](const QString& subject) {
        const bool isDigest =
            subject.startsWith(QLatin1String("sha256:")) || subject.startsWith(QLatin1String("sha512:"));
        context.requestPage(isDigest ? QStringLiteral("entries") : QStringLiteral("tags"), subject);
    });
    return {cleanup, trash, events};
}

} // namespace layerhold::gui
