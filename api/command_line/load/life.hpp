#pragma once
// A problem from report to close: ten commands of four people, in order.

#include "api/command_line/load/kinds.hpp"

namespace banjie::api::command_line {

class Life {
public:
    explicit Life(LoadOrder const& order);

    /// All has been done, or something was refused.
    [[nodiscard]] bool over() const;
    /// Gives the next command. Not when it is over.
    boost::asio::awaitable<LoadAnswer> go_on(Line& line);

private:
    LoadOrder const& order_;
    std::string id_;
    std::size_t done_ = 0;
};

} // namespace banjie::api::command_line
