// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// The contract of the content store, through a content socket of a running layerhold.
#include "conformance/contract_cases.h"
#include "conformance/socket_store.h"

#include "support/engine/scene.h"

#include <QTest>

#include <stdexcept>

namespace layerhold::test {

namespace {

class SocketBackend : public ContractBackend
{
public:
    SocketBackend()
        : m_daemon(m_scene.addDaemon())
    {
        if (!m_daemon.start())
            throw std::runtime_error("layerhold did not start:\n" + m_daemon.process().log().toStdString());
        Outcome added;
        m_otherSocket = m_daemon.addEngine("two", "open", &added);
        if (m_otherSocket.isEmpty())
            throw std::runtime_error(added.text().toStdString());
        connect();
    }

    ContractStore& store() override { return *m_store; }

    ContractStore& other() override { return *m_other; }

    void restart() override
    {
        m_daemon.process().kill();
        if (!m_daemon.start())
            throw std::runtime_error("layerhold did not start again:\n" + m_daemon.process().log().toStdString());
        connect();
    }

private:
    void connect()
    {
        m_store = std::make_unique<SocketStore>(m_daemon.contentSocket().toStdString());
        m_other = std::make_unique<SocketStore>(m_otherSocket.toStdString());
    }

    Scene m_scene;
    Daemon& m_daemon;
    QString m_otherSocket;
    std::unique_ptr<SocketStore> m_store;
    std::unique_ptr<SocketStore> m_other;
};

} // namespace

class ContractSocketTest : public ContractCases
{
    Q_OBJECT

protected:
    std::unique_ptr<ContractBackend> makeBackend() override { return std::make_unique<SocketBackend>(); }
};

} // namespace layerhold::test

QTEST_GUILESS_MAIN(layerhold::test::ContractSocketTest)
#include "contract_socket_test.moc"
