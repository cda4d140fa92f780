// A database of its own for a test, on the server of scripts/with-postgres; gone with it.
#pragma once

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "postgres/conninfo.h"
#include "postgres/database.h"

namespace pastille::postgres {

class OwnDatabase {
 public:
  OwnDatabase() {
    static std::atomic<int> count{0};
    name_ = fmt::format("test_{}_{}", getpid(), ++count);
    Database(conninfo("postgres")).execute("CREATE DATABASE " + name_);
  }
  OwnDatabase(const OwnDatabase&) = delete;
  OwnDatabase& operator=(const OwnDatabase&) = delete;
  ~OwnDatabase() {
    try {
      Database(conninfo("postgres")).execute("DROP DATABASE " + name_ + " WITH (FORCE)");
    } catch (const PostgresFailure& failure) {
      fmt::print(stderr, "{} stays: {}\n", name_, failure.what());
    }
  }

  std::string conninfo() const { return conninfo(name_); }
  // Ends every other connection to it, as a server that fails does.
  void cut() const {
    Database(conninfo("postgres"))
        .execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '" +
                 name_ + "'");
  }
  // Ends the connection that waits for a lock, once there is one.
  void cut_waiting() const {
    Database server(conninfo("postgres"));
    bool cut = false;
    while (!cut) {
      auto query = server.prepare(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ?"
          " AND wait_event_type = 'Lock'");
      cut = query.bind(name_).step();
    }
  }

 private:
  static std::string conninfo(const std::string& name) {
    const char* server = std::getenv("PASTILLE_TEST_POSTGRES");
    if (server == nullptr) throw std::runtime_error("Run this in scripts/with-postgres.");
    return conninfo_of(std::string(server) + "/" + name).value();
  }

  std::string name_;
};

}  // namespace pastille::postgres
