// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace layerhold::service {

/// A coroutine that nobody waits for: it starts at once and frees itself at its end. Its body handles every exception;
/// one that escapes ends the program.
struct Detached
{
    struct promise_type
    {
        Detached get_return_object() noexcept { return {}; }

        std::suspend_never initial_suspend() noexcept { return {}; }

        std::suspend_never final_suspend() noexcept { return {}; }

        void return_void() noexcept {}

        void unhandled_exception() noexcept { std::terminate(); }
    };
};

template <typename T>
class Async;

namespace detail {

struct AsyncPromiseBase
{
    std::coroutine_handle<> waiting;
    std::exception_ptr failure;

    struct ResumeWaiting
    {
        bool await_ready() const noexcept { return false; }

        template <typename Promise>
        std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> ended) const noexcept
        {
            return ended.promise().waiting;
        }

        void await_resume() const noexcept {}
    };

    std::suspend_always initial_suspend() noexcept { return {}; }

    ResumeWaiting final_suspend() noexcept { return {}; }

    void unhandled_exception() noexcept { failure = std::current_exception(); }
};

template <typename T>
struct AsyncPromise : AsyncPromiseBase
{
    Async<T> get_return_object() noexcept;

    void return_value(T value) { result.emplace(std::move(value)); }

    T take()
    {
        if (failure)
            std::rethrow_exception(std::move(failure));
        return std::move(*result);
    }

    std::optional<T> result;
};

template <>
struct AsyncPromise<void> : AsyncPromiseBase
{
    Async<void> get_return_object() noexcept;

    void return_void() noexcept {}

    void take()
    {
        if (failure)
            std::rethrow_exception(std::move(failure));
    }
};

} // namespace detail

/// A coroutine that starts when it is awaited and gives its result or exception to the one that awaits it. Awaited
/// exactly once or not at all.
///
/// GCC 12 makes a trap of a coroutine's awaiting expression inside a condition whose branches all throw: give the
/// awaited value a name first.
template <typename T>
class [[nodiscard]] Async
{
public:
    using promise_type = detail::AsyncPromise<T>;
    using Handle = std::coroutine_handle<promise_type>;

    explicit Async(Handle coroutine) noexcept
        : m_coroutine(coroutine)
    {}

    Async(Async&& other) noexcept
        : m_coroutine(std::exchange(other.m_coroutine, {}))
    {}

    Async& operator=(Async&&) = delete;

    ~Async()
    {
        if (m_coroutine)
            m_coroutine.destroy();
    }

    bool await_ready() const noexcept { return false; }

    std::coroutine_handle<> await_suspend(std::coroutine_handle<> waiting) noexcept
    {
        m_coroutine.promise().waiting = waiting;
        return m_coroutine;
    }

    T await_resume() { return m_coroutine.promise().take(); }

private:
    Handle m_coroutine;
};

namespace detail {

template <typename T>
Async<T> AsyncPromise<T>::get_return_object() noexcept
{
    return Async<T>(std::coroutine_handle<AsyncPromise<T>>::from_promise(*this));
}

inline Async<void> AsyncPromise<void>::get_return_object() noexcept
{
    return Async<void>(std::coroutine_handle<AsyncPromise<void>>::from_promise(*this));
}

} // namespace detail

} // namespace layerhold::service
