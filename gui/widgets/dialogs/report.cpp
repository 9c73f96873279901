// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/dialogs/report.h"

#include "models/plain_text.h"
#include "models/without_secrets.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace layerhold::gui {

namespace {

constexpr qsizetype longestDetails = 20'000;

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::Report)
};

QString detailsOf(const PageState& state)
{
    const auto* facts = std::get_if<state::Failed>(&state);
    if (!facts)
        return {};
    QStringList lines;
    for (const QString& line : withoutSecrets(facts->details).left(longestDetails).split(QLatin1Char('\n')))
        lines.append(plainText(line));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

QString reportOf(const QString& page, const PageState& state, const Format& format)
{
    const StateWords words = wordsFor(state, format);
    QStringList lines{QStringLiteral("layerhold-gui %1, Qt %2")
                          .arg(QCoreApplication::applicationVersion(), QLatin1String(qVersion())),
                      format.iso(format.now()), QStringLiteral("%1: %2 (%3)").arg(page, words.title, words.key),
                      words.text};
    if (const QString details = detailsOf(state); !details.isEmpty())
        lines.append(details);
    return withoutSecrets(lines.join(QLatin1Char('\n'))) + QLatin1Char('\n');
}

void copyReport(const QString& page, const PageState& state, const Format& format)
{
    QGuiApplication::clipboard()->setText(reportOf(page, state, format));
}

void showDetails(QWidget& parent, const PageState& state)
{
    auto* dialog = new QDialog(&parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("detailsDialog"));
    dialog->setWindowTitle(Texts::tr("Details"));
    dialog->resize(640, 360);
    auto* text = new QPlainTextEdit(dialog);
    text->setReadOnly(true);
    text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text->setPlainText(detailsOf(state));
    text->setAccessibleName(Texts::tr("Details"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    auto* copy = buttons->addButton(Texts::tr("Copy"), QDialogButtonBox::ActionRole);
    QObject::connect(copy, &QPushButton::clicked, text,
                     [text] { QGuiApplication::clipboard()->setText(text->toPlainText()); });
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    auto* layout = new QVBoxLayout(dialog);
    layout->addWidget(text);
    layout->addWidget(buttons);
    dialog->show();
}

} // namespace layerhold::gui
