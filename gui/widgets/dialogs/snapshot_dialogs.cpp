// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/dialogs/snapshot_dialogs.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileDialog>
#include <QSysInfo>

namespace layerhold::gui {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::Snapshot)
};

QFileDialog* makeDialog(QWidget& parent, const QString& title, std::function<void(const QString&)> then)
{
    auto* dialog = new QFileDialog(&parent, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setDefaultSuffix(QStringLiteral("lhsnap"));
    QObject::connect(dialog, &QFileDialog::fileSelected, &parent, std::move(then));
    return dialog;
}

} // namespace

void chooseSnapshotToOpen(QWidget& parent, std::function<void(const QString&)> then)
{
    QFileDialog* dialog = makeDialog(parent, Texts::tr("Open snapshot"), std::move(then));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({Texts::tr("Snapshots (*.lhsnap)"), Texts::tr("All files (*)")});
    dialog->open();
}

void chooseSnapshotToSave(QWidget& parent, Moment now, std::function<void(const QString&)> then)
{
    QFileDialog* dialog = makeDialog(parent, Texts::tr("Save snapshot"), std::move(then));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({Texts::tr("Snapshots (*.lhsnap)")});
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(now.time_since_epoch().count());
    dialog->selectFile(QStringLiteral("%1-%2.lhsnap")
                           .arg(QSysInfo::machineHostName(), time.toString(QStringLiteral("yyyy-MM-dd-HHmm"))));
    dialog->open();
}

} // namespace layerhold::gui
