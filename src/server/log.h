// The log: one line an event on standard error, as text or as JSON, with fields. Written by a
// thread of its own; when standard error takes nothing, the oldest waiting lines are lost rather
// than a request held up. Callers give no secrets, notes or texts. Thread-safe.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "server/config.h"

namespace spdlog {
class logger;  // NOLINT(readability-identifier-naming): spdlog's name
namespace details {
class thread_pool;  // NOLINT(readability-identifier-naming): spdlog's name
}
}  // namespace spdlog

namespace pastille::server {

struct LogField {
  std::string_view name;
  std::variant<std::string_view, std::int64_t> value;
};

// One line, without its end. Text quotes values that hold white space, quotes or '='.
// Whatever bytes come in a value, the line is UTF-8 that moves no terminal's cursor.
std::string log_line(LogFormat format, std::string_view time, LogLevel level,
                     std::string_view event, std::initializer_list<LogField> fields);

class Log {
 public:
  Log(LogFormat format, LogLevel least);
  ~Log();  // writes what waits
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});
  bool writes(LogLevel level) const { return level >= least_; }

 private:
  LogFormat format_;
  LogLevel least_;
  std::shared_ptr<spdlog::details::thread_pool> writer_;
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace pastille::server
