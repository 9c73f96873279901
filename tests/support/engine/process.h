// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <optional>

namespace layerhold::test {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// Polls until `condition` is true or `limit` has passed; the answer is the condition's last value.
bool eventually(milliseconds limit, const std::function<bool()>& condition);

/// What a finished program left behind.
struct Outcome
{
    int exitCode = -1; ///< -1: killed, not started or out of time
    QByteArray out;
    QByteArray err;
    QString command;

    bool ok() const { return exitCode == 0; }

    /// Command, exit code and both outputs, for a failure message.
    QByteArray text() const;
};

/// Runs a program to its end, or kills it at the deadline.
Outcome run(const QString& program, const QStringList& arguments, milliseconds limit = seconds(60),
            const QByteArray& input = {});

/// A long-running child. Its output is appended to a log file; it dies with this object and with the test program.
class Process
{
public:
    Process(QString program, QStringList arguments, QString logPath);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    /// Runs in the child between fork and exec: async-signal-safe calls only. Set before start().
    void setInChild(std::function<void()> inChild) { m_inChild = std::move(inChild); }

    void setArguments(QStringList arguments) { m_arguments = std::move(arguments); }

    bool start();
    bool running();
    /// Waits for the end by itself; -1 when it is still running at the deadline, was killed or crashed.
    int waitForExit(milliseconds limit);

    qint64 pid() const { return m_process ? m_process->processId() : 0; }

    /// SIGTERM; SIGKILL when it is still there at the deadline. True when it ended by itself with exit code 0.
    bool terminate(milliseconds limit = seconds(15));
    /// SIGKILL, and waits until it is reaped.
    void kill();

    QByteArray log() const;

    const QString& logPath() const { return m_logPath; }

    /// Resident memory in bytes now, and its peak; 0 when not running.
    qint64 residentBytes() const;
    qint64 peakResidentBytes() const;

private:
    qint64 statusBytes(const char* key) const;

    QString m_program;
    QStringList m_arguments;
    QString m_logPath;
    std::function<void()> m_inChild;
    std::optional<QProcess> m_process;
};

} // namespace layerhold::test
