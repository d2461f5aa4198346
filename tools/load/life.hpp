#pragma once
// A problem from report to close: ten commands of four people, in order.

#include "tools/load/kinds.hpp"

namespace banjie::load {

class Life {
public:
    explicit Life(LoadOrder const& order);

    /// Returns whether all commands are done, or one was refused.
    [[nodiscard]] bool over() const;
    /// Gives the next command, and records its outcome. Must not be called when over.
    boost::asio::awaitable<LoadAnswer> go_on(Line& line);
    /// Returns the id of the problem; empty until it has been reported.
    [[nodiscard]] std::string const& problem() const { return id_; }

private:
    void record(LoadAnswer const& answer, Record::Time began);

    LoadOrder const& order_;
    std::string id_;
    std::size_t done_ = 0;
};

/// Reads a problem, and records which version was seen.
boost::asio::awaitable<void> look_at(std::string problem, LoadOrder const& order, Line& line);

} // namespace banjie::load
