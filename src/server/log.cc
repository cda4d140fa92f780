#include "server/log.h"

#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <chrono>

#include "core/limits.h"
#include "core/outside_text.h"
#include "wire/json_writer.h"

namespace pastille::server {
namespace {

constexpr std::string_view level_text(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "";
}

bool is_plain(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '=') return false;
  }
  return !text.empty();
}

std::string as_json(std::string_view time, LogLevel level, std::string_view event,
                    std::initializer_list<LogField> fields) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("time", time).field("level", level_text(level)).field("event", event);
  for (const LogField& each : fields) {
    json.key(each.name);
    if (const auto* number = std::get_if<std::int64_t>(&each.value)) {
      json.value(*number);
    } else {
      json.value(printable_lines(std::get<std::string_view>(each.value)));
    }
  }
  json.end_object();
  return out;
}

std::string as_text(std::string_view time, LogLevel level, std::string_view event,
                    std::initializer_list<LogField> fields) {
  std::string out(time);
  out.append(" ").append(level_text(level)).append(" ").append(event);
  for (const LogField& each : fields) {
    out.append(" ").append(each.name).append("=");
    if (const auto* number = std::get_if<std::int64_t>(&each.value)) {
      out += std::to_string(*number);
      continue;
    }
    const std::string text = printable_lines(std::get<std::string_view>(each.value));
    if (is_plain(text)) {
      out += text;
    } else {
      append_json_text(out, text);
    }
  }
  return out;
}

}  // namespace

std::string log_line(LogFormat format, std::string_view time, LogLevel level,
                     std::string_view event, std::initializer_list<LogField> fields) {
  return format == LogFormat::kJson ? as_json(time, level, event, fields)
                                    : as_text(time, level, event, fields);
}

Log::Log(LogFormat format, LogLevel least)
    : format_(format),
      least_(least),
      writer_(std::make_shared<spdlog::details::thread_pool>(limits::kLogLinesWaiting, 1)),
      logger_(std::make_shared<spdlog::async_logger>(
          "pastille", std::make_shared<spdlog::sinks::stderr_sink_mt>(), writer_,
          spdlog::async_overflow_policy::overrun_oldest)) {
  logger_->set_pattern("%v");
  logger_->set_level(spdlog::level::trace);
}

Log::~Log() { logger_->flush(); }

void Log::write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  if (!writes(level)) return;
  const auto now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  logger_->log(spdlog::level::info, log_line(format_, time_text(now), level, event, fields));
}

}  // namespace pastille::server
