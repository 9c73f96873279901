// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/cache_client.h"
#include "widgets/settings.h"

#include <QDialog>

#include <functional>

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
    /// Asks the service behind a socket who it is, without connecting the window to it.
    using Test = std::function<QFuture<VersionRecord>(const QString& socket)>;

    /// `settings` outlives the dialog. `usualSocket` is always there, first, and cannot be removed.
    ConnectionsDialog(Settings& settings, const QString& usualSocket, Test test, QWidget* parent = nullptr);

signals:
    void connectRequested(const QString& name, const QString& socket);

private:
    void fill(int current);
    void showCurrent();
    void add();
    void remove();
    void saveCurrent();
    void test();
    void connectToCurrent();
    bool isUsual() const;

    Settings& m_settings;
    QString m_usualSocket;
    Test m_test;
    QListWidget* m_list;
    QLineEdit* m_name;
    QLineEdit* m_socket;
    QLabel* m_result;
    QPushButton* m_remove;
    QPushButton* m_connect;
    int m_tests = 0; ///< only the last one's result is shown
};

} // namespace layerhold::gui
