#include "api/command_line/secret.hpp"

#include "api/command_line/arguments.hpp"

#include <iostream>
#include <termios.h>
#include <unistd.h>

namespace banjie::api::command_line {

std::string ask_password(std::string const& prompt) {
    if (auto given = environment("BANJIE_PASSWORD", ""); !given.empty()) return given;
    termios before{};
    bool const terminal = tcgetattr(STDIN_FILENO, &before) == 0;
    if (terminal) {
        std::cerr << prompt << std::flush;
        termios silent = before;
        silent.c_lflag &= static_cast<tcflag_t>(~static_cast<tcflag_t>(ECHO));
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    std::string password;
    std::getline(std::cin, password);
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        std::cerr << "\n";
    }
    return password;
}

} // namespace banjie::api::command_line
