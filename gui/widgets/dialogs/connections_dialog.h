// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/connection.h"
#include "widgets/settings.h"

#include <QDialog>

#include <memory>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace layerhold::gui {

/// The services that were given a name. What is changed is saved at once.
class ConnectionsDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `settings` outlives the dialog. `usualSocket` is always there, first, and cannot be removed. `openClient` makes
    /// the connections that are only tried; empty: none can be.
    ConnectionsDialog(Settings& settings, const QString& usualSocket, Connection::OpenClient openClient,
                      QWidget* parent = nullptr);
    ~ConnectionsDialog() override;

signals:
    void connectRequested(const QString& name, const QString& socket);

private:
    void fill(int current);
    void showCurrent();
    void add();
    void remove();
    void saveCurrent();
    void test();
    void showTrial(const QString& soFar);
    void endTrial();
    void connectToCurrent();
    bool isUsual() const;

    Settings& m_settings;
    QString m_usualSocket;
    Connection::OpenClient m_openClient;
    QListWidget* m_list;
    QLineEdit* m_name;
    QLineEdit* m_socket;
    QLabel* m_result;
    QPushButton* m_remove;
    QPushButton* m_connect;
    std::unique_ptr<Connection> m_trial; ///< to the socket that is being tested
};

} // namespace layerhold::gui
