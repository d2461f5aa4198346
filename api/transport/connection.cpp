#include "api/transport/connection.hpp"

#include "api/feed/event_feed.hpp"

#include <spdlog/spdlog.h>

#include <ctime>
#include <new>

namespace banjie::api {

Worker::Worker(std::shared_ptr<Traffic> traffic) : traffic_(std::move(traffic)) {}

void Worker::run() {
    now_ = std::chrono::steady_clock::now();
    wait_for_tick();
    while (!context_.stopped()) {
        try {
            context_.run();
        } catch (std::bad_alloc const&) {
            // Whose work it was meets its deadline; the others go on.
            spdlog::error("Memory ran out in a network thread");
        }
    }
}

void Worker::end() {
    {
        std::lock_guard const lock(mutex_);
        ended_ = true;
    }
    // What was posted in the last moment holds connections, and they hold this.
    context_.restart();
    context_.poll();
    for (auto const& connection : std::vector(connections_.begin(), connections_.end()))
        connection->close();
    context_.restart();
    context_.poll();
    waiter_.reset();
}

void Worker::stop(Moment last_moment) {
    stopping_ = true;
    last_moment_ = last_moment;
    for (auto const& connection : std::vector(connections_.begin(), connections_.end()))
        connection->stop();
    timer_.cancel();
}

void Worker::add(std::shared_ptr<Connection> connection) {
    connections_.insert(std::move(connection));
}

void Worker::remove(Connection& connection) {
    connections_.erase(connection.shared_from_this());
    if (stopping_ && connections_.empty()) timer_.cancel();
}

void Worker::wait_for_tick() {
    timer_.expires_after(traffic_->options.tick);
    timer_.async_wait([this](auto const&) { tick(); });
}

void Worker::look_at_deadlines() {
    bool const late = now_ >= last_moment_;
    for (auto const& connection : std::vector(connections_.begin(), connections_.end())) {
        if (late)
            connection->close();
        else
            connection->tick(now_);
    }
}

void Worker::tick() {
    now_ = std::chrono::steady_clock::now();
    try {
        look_at_deadlines();
    } catch (std::bad_alloc const&) {
        spdlog::error("Memory ran out for looking at deadlines");
    }
    if (!stopping_ || !connections_.empty()) return wait_for_tick();
    waiter_.reset();
}

void Worker::wake_when_newer(std::shared_ptr<Connection> connection, std::uint64_t after) {
    waiting_.push_back(std::move(connection));
    if (waiter_) return; // armed for an event at or before that one, or about to fire
    auto& stream = traffic_->feed->stream();
    waiter_ = stream.wait(after, [worker = weak_from_this()] {
        if (auto const self = worker.lock()) self->post([self] { self->wake_waiting(); });
    });
}

void Worker::wake_waiting() {
    waiter_.reset();
    bool const is_waking = !waking_.empty();
    waking_.insert(waking_.end(), waiting_.begin(), waiting_.end());
    waiting_.clear();
    if (!is_waking) wake_some();
}

// Thousands may wait; requests have their turn in between.
void Worker::wake_some() {
    for (std::size_t i = 0; i < limits::feeds_woken_at_once && !waking_.empty(); ++i) {
        auto const connection = waking_.front().lock();
        waking_.pop_front();
        if (connection) connection->wake();
    }
    if (!waking_.empty()) boost::asio::post(context_, [this] { wake_some(); });
}

bool Worker::hand_over(Answer answer) {
    std::lock_guard const lock(mutex_);
    if (ended_) return false;
    answers_.push_back(std::move(answer));
    if (answers_.size() == 1) boost::asio::post(context_, [this] { take_answers(); });
    return true;
}

void Worker::take_answers() {
    std::vector<Answer> answers;
    {
        std::lock_guard const lock(mutex_);
        answers.swap(answers_);
    }
    for (Answer& one : answers) one.connection->respond(one.turn, std::move(one.response));
}

std::string const& Worker::date() {
    auto const second = static_cast<std::int64_t>(std::time(nullptr));
    if (second == date_second_) return date_;
    date_second_ = second;
    std::time_t const time = second;
    std::tm parts{};
    gmtime_r(&time, &parts);
    char text[40];
    date_.assign(text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts));
    return date_;
}

} // namespace banjie::api
