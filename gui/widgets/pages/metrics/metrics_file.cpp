// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/metrics/metrics_file.h"

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
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::MetricsFile)
};

void tellProblem(QWidget* owner, const QString& problem)
{
    auto* box = new QMessageBox(QMessageBox::Warning, Texts::tr("Export metrics"),
                                Texts::tr("The file was not written: %1").arg(problem), QMessageBox::Close, owner);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace

QString writeMetrics(const QString& file, const MetricsExport& what)
{
    QSaveFile target(file);
    if (!target.open(QIODevice::WriteOnly))
        return target.errorString();
    if (!file.endsWith(QLatin1String(".png"), Qt::CaseInsensitive))
        target.write(what.csv);
    else if (!what.picture.save(&target, "PNG"))
        return Texts::tr("the picture could not be made");
    return target.commit() ? QString() : target.errorString();
}

void exportMetrics(QWidget& parent, const MetricsExport& what)
{
    auto* dialog = new QFileDialog(&parent, Texts::tr("Export metrics"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({Texts::tr("Table (*.csv)"), Texts::tr("Picture (*.png)")});
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(QStringLiteral("layerhold-metrics.csv"));
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String("png")) ? QStringLiteral("png") : QStringLiteral("csv"));
    });
    QObject::connect(dialog, &QFileDialog::fileSelected, &parent, [owner = &parent, what](const QString& file) {
        auto* watcher = new QFutureWatcher<QString>(owner);
        QObject::connect(watcher, &QFutureWatcherBase::finished, owner, [owner, watcher] {
            watcher->deleteLater();
            if (const QString problem = watcher->result(); !problem.isEmpty())
                tellProblem(owner, problem);
        });
        watcher->setFuture(QtConcurrent::run([file, what] { return writeMetrics(file, what); }));
    });
    dialog->open();
}

} // namespace layerhold::gui
