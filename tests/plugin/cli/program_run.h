// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

/// Running the program as its users do.
namespace layerhold::testing {

struct RunResult
{
    int exitCode = -1;
    QByteArray output;
    QByteArray errors;

    QJsonObject json() const { return QJsonDocument::fromJson(output).object(); }

    /// One object for each line; an empty one for a line that is no JSON.
    QList<QJsonObject> jsonLines() const;
};

/// Ends in exit code -1 when the program crashes or takes more than a minute.
RunResult runProgram(const QStringList& arguments);
/// As runProgram, for any command.
RunResult runCommand(const QString& program, const QStringList& arguments);

/// The program under test.
QString programPath();

/// Starts the program in an environment without the caller's settings and files.
void prepare(QProcess& process);

/// A directory for one test: a cache root, sockets, and a content store to import.
class Place
{
public:
    Place();

    QString path(const QString& name) const { return m_directory.filePath(name); }

    QString root() const { return path(QStringLiteral("root")); }

    QString apiSocket() const { return path(QStringLiteral("api.sock")); }

    QString contentSocket() const { return path(QStringLiteral("content.sock")); }

    /// Writes a blob into the content store to import and returns its digest.
    QString addBlob(const QByteArray& bytes) const;

    QString storeDirectory() const { return path(QStringLiteral("store")); }

    RunResult run(QStringList arguments) const;

private:
    QTemporaryDir m_directory;
};

/// `layerhold serve` on a place.
class ServeProcess
{
public:
    explicit ServeProcess(const Place& place, const QStringList& more = {});
    ~ServeProcess();

    /// True when it says that it is ready.
    bool waitUntilReady();
    /// SIGTERM; the exit code, -1 when it does not end.
    int stop();

    qint64 pid() const { return m_process.processId(); }

    QProcess& process() { return m_process; }

    QByteArray log() const { return m_log; }

    /// Reads the log until it holds `text`; false after 20 seconds.
    bool waitForLog(const QByteArray& text);

private:
    QProcess m_process;
    QByteArray m_log;
};

} // namespace layerhold::testing
