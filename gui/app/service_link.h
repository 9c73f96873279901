// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/default_target.h"
#include "client/connection.h"
#include "widgets/main_window.h"

#include <QObject>

#include <memory>
#include <vector>

namespace layerhold::gui {

/// Keeps the connection that the user chose, and tells the window how it stands.
class ServiceLink final : public QObject
{
    Q_OBJECT

public:
    /// Window and context outlive the link.
    ServiceLink(MainWindow& window, AppContext& context, Connection::OpenClient openClient, UsualPlaces places,
                QObject* parent = nullptr);
    ~ServiceLink() override;

    /// Lets go of the connection there was; what was begun there goes on to its end.
    void connectTo(const QString& name, const Target& target);
    /// Ends the connection there was, unless the file cannot be read: then a notice tells why.
    void openSnapshot(const QString& file);
    const Connection* connection() const; ///< nullptr: none was chosen yet

private:
    void showState();
    void showStatus(const StatusRecord& status);
    void openDialog();
    void saveSnapshot(const QString& file);
    void connectBy(Connection::OpenClient openClient, const QString& name, const Target& target);
    QFuture<std::shared_ptr<CacheClient>> open(const Target& target) const;
    std::optional<SnapshotInfo> snapshot() const;
    std::optional<PageState> hindrance() const;
    PageState lostState() const;
    PageState neverConnected() const;
    ServiceView view() const;

    MainWindow& m_window;
    AppContext& m_context;
    Connection::OpenClient m_openClient;
    UsualPlaces m_places;
    std::unique_ptr<Connection> m_connection;
    std::vector<std::unique_ptr<Connection>> m_former; ///< at least while something that was begun there goes on
    QString m_name;
    Moment m_since; ///< when the attempt began
    Moment m_heard; ///< when the service answered last; unknown: never
};

} // namespace layerhold::gui
