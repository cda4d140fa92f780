#include "postgres/listener.h"

#include <libpq-fe.h>
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <system_error>
#include <utility>

namespace pastille::postgres {
namespace {

constexpr int kAgainMs = 1000;

struct Finish {
  void operator()(PGconn* handle) const { PQfinish(handle); }
};
struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
struct Free {
  void operator()(PGnotify* notify) const { PQfreemem(notify); }
};

}  // namespace

Listener::Listener(std::string conninfo, std::function<void(std::uint64_t)> heard)
    : conninfo_(std::move(conninfo)), heard_(std::move(heard)) {
  if (pipe(stop_pipe_) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  thread_ = std::thread([this] { run(); });
}

Listener::~Listener() {
  stopping_ = true;
  [[maybe_unused]] const auto written = write(stop_pipe_[1], "x", 1);
  thread_.join();
  close(stop_pipe_[0]);
  close(stop_pipe_[1]);
}

void Listener::run() {
  pthread_setname_np(pthread_self(), "listener");
  while (!stopping_) {
    listen();
    pollfd told{.fd = stop_pipe_[0], .events = POLLIN, .revents = 0};
    poll(&told, 1, kAgainMs);
  }
}

// Until the connection is lost, or it is to stop.
void Listener::listen() {
  const std::unique_ptr<PGconn, Finish> handle(PQconnectdb(conninfo_.c_str()));
  PQsetNoticeProcessor(handle.get(), [](void*, const char*) {}, nullptr);
  const std::unique_ptr<PGresult, Clear> listening(PQexec(handle.get(), "LISTEN pastille"));
  if (PQresultStatus(listening.get()) != PGRES_COMMAND_OK) return;
  while (!stopping_) {
    pollfd sockets[] = {{.fd = PQsocket(handle.get()), .events = POLLIN, .revents = 0},
                        {.fd = stop_pipe_[0], .events = POLLIN, .revents = 0}};
    if (poll(sockets, 2, -1) < 0 && errno != EINTR) return;
    if (PQconsumeInput(handle.get()) != 1) return;
    // The greatest counts: what came last may have been committed before.
    std::uint64_t newest = 0;
    while (const auto notify = std::unique_ptr<PGnotify, Free>(PQnotifies(handle.get()))) {
      std::uint64_t seq = 0;
      std::from_chars(notify->extra, notify->extra + std::strlen(notify->extra), seq);
      newest = std::max(newest, seq);
    }
    if (newest > 0) heard_(newest);
  }
}

}  // namespace pastille::postgres
