// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/dialogs/connections_dialog.h"

#include "models/plain_text.h"
#include "widgets/icons.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace layerhold::gui {

ConnectionsDialog::ConnectionsDialog(Settings& settings, const QString& usualSocket, Connection::OpenClient openClient,
                                     QWidget* parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_usualSocket(usualSocket)
    , m_openClient(std::move(openClient))
    , m_list(new QListWidget(this))
    , m_name(new QLineEdit(this))
    , m_socket(new QLineEdit(this))
    , m_result(new QLabel(this))
    , m_remove(new QPushButton(tr("Remove"), this))
    , m_connect(new QPushButton(tr("Connect"), this))
{
    setObjectName(QStringLiteral("connectionsDialog"));
    setWindowTitle(tr("Connections"));
    resize(640, 380);
    m_list->setAccessibleName(tr("Connections"));
    m_list->setMaximumWidth(220);
    m_name->setAccessibleName(tr("Name"));
    m_socket->setAccessibleName(tr("Socket"));
    m_socket->setPlaceholderText(m_usualSocket);
    m_result->setObjectName(QStringLiteral("testResult"));
    m_result->setTextFormat(Qt::PlainText);
    m_result->setWordWrap(true);
    m_result->setAlignment(Qt::AlignTop);
    auto* addButton = new QPushButton(tr("Add"), this);
    auto* testButton = new QPushButton(tr("Test"), this);
    testButton->setVisible(static_cast<bool>(m_openClient));
    auto* about =
        new QLabel(tr("A connection is the API socket of a Layerhold service on this machine. Its owner and mode "
                      "say who may connect; there is no password."),
                   this);
    about->setWordWrap(true);
    m_connect->setDefault(true);

    auto* form = new QFormLayout;
    form->addRow(tr("Name:"), m_name);
    form->addRow(tr("Socket:"), m_socket);
    auto* listButtons = new QHBoxLayout;
    listButtons->addWidget(addButton);
    listButtons->addWidget(m_remove);
    auto* left = new QVBoxLayout;
    left->addWidget(m_list, 1);
    left->addLayout(listButtons);
    auto* right = new QVBoxLayout;
    right->addWidget(about);
    right->addLayout(form);
    right->addWidget(testButton, 0, Qt::AlignLeft);
    right->addWidget(m_result, 1);
    auto* parts = new QHBoxLayout;
    parts->addLayout(left);
    parts->addLayout(right, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(m_connect, QDialogButtonBox::ActionRole);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(parts, 1);
    layout->addWidget(buttons);

    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QListWidget::currentRowChanged, this, &ConnectionsDialog::showCurrent);
    connect(m_name, &QLineEdit::editingFinished, this, &ConnectionsDialog::saveCurrent);
    connect(m_socket, &QLineEdit::editingFinished, this, &ConnectionsDialog::saveCurrent);
    connect(addButton, &QPushButton::clicked, this, &ConnectionsDialog::add);
    connect(m_remove, &QPushButton::clicked, this, &ConnectionsDialog::remove);
    connect(testButton, &QPushButton::clicked, this, &ConnectionsDialog::test);
    connect(m_connect, &QPushButton::clicked, this, &ConnectionsDialog::connectToCurrent);
    fill(0);
}

ConnectionsDialog::~ConnectionsDialog() = default;

bool ConnectionsDialog::isUsual() const
{
    return m_list->currentRow() <= 0;
}

void ConnectionsDialog::fill(int current)
{
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    m_list->addItem(new QListWidgetItem(icon(QStringLiteral("plug")), tr("This machine")));
    for (const SavedConnection& saved : m_settings.connections())
        m_list->addItem(new QListWidgetItem(icon(QStringLiteral("plug")), plainText(saved.name)));
    m_list->setCurrentRow(current);
    showCurrent();
}

void ConnectionsDialog::showCurrent()
{
    endTrial();
    m_result->clear();
    m_remove->setEnabled(!isUsual());
    for (QLineEdit* field : {m_name, m_socket})
        field->setReadOnly(isUsual());
    if (isUsual()) {
        m_name->setText(tr("This machine"));
        m_socket->setText(m_usualSocket);
        return;
    }
    const SavedConnection& saved = m_settings.connections()[static_cast<std::size_t>(m_list->currentRow()) - 1];
    m_name->setText(saved.name);
    m_socket->setText(saved.socket);
}

void ConnectionsDialog::add()
{
    std::vector<SavedConnection> all = m_settings.connections();
    all.push_back({.name = tr("New connection"), .socket = m_usualSocket});
    m_settings.setConnections(all);
    fill(static_cast<int>(m_settings.connections().size()));
    m_name->setFocus();
    m_name->selectAll();
}

void ConnectionsDialog::remove()
{
    if (isUsual())
        return;
    std::vector<SavedConnection> all = m_settings.connections();
    const int row = m_list->currentRow();
    all.erase(all.begin() + (row - 1));
    m_settings.setConnections(all);
    fill(row - 1);
}

void ConnectionsDialog::saveCurrent()
{
    if (isUsual())
        return;
    std::vector<SavedConnection> all = m_settings.connections();
    SavedConnection& saved = all[static_cast<std::size_t>(m_list->currentRow()) - 1];
    const SavedConnection wanted{.name = m_name->text().trimmed(), .socket = m_socket->text().trimmed()};
    if (wanted == saved || wanted.socket.isEmpty())
        return;
    saved = wanted;
    m_settings.setConnections(all);
    m_list->currentItem()->setText(plainText(wanted.name));
}

void ConnectionsDialog::test()
{
    const QString socket = m_socket->text().trimmed();
    endTrial();
    const QFileInfo file(socket);
    if (!file.exists()) {
        m_result->setText(tr("✗ There is no file %1. Is the service installed and started?").arg(plainText(socket)));
        return;
    }
    const QString found = tr("✓ The socket is there.");
    if (!file.isWritable()) {
        m_result->setText(
            found + QLatin1Char('\n') +
            tr("✗ You may not write to it: its owner is %1, its group %2.").arg(file.owner(), file.group()));
        return;
    }
    const QString allowed = found + QLatin1Char('\n') + tr("✓ You may connect to it.") + QLatin1Char('\n');
    Target target;
    target.socket = socket;
    m_trial = std::make_unique<Connection>(target, m_openClient);
    connect(m_trial.get(), &Connection::stateChanged, this, [this, allowed] { showTrial(allowed); });
    m_trial->open();
}

void ConnectionsDialog::showTrial(const QString& soFar)
{
    switch (m_trial->state()) {
    case Connection::State::NeverConnected:
    case Connection::State::Connecting:
        m_result->setText(soFar + (m_trial->isSlow() ? tr("… Asking for the version; this takes longer than usual")
                                                     : tr("… Asking for the version")));
        return;
    case Connection::State::Connected:
        m_result->setText(soFar +
                          tr("✓ Layerhold %1 answers, process %2.")
                              .arg(plainText(m_trial->version().version), QString::number(m_trial->version().pid)));
        break;
    case Connection::State::Disconnected:
    case Connection::State::Failed:
        m_result->setText(soFar + QStringLiteral("✗ ") +
                          plainText(m_trial->reason() ? m_trial->reason()->message() : QString()));
        break;
    }
    endTrial();
}

void ConnectionsDialog::endTrial()
{
    if (!m_trial)
        return;
    m_trial->disconnect(this);
    // It may be the one that is telling.
    m_trial.release()->deleteLater();
}

void ConnectionsDialog::connectToCurrent()
{
    saveCurrent();
    emit connectRequested(m_name->text(), m_socket->text().trimmed());
    accept();
}

} // namespace layerhold::gui
