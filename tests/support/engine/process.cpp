// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "support/engine/process.h"

#include <QFile>

#include <sys/prctl.h>

#include <csignal>
#include <thread>

namespace layerhold::test {

bool eventually(milliseconds limit, const std::function<bool()>& condition)
{
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() >= deadline)
            return condition();
        std::this_thread::sleep_for(milliseconds(20));
    }
    return true;
}

QByteArray Outcome::text() const
{
    return command.toUtf8() + "\nexit code " + QByteArray::number(exitCode) + "\n" + out.right(4000) + err.right(4000);
}

Outcome run(const QString& program, const QStringList& arguments, milliseconds limit, const QByteArray& input)
{
    Outcome outcome;
    outcome.command = program + QLatin1Char(' ') + arguments.join(QLatin1Char(' '));
    QProcess process;
    process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (process.waitForFinished(static_cast<int>(limit.count()))) {
        if (process.exitStatus() == QProcess::NormalExit)
            outcome.exitCode = process.exitCode();
    } else {
        outcome.err = "out of time or not started: " + process.errorString().toUtf8() + "\n";
        process.kill();
        process.waitForFinished(5000);
    }
    outcome.out = process.readAllStandardOutput();
    outcome.err += process.readAllStandardError();
    return outcome;
}

Process::Process(QString program, QStringList arguments, QString logPath)
    : m_program(std::move(program))
    , m_arguments(std::move(arguments))
    , m_logPath(std::move(logPath))
{}

Process::~Process()
{
    if (running())
        terminate(seconds(10));
}

bool Process::start()
{
    m_process.emplace();
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setStandardInputFile(QProcess::nullDevice());
    m_process->setStandardOutputFile(m_logPath, QIODevice::Append);
    m_process->setChildProcessModifier([inChild = m_inChild] {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (inChild)
            inChild();
    });
    m_process->start(m_program, m_arguments);
    return m_process->waitForStarted(10'000);
}

bool Process::running()
{
    if (!m_process || m_process->state() == QProcess::NotRunning)
        return false;
    // Without an event loop QProcess learns of the end only when asked to wait for it.
    return !m_process->waitForFinished(0) && m_process->state() != QProcess::NotRunning;
}

int Process::waitForExit(milliseconds limit)
{
    if (!m_process)
        return -1;
    const bool ended = !running() || m_process->waitForFinished(static_cast<int>(limit.count()));
    return ended && m_process->exitStatus() == QProcess::NormalExit ? m_process->exitCode() : -1;
}

bool Process::terminate(milliseconds limit)
{
    if (!running())
        return false;
    m_process->terminate();
    if (!m_process->waitForFinished(static_cast<int>(limit.count()))) {
        kill();
        return false;
    }
    return m_process->exitStatus() == QProcess::NormalExit && m_process->exitCode() == 0;
}

void Process::kill()
{
    if (!running())
        return;
    m_process->kill();
    m_process->waitForFinished(10'000);
}

QByteArray Process::log() const
{
    QFile file(m_logPath);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

qint64 Process::residentBytes() const
{
    return statusBytes("VmRSS:");
}

qint64 Process::peakResidentBytes() const
{
    return statusBytes("VmHWM:");
}

qint64 Process::statusBytes(const char* key) const
{
    QFile file(QStringLiteral("/proc/%1/status").arg(pid()));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = file.readAll();
    const qsizetype at = text.indexOf(key);
    if (at < 0)
        return 0;
    const qsizetype begin = at + static_cast<qsizetype>(qstrlen(key));
    return text.mid(begin, text.indexOf('\n', begin) - begin).simplified().split(' ').first().toLongLong() * 1024;
}

} // namespace layerhold::test
