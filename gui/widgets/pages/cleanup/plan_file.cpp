// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/cleanup/plan_file.h"

#include "models/plain_text.h"
#include "models/plan_export.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFutureWatcher>
#include <QMessageBox>
#include <QSaveFile>
#include <QtConcurrentRun>

namespace layerhold::gui {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::PlanFile)
};

} // namespace

QString writePlan(const QString& file, const PlanRecord& plan, const std::vector<PlanItem>& items,
                  const QSet<QString>& unticked)
{
    QSaveFile target(file);
    if (!target.open(QIODevice::WriteOnly))
        return target.errorString();
    target.write(file.endsWith(QLatin1String(".json"), Qt::CaseInsensitive) ? planJson(plan, items, unticked)
                                                                            : planCsv(items, unticked));
    return target.commit() ? QString() : target.errorString();
}

void exportPlan(QWidget& parent, const PlanRecord& plan, std::shared_ptr<const std::vector<PlanItem>> items,
                const QSet<QString>& unticked)
{
    auto* dialog = new QFileDialog(&parent, Texts::tr("Export plan"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({Texts::tr("Table (*.csv)"), Texts::tr("JSON (*.json)")});
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(QStringLiteral("layerhold-plan.csv"));
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String("json")) ? QStringLiteral("json")
                                                                        : QStringLiteral("csv"));
    });
    QObject::connect(dialog, &QFileDialog::fileSelected, &parent,
                     [owner = &parent, plan, items = std::move(items), unticked](const QString& file) {
                         auto* watcher = new QFutureWatcher<QString>(owner);
                         QObject::connect(watcher, &QFutureWatcherBase::finished, owner, [owner, watcher] {
                             watcher->deleteLater();
                             const QString problem = watcher->result();
                             if (problem.isEmpty())
                                 return;
                             auto* box = new QMessageBox(QMessageBox::Warning, Texts::tr("Export plan"),
                                                         Texts::tr("The plan was not written: %1").arg(problem),
                                                         QMessageBox::Close, owner);
                             box->setTextFormat(Qt::PlainText);
                             box->setAttribute(Qt::WA_DeleteOnClose);
                             box->open();
                         });
                         watcher->setFuture(QtConcurrent::run([=] { return writePlan(file, plan, *items, unticked); }));
                     });
    dialog->open();
}

} // namespace layerhold::gui
