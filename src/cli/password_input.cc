#include "cli/password_input.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>

namespace pastille::cli {
namespace {

// Typing is not shown as long as this lives.
class Unseen {
 public:
  Unseen() {
    tcgetattr(STDIN_FILENO, &before_);
    termios unseen = before_;
    unseen.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen);
  }
  ~Unseen() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;

 private:
  termios before_{};
};

std::string read_line() {
  std::string line;
  std::getline(std::cin, line);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

std::string ask(const char* prompt) {
  std::cerr << prompt << std::flush;
  const Unseen unseen;
  std::string line = read_line();
  std::cerr << '\n';
  return line;
}

}  // namespace

std::expected<std::string, Outcome> read_new_password(bool from_input) {
  if (from_input) return read_line();
  if (isatty(STDIN_FILENO) == 0) {
    return std::unexpected(
        failed("Give the password on standard input, with --password-stdin.", kWrongUse));
  }
  std::string password = ask("New password: ");
  if (ask("Again: ") != password)
    return std::unexpected(failed("These were two different passwords."));
  return password;
}

}  // namespace pastille::cli
