// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// Shows a million entries on their page, or as many as the argument says, and prints what its users wait for, as
// entry_model_bench does without a view. Needs no screen: QT_QPA_PLATFORM=offscreen.
#include "gui/models/bench_tools.h"
#include "gui/widgets/page_rig.h"
#include "widgets/pages/entries/entry_table_view.h"
#include "widgets/pages/entries_page.h"

#include <QLineEdit>

using namespace layerhold::gui;
using namespace layerhold::gui::test;

namespace {

class Bench
{
public:
    explicit Bench(std::size_t count)
        : m_rig(makeStore(count))
    {
        m_rig.client.batchSize = 4000;
    }

    void run()
    {
        const EntryTableView& view = m_rig.page->view();
        tellCopying();
        measureList("load", [this] { m_rig.connectService(); });
        measure("filter kind:layer size>50MiB", [this] { filter("kind:layer size>50MiB"); });
        measure("no filter", [this] { filter(""); });
        measure("sort by size", [this] { sort(EntryColumn::Size); });
        measure("sort by digest", [this] { sort(EntryColumn::Digest); });
        measure("scroll to the end", [this] { m_rig.page->view().scrollToBottom(); });
        measure("select all", [this] { m_rig.page->view().selectAll(); });
        measure("filter, all selected", [this] { filter("kind:config"); });
        m_rig.page->view().clearSelection();
        measureList("list anew", [this] { m_rig.page->refresh(); });
        std::printf("%d rows\n", view.model()->rowCount());
    }

private:
    static std::shared_ptr<FakeStore> makeStore(std::size_t count)
    {
        auto store = std::make_shared<FakeStore>();
        store->blobs = makeBlobs(count);
        store->status.root = "/bench";
        return store;
    }

    /// The fake takes what a list is of all at once, which no service makes its caller wait for.
    void tellCopying() const
    {
        const double before = processorMilliseconds(CLOCK_PROCESS_CPUTIME_ID);
        const std::vector<BlobRecord> copy = m_rig.client.store->blobs;
        std::printf("of the longest stall of a list (%.0f) are those of the fake, which copies %zu records\n",
                    processorMilliseconds(CLOCK_PROCESS_CPUTIME_ID) - before, copy.size());
    }

    template <class Start>
    void measure(const char* what, Start start)
    {
        measureUntil(what, start, [this] { return !m_rig.page->model().isBusy(); });
    }

    /// Names are asked for last.
    template <class Start>
    void measureList(const char* what, Start start)
    {
        measureUntil(what, start, [this, before = m_rig.client.count(QStringLiteral("images"))] {
            return m_rig.client.count(QStringLiteral("images")) > before && m_rig.client.openCount() == 0 &&
                   !m_rig.page->model().isBusy();
        });
    }

    template <class Start, class IsDone>
    void measureUntil(const char* what, Start start, IsDone isDone)
    {
        QElapsedTimer clock;
        clock.start();
        start();
        wait(isDone);
        std::printf("%s: %lld ms, %d rows\n", what, static_cast<long long>(clock.elapsed()),
                    m_rig.page->model().rowCount());
        m_stalls.tell();
    }

    void filter(const char* text) { m_rig.page->filterField()->setText(QString::fromUtf8(text)); }

    void sort(EntryColumn column) { m_rig.page->view().sortByColumn(static_cast<int>(column), Qt::DescendingOrder); }

    PageRig<EntriesPage> m_rig;
    StallMeter m_stalls;
};

} // namespace

int main(int argc, char** argv)
{
    const QApplication app(argc, argv);
    Bench(argc > 1 ? std::stoul(argv[1]) : 1'000'000).run();
    return 0;
}
