// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "app/service_link.h"

#include "client/answer.h"
#include "client/snapshot_client.h"
#include "client/snapshot_saving.h"
#include "models/plain_text.h"
#include "widgets/dialogs/connections_dialog.h"
#include "widgets/pages/call_states.h"

#include <QFileInfo>
#include <QSysInfo>

#include <utility>

namespace layerhold::gui {

namespace {

QString stepText(Connection::Step step, const QString& target)
{
    switch (step) {
    case Connection::Step::Opening:
        return ServiceLink::tr("Opening %1").arg(target);
    case Connection::Step::Version:
        return ServiceLink::tr("Asking for the version");
    case Connection::Step::Status:
        return ServiceLink::tr("Asking how it stands");
    }
    return {};
}

} // namespace

ServiceLink::ServiceLink(MainWindow& window, AppContext& context, Connection::OpenClient openClient, UsualPlaces places,
                         QObject* parent)
    : QObject(parent)
    , m_window(window)
    , m_context(context)
    , m_openClient(std::move(openClient))
    , m_places(std::move(places))
{
    connect(&window, &MainWindow::connectionsRequested, this, &ServiceLink::openDialog);
    const auto retry = [this] {
        if (m_connection)
            m_connection->retryNow();
    };
    connect(&window, &MainWindow::reconnectRequested, this, retry);
    connect(&window, &MainWindow::snapshotOpenRequested, this, &ServiceLink::openSnapshot);
    connect(&window, &MainWindow::snapshotSaveRequested, this, &ServiceLink::saveSnapshot);
    connect(&context, &AppContext::disconnectRequested, this, [this] {
        if (m_connection)
            m_connection->cancel();
    });
    connect(&context, &AppContext::ownCacheRequested, this, [this] {
        if (!m_places.ownRoot.isEmpty())
            connectTo(tr("My own cache"), m_places.ownCache());
    });
}

ServiceLink::~ServiceLink()
{
    m_window.showService({});
}

QFuture<std::shared_ptr<CacheClient>> ServiceLink::open(const Target& target) const
{
    return target.isSnapshot() ? SnapshotClient::open(target.snapshot) : m_openClient(target);
}

std::optional<SnapshotInfo> ServiceLink::snapshot() const
{
    const CacheClient* client = m_connection->client();
    return client ? client->snapshot() : std::nullopt;
}

void ServiceLink::openSnapshot(const QString& file)
{
    Target target;
    target.snapshot = file;
    const QString name = QFileInfo(file).fileName();
    if (!m_connection || !m_connection->client()) {
        connectTo(name, target);
        return;
    }
    await(
        this, open(target),
        [this, name, target](const std::shared_ptr<CacheClient>& client) {
            connectBy([client](const Target&) { return QtFuture::makeReadyFuture(client); }, name, target);
        },
        [this](const CallError& error) { m_window.showNotice(plainText(error.message())); });
}

void ServiceLink::saveSnapshot(const QString& file)
{
    CacheClient* client = m_connection ? m_connection->client() : nullptr;
    if (!client || client->snapshot())
        return;
    const SnapshotInfo info{.source = QSysInfo::machineHostName().toStdString(),
                            .takenAt = m_context.format().now(),
                            .hasAllClaims = false};
    m_context.jobs().follow(
        this, tr("Save snapshot %1").arg(plainText(QFileInfo(file).fileName())),
        [&](OnProgress onProgress) { return gui::saveSnapshot(*client, info, file, std::move(onProgress)); },
        [this, file](const SnapshotSaved& saved) {
            const Format& format = m_context.format();
            QString outcome = tr("%1 entries are in %2 (%3).", nullptr, numberForPlural(saved.entries))
                                  .arg(format.count(saved.entries), plainText(file), format.bytes(saved.bytes));
            if (!saved.hasAllClaims)
                outcome += QLatin1Char(' ') + tr("What keeps each of them is not: there are too many.");
            return outcome;
        },
        [this](const CallError& error) {
            if (!isCancelled(error))
                m_window.showNotice(tr("The snapshot was not saved: %1").arg(plainText(error.message())));
        });
}

void ServiceLink::connectTo(const QString& name, const Target& target)
{
    connectBy([this](const Target& wanted) { return open(wanted); }, name, target);
}

void ServiceLink::connectBy(Connection::OpenClient openClient, const QString& name, const Target& target)
{
    m_window.showService({});
    m_context.setClock({});
    for (const char* figure : {"space", "pulls"})
        m_window.figures().set(QString::fromLatin1(figure), {});
    std::erase_if(m_former, [](const auto& each) { return !each->isBusy(); });
    if (m_connection) {
        m_connection->disconnect(this);
        m_connection->disconnect(&m_window);
        m_connection->letGo();
        m_former.push_back(std::move(m_connection));
    }
    m_name = name.isEmpty() ? target.name() : name;
    m_since = m_context.format().now();
    m_heard = {};
    m_context.current().clear();
    m_context.setServerFlags(m_places.commandFlags(target));
    m_connection = std::make_unique<Connection>(target, std::move(openClient));
    connect(m_connection.get(), &Connection::stateChanged, this, &ServiceLink::showState);
    connect(m_connection.get(), &Connection::statusChanged, this, &ServiceLink::showStatus);
    connect(m_connection.get(), &Connection::eventsArrived, this,
            [this](const std::vector<EventRecord>& events) { m_window.noteEvents(events); });
    connect(m_connection.get(), &Connection::eventsLost, &m_window, &MainWindow::noteGap);
    connect(m_connection.get(), &Connection::connected, this, [this] {
        if (m_connection->target().isSocket())
            m_context.settings().setLastSocket(m_connection->target().socket);
    });
    m_connection->open();
    showState();
}

const Connection* ServiceLink::connection() const
{
    return m_connection.get();
}

void ServiceLink::showState()
{
    if (m_connection->state() == Connection::State::Connecting && m_connection->step() == Connection::Step::Opening)
        m_since = m_context.format().now() - m_connection->elapsed();
    if (const auto shown = snapshot())
        m_context.setClock(shown->takenAt);
    m_window.showService(view());
}

ServiceView ServiceLink::view() const
{
    ServiceView shown;
    shown.name = m_name;
    shown.client = m_connection->client();
    shown.hindrance = hindrance();
    switch (m_connection->state()) {
    case Connection::State::NeverConnected:
        shown.text = tr("Not connected");
        break;
    case Connection::State::Connecting:
        shown.text = tr("Connecting…");
        shown.reason = tr("The connection is being made.");
        break;
    case Connection::State::Connected:
        shown.text = snapshot() ? tr("Snapshot")
                                : tr("Connected · %1").arg(m_context.format().latency(m_connection->roundTrip()));
        shown.readOnly = snapshot() ? readOnlyReason() : QString();
        break;
    case Connection::State::Disconnected:
        shown.text = tr("Disconnected");
        shown.reason =
            isKnown(m_heard) ? tr("Disconnected since %1.").arg(m_context.format().clock(m_heard)) : QString();
        break;
    case Connection::State::Failed:
        shown.text = tr("Cannot connect");
        break;
    }
    return shown;
}

std::optional<PageState> ServiceLink::hindrance() const
{
    switch (m_connection->state()) {
    case Connection::State::Connected:
        if (const auto shown = snapshot())
            return state::Snapshot{.source = QString::fromStdString(shown->source), .takenAt = shown->takenAt};
        return std::nullopt;
    case Connection::State::NeverConnected:
        return neverConnected();
    case Connection::State::Connecting:
        if (isKnown(m_heard))
            return state::Stale{.asOf = m_heard};
        return state::Connecting{.step = stepText(m_connection->step(), m_connection->target().name()),
                                 .since = m_since};
    case Connection::State::Disconnected:
    case Connection::State::Failed:
        return lostState();
    }
    return std::nullopt;
}

PageState ServiceLink::lostState() const
{
    const auto& reason = m_connection->reason();
    const QString code = reason ? reason->code() : QString();
    const QString said = reason ? reason->message() : QString();
    if (isKnown(m_heard)) {
        state::Stale stale{.asOf = m_heard, .reason = said};
        if (const auto wait = m_connection->retryIn())
            stale.retryAt = m_context.format().now() + *wait;
        else
            stale.tries = state::Stale::Tries::OnlyWhenAsked;
        return stale;
    }
    if (m_connection->target().isSnapshot())
        return state::Failed{.sentence = said, .details = code};
    if (code == QLatin1String("denied"))
        return state::NoPermission{.right = said};
    if (m_connection->state() == Connection::State::Failed && code != QLatin1String("not_found"))
        return state::Failed{.sentence = said, .details = code};
    return neverConnected();
}

PageState ServiceLink::neverConnected() const
{
    const auto& reason = m_connection->reason();
    return state::NeverConnected{.address = m_connection->target().name(),
                                 .reason = reason ? reason->message() : QString(),
                                 .ownCache = m_places.ownRoot};
}

void ServiceLink::showStatus(const StatusRecord& status)
{
    const Format& format = m_context.format();
    m_heard = format.now();
    StatusFigures& figures = m_window.figures();
    figures.set(QStringLiteral("connection"),
                {.text = view().text,
                 .tip = tr("Layerhold %1, process %2. Click to see or change connections.")
                            .arg(plainText(m_connection->version().version))
                            .arg(status.pid),
                 .icon = QStringLiteral("ok")});
    figures.set(QStringLiteral("space"),
                {.text = tr("%1 stored · %2 free").arg(format.bytes(status.blobBytes), format.bytes(status.diskFree)),
                 .tip = tr("Stored: the sizes of all %1 blobs, each once. Free: what the disk of %2 has left, of %3. "
                           "Counted at %4.",
                           nullptr, numberForPlural(status.blobCount))
                            .arg(format.count(status.blobCount), plainText(status.root), format.bytes(status.diskTotal),
                                 format.clock(m_heard)),
                 .icon = QStringLiteral("disk"),
                 .page = QStringLiteral("storage")});
    figures.set(QStringLiteral("pulls"),
                {.text = status.ingestCount == 0 ? QString() : tr("%1 arriving").arg(format.count(status.ingestCount)),
                 .tip = tr("Blobs that are being written now: %1 so far.").arg(format.bytes(status.ingestBytes)),
                 .page = QStringLiteral("events")});
}

void ServiceLink::openDialog()
{
    auto* dialog = new ConnectionsDialog(m_context.settings(), m_places.socket(), m_openClient, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ConnectionsDialog::connectRequested, this, [this](const QString& name, const QString& socket) {
        Target target;
        target.socket = socket;
        connectTo(name, target);
    });
    dialog->open();
}

} // namespace layerhold::gui
