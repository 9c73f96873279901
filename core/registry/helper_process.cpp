// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/helper_process.h"

#include "base/unique_fd.h"
#include "layerhold/clock.h"
#include "layerhold/error.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

namespace layerhold::registry {

namespace {

constexpr std::size_t mostOutput = 65536;
constexpr int killedProgramWaitMs = 5000; // only one that hangs in the kernel takes longer

/// Beyond the standard three, whose places are filled while the program starts.
UniqueFd aboveStandard(int fd, const char* what)
{
    const int cause = errno;
    UniqueFd original(fd);
    if (!original)
        throw systemError(cause, std::string("cannot make ") + what + " for a credential helper");
    if (fd > STDERR_FILENO)
        return original;
    UniqueFd moved(::fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
    if (!moved)
        throw systemError(errno, std::string("cannot make ") + what + " for a credential helper");
    return moved;
}

/// An anonymous file and no pipe: writing to it can neither block nor raise SIGPIPE.
UniqueFd inputFile(std::string_view input)
{
    UniqueFd fd = aboveStandard(::memfd_create("credential helper input", MFD_CLOEXEC), "the input");
    while (!input.empty()) {
        const ssize_t written = ::write(fd.get(), input.data(), input.size());
        if (written < 0 && errno != EINTR)
            throw systemError(errno, "cannot write the input of a credential helper");
        input.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }
    ::lseek(fd.get(), 0, SEEK_SET);
    return fd;
}

class SpawnActions
{
public:
    SpawnActions(int input, int output)
    {
        ::posix_spawn_file_actions_init(&m_actions);
        ::posix_spawn_file_actions_adddup2(&m_actions, input, STDIN_FILENO);
        ::posix_spawn_file_actions_adddup2(&m_actions, output, STDOUT_FILENO);
        ::posix_spawn_file_actions_addopen(&m_actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        ::posix_spawn_file_actions_addclosefrom_np(&m_actions, STDERR_FILENO + 1);
        ::posix_spawn_file_actions_addchdir_np(&m_actions, "/");

        ::posix_spawnattr_init(&m_attributes);
        sigset_t signals;
        ::sigfillset(&signals);
        ::posix_spawnattr_setsigdefault(&m_attributes, &signals);
        ::sigemptyset(&signals);
        ::posix_spawnattr_setsigmask(&m_attributes, &signals);
        // Without a terminal a prompt that needs one fails; in a background process group it would be stopped.
        ::posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    }

    SpawnActions(const SpawnActions&) = delete;
    SpawnActions& operator=(const SpawnActions&) = delete;

    ~SpawnActions()
    {
        ::posix_spawn_file_actions_destroy(&m_actions);
        ::posix_spawnattr_destroy(&m_attributes);
    }

    const posix_spawn_file_actions_t* actions() const { return &m_actions; }

    const posix_spawnattr_t* attributes() const { return &m_attributes; }

private:
    posix_spawn_file_actions_t m_actions;
    posix_spawnattr_t m_attributes;
};

std::vector<char*> pointersTo(std::vector<std::string>& texts)
{
    std::vector<char*> pointers;
    for (std::string& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

/// A started program; killed with its process group when the object ends.
class Child
{
public:
    Child(const HelperCommand& command, int input, int output)
    {
        const SpawnActions how(input, output);
        std::vector<std::string> arguments{command.program.native(), command.verb};
        std::vector<std::string> environment = command.environment;
        const int cause = ::posix_spawn(&m_pid, command.program.c_str(), how.actions(), how.attributes(),
                                        pointersTo(arguments).data(), pointersTo(environment).data());
        if (cause != 0)
            throw Error(ErrorCode::FailedPrecondition,
                        systemError(cause, command.program.filename().native() + " cannot be started").what());
        // Not pidfd_open: the header of glibc 2.36 declares that for C alone.
        m_exit.reset(static_cast<int>(::syscall(SYS_pidfd_open, m_pid, 0)));
        if (!m_exit) {
            const int noDescriptor = errno;
            end();
            throw systemError(noDescriptor, "cannot watch " + command.program.filename().native());
        }
    }

    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    ~Child()
    {
        if (m_pid > 0)
            end();
    }

    /// Readable when the program has ended.
    int exitDescriptor() const { return m_exit.get(); }

    /// How it ended, as waitpid tells it. Only after exitDescriptor() was readable. Killing what is left comes first:
    /// until the program is waited for, no other process group can have its number.
    int wait()
    {
        ::kill(-m_pid, SIGKILL);
        int status = 0;
        if (::waitpid(std::exchange(m_pid, -1), &status, WNOHANG) <= 0)
            throw Error(ErrorCode::Internal, "a credential helper's end was not told; SIGCHLD must not be ignored");
        return status;
    }

private:
    void end()
    {
        ::kill(-m_pid, SIGKILL);
        pollfd exit = {m_exit.get(), POLLIN, 0};
        if (m_exit)
            ::poll(&exit, 1, killedProgramWaitMs);
        ::waitpid(m_pid, nullptr, m_exit ? WNOHANG : 0);
    }

    pid_t m_pid = -1;
    UniqueFd m_exit;
};

class Output
{
public:
    explicit Output(UniqueFd fd)
        : m_fd(std::move(fd))
    {
        m_bytes.reserve(mostOutput + 1); // no reallocation that leaves a copy behind
    }

    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    ~Output() { wipe(m_bytes); }

    int descriptor() const { return m_fd.get(); } ///< -1 after the end

    bool isTooLong() const { return m_bytes.size() > mostOutput; }

    /// What is there now.
    void read()
    {
        while (m_fd && !isTooLong()) {
            const std::size_t before = m_bytes.size();
            m_bytes.resize(mostOutput + 1);
            const ssize_t size = ::read(m_fd.get(), m_bytes.data() + before, m_bytes.size() - before);
            const int cause = errno;
            m_bytes.resize(before + static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
            if (size == 0 || (size < 0 && cause != EINTR && cause != EAGAIN))
                m_fd.reset();
            if (size < 0 && cause == EAGAIN)
                return;
        }
    }

    Secret take() { return Secret(std::move(m_bytes)); }

private:
    UniqueFd m_fd;
    std::string m_bytes;
};

int remainingMs(std::chrono::steady_clock::time_point end)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::system().steadyNow()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, 1'000'000));
}

} // namespace

HelperAnswer runHelper(const HelperCommand& command, const std::stop_token& stop)
{
    const std::string name = command.program.filename().native();
    const auto end = Clock::system().steadyNow() + command.deadline;

    const UniqueFd cancel = aboveStandard(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "an event");
    const std::stop_callback onStop(stop, [&] { ::eventfd_write(cancel.get(), 1); });
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw systemError(errno, "cannot make a pipe for a credential helper");
    UniqueFd writing(ends[1]);
    Output output(aboveStandard(ends[0], "a pipe"));
    writing = aboveStandard(writing.release(), "a pipe");
    ::fcntl(output.descriptor(), F_SETFL, O_NONBLOCK); // of the reading end alone

    UniqueFd input = inputFile(command.input);
    Child child(command, input.get(), writing.get());
    writing.reset();
    input.reset();

    for (;;) {
        std::array<pollfd, 3> events{pollfd{child.exitDescriptor(), POLLIN, 0}, pollfd{output.descriptor(), POLLIN, 0},
                                     pollfd{cancel.get(), POLLIN, 0}};
        const int left = remainingMs(end);
        ::poll(events.data(), events.size(), left);
        if (stop.stop_requested())
            throw Cancelled();
        output.read();
        if (output.isTooLong())
            throw Error(ErrorCode::Unavailable,
                        name +
                            " answered with more than 64 KiB and was ended; look at what is installed under that name");
        if ((events[0].revents & POLLIN) != 0)
            break;
        if (left == 0)
            throw Error(ErrorCode::Unavailable,
                        name + " did not answer within " + std::to_string(command.deadline.count()) +
                            " ms and was ended; see whether it waits for somebody to unlock a key ring");
    }

    const int status = child.wait();
    if (!WIFEXITED(status))
        throw Error(ErrorCode::Unavailable,
                    name + " was ended by signal " + std::to_string(WTERMSIG(status)) + "; try it by hand");
    HelperAnswer answer;
    answer.status = WEXITSTATUS(status);
    answer.output = output.take();
    return answer;
}

} // namespace layerhold::registry
