// What the HTTP and the live side report goes into the log and the metrics. Thread-safe; nothing
// here blocks.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>

#include "http/parts.h"
#include "push/observer.h"
#include "server/log.h"
#include "server/metrics.h"

namespace pastille::server {

class HttpObserver final : public http::Observer {
 public:
  HttpObserver(Log& log, Metrics& metrics) : log_(log), metrics_(metrics) {}
  void answered(const http::Answered& record) override;
  void connections_changed(int by) override;
  void turned_away(std::string_view remote, std::string_view why) override;
  void failed(std::string_view request_id, std::string_view what) override;
  // Until no HTTP connection is open, or `most` has passed.
  void wait_until_none(std::chrono::milliseconds most);

 private:
  Log& log_;
  Metrics& metrics_;
  std::mutex mutex_;
  std::condition_variable changed_;
  int open_ = 0;  // guarded by mutex_, as all below
  struct Told {
    std::chrono::steady_clock::time_point at{};
    std::int64_t since = 0;  // turned away and not told
  };
  std::map<std::string, Told, std::less<>> told_;  // by reason
};

class LiveObserver final : public push::Observer {
 public:
  explicit LiveObserver(Log& log) : log_(log) {}
  void opened(ConnectionId connection, UserId user, bool websocket,
              std::string_view remote) override;
  void ended(const push::Ended& ended) override;

 private:
  Log& log_;
};

}  // namespace pastille::server
