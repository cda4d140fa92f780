#include "server/observers.h"

#include <utility>

#include "core/limits.h"
#include "server/logged_path.h"
#include "wire/problem_json.h"

namespace pastille::server {
namespace {

std::string user_text(UserId user) { return user ? to_text(user) : "-"; }

}  // namespace

void HttpObserver::answered(const http::Answered& record) {
  metrics_.answered(record.route, record.method, record.status, record.took);
  if (record.problem) metrics_.refused(*record.problem);
  if (!log_.writes(LogLevel::kInfo)) return;
  // The route and not the path where there is one: a path may hold the secret of a one-time link,
  // also one that was mistyped and is no route.
  log_.write(
      record.status >= 500 ? LogLevel::kWarning : LogLevel::kInfo, "request",
      {{"id", record.request_id},
       {"method", record.method},
       {"route", record.route.empty() ? logged_path(record.path) : std::string(record.route)},
       {"status", std::int64_t{record.status}},
       {"problem", record.problem ? problem_slug(*record.problem) : "-"},
       {"user", user_text(record.user)},
       {"remote", record.remote},
       {"bytes", static_cast<std::int64_t>(record.bytes)},
       {"took_us", static_cast<std::int64_t>(record.took.count())}});
}

void HttpObserver::connections_changed(int by) {
  metrics_.http_connections_changed(by);
  {
    const std::lock_guard lock(mutex_);
    open_ += by;
  }
  changed_.notify_all();
}

// A flood is a line in a while and not a line each.
void HttpObserver::turned_away(std::string_view remote, std::string_view why) {
  if (!remote.empty()) metrics_.turned_away();
  const auto now = std::chrono::steady_clock::now();
  std::int64_t count = 0;
  {
    const std::lock_guard lock(mutex_);
    Told& told = told_[std::string(why)];
    ++told.since;
    const bool before = told.at != std::chrono::steady_clock::time_point();
    if (before && now - told.at < limits::kTurnedAwayLogged) return;
    told.at = now;
    count = std::exchange(told.since, 0);
  }
  log_.write(LogLevel::kWarning, "connections turned away",
             {{"why", why}, {"remote", remote}, {"count", count}});
}

void HttpObserver::wait_until_none(std::chrono::milliseconds most) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, most, [this] { return open_ == 0; });
}

void HttpObserver::failed(std::string_view request_id, std::string_view what) {
  log_.write(LogLevel::kError, "request failed", {{"id", request_id}, {"why", what}});
}

void LiveObserver::opened(ConnectionId connection, UserId user, bool websocket,
                          std::string_view remote) {
  log_.write(LogLevel::kInfo, "live opened",
             {{"connection", to_text(connection)},
              {"user", user_text(user)},
              {"kind", websocket ? "websocket" : "events"},
              {"remote", remote}});
}

void LiveObserver::ended(const push::Ended& ended) {
  log_.write(LogLevel::kInfo, "live ended",
             {{"connection", to_text(ended.connection)},
              {"user", user_text(ended.user)},
              {"code", std::int64_t{ended.code}},
              {"why", ended.why}});
}

}  // namespace pastille::server
