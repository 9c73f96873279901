// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/dialogs/about_dialog.h"

#include "widgets/icons.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace layerhold::gui {

AboutDialog::AboutDialog(QWidget* parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("aboutDialog"));
    setWindowTitle(tr("About Layerhold"));
    auto* sign = new QLabel(this);
    sign->setPixmap(applicationIcon().pixmap(QSize(64, 64), devicePixelRatioF()));
    auto* name = new QLabel(QStringLiteral("Layerhold %1").arg(QCoreApplication::applicationVersion()), this);
    name->setTextFormat(Qt::PlainText);
    QFont font = name->font();
    font.setPointSizeF(font.pointSizeF() * 1.5);
    name->setFont(font);
    auto* what = new QLabel(tr("One content store for every container engine on a machine"), this);
    auto* licences = new QPlainTextEdit(this);
    licences->setReadOnly(true);
    licences->setAccessibleName(tr("Licences"));
    licences->setPlainText(
        tr("Layerhold, its icons and its desktop files: Apache-2.0, the AppStream metadata: CC0-1.0.\n"
           "\n"
           "Qt %1 (Core, Concurrent, D-Bus, Gui, Svg, Widgets): LGPL-3.0-only, linked dynamically.\n"
           "gRPC: Apache-2.0. Protocol Buffers: BSD-3-Clause. Abseil: Apache-2.0.\n"
           "SQLite: public domain. OpenSSL: Apache-2.0. libcurl: curl. libarchive: BSD-2-Clause.\n"
           "RE2: BSD-3-Clause. libpsl: MIT. toml++: MIT. JSON for Modern C++: MIT.")
            .arg(QLatin1String(qVersion())));
    licences->setMinimumSize(520, 150);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* texts = new QVBoxLayout;
    texts->addWidget(name);
    texts->addWidget(what);
    auto* head = new QHBoxLayout;
    head->setSpacing(16);
    head->addWidget(sign);
    head->addLayout(texts, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    layout->addLayout(head);
    layout->addWidget(licences, 1);
    layout->addWidget(buttons);
    buttons->button(QDialogButtonBox::Close)->setFocus();
}

} // namespace layerhold::gui
