// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "plugin/cli/program_run.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>

namespace layerhold::testing {

namespace {

constexpr int patience = 60'000;

} // namespace

QList<QJsonObject> RunResult::jsonLines() const
{
    QList<QJsonObject> objects;
    for (const QByteArray& line : output.split('\n')) {
        if (!line.isEmpty())
            objects.append(QJsonDocument::fromJson(line).object());
    }
    return objects;
}

QString programPath()
{
    return qEnvironmentVariable("LAYERHOLD_BINARY", QStringLiteral(LAYERHOLD_TEST_BINARY));
}

void prepare(QProcess& process)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : environment.keys()) {
        if (name.startsWith(QStringLiteral("LAYERHOLD_")) || name.startsWith(QStringLiteral("XDG_")))
            environment.remove(name);
    }
    process.setProcessEnvironment(environment);
}

RunResult runCommand(const QString& program, const QStringList& arguments)
{
    QProcess process;
    prepare(process);
    process.start(program, arguments);
    RunResult result;
    if (process.waitForFinished(patience) && process.exitStatus() == QProcess::NormalExit)
        result.exitCode = process.exitCode();
    result.output = process.readAllStandardOutput();
    result.errors = process.readAllStandardError();
    return result;
}

RunResult runProgram(const QStringList& arguments)
{
    return runCommand(programPath(), arguments);
}

Place::Place()
{
    if (!m_directory.isValid())
        qFatal("cannot make a temporary directory");
}

QString Place::addBlob(const QByteArray& bytes) const
{
    const QString hex = QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    const QString directory = storeDirectory() + QStringLiteral("/sha256");
    QFile file(directory + '/' + hex);
    if (!QDir().mkpath(directory) || !file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write a blob");
    return QStringLiteral("sha256:") + hex;
}

RunResult Place::run(QStringList arguments) const
{
    return runProgram(arguments << QStringLiteral("--root") << root());
}

ServeProcess::ServeProcess(const Place& place, const QStringList& more)
{
    prepare(m_process);
    m_process.start(programPath(), QStringList{QStringLiteral("serve"), QStringLiteral("--root"), place.root(),
                                               QStringLiteral("--content-socket"), place.contentSocket(),
                                               QStringLiteral("--api-socket"), place.apiSocket()}
                                       << more);
}

ServeProcess::~ServeProcess()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(patience);
}

bool ServeProcess::waitUntilReady()
{
    return waitForLog("ready");
}

int ServeProcess::stop()
{
    m_process.terminate();
    if (!m_process.waitForFinished(patience) || m_process.exitStatus() != QProcess::NormalExit)
        return -1;
    m_log += m_process.readAllStandardError();
    return m_process.exitCode();
}

bool ServeProcess::waitForLog(const QByteArray& text)
{
    m_process.setReadChannel(QProcess::StandardError);
    QDeadlineTimer deadline(20'000);
    m_log += m_process.readAllStandardError();
    while (!m_log.contains(text)) {
        if (!m_process.waitForReadyRead(static_cast<int>(deadline.remainingTime())))
            return false;
        m_log += m_process.readAllStandardError();
    }
    return true;
}

} // namespace layerhold::testing
