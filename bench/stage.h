// What every scenario stands on: a data directory filled before, the server on it, and the fleet of
// connections. And how large a run is to be.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bench/fleet.h"
#include "bench/seed.h"
#include "bench/server_process.h"

namespace pastille::bench {

struct RunSize {
  std::filesystem::path binary;  // of the server
  std::filesystem::path work;    // data directories go here
  std::size_t connections = 10'000;
  std::size_t pairs = 30;  // slices of server and floor
  std::chrono::milliseconds slice{1'000};
  std::chrono::milliseconds length{10'000};  // of a run at a steady rate
  bool small = false;                        // everything shrunk: only whether it works
  bool tls = false;                          // every connection
  std::vector<std::string> under = {};       // a program that runs the server, with its options
  std::filesystem::path with_postgres = {};  // scripts/with-postgres

  // What is usually `count`, in a small run a fiftieth of it.
  std::size_t of(std::size_t count) const {
    return small ? std::max<std::size_t>(count / 50, 2) : count;
  }
};

struct Seeded {
  std::filesystem::path directory;
  std::vector<SignedIn> people;
  std::vector<std::string> statuses;  // two
};

// `people` in a fresh directory, the first `signed_in` with a session.
Seeded seeded(const RunSize& size, const std::string& name, std::size_t people,
              std::size_t signed_in);

void turn_for(Fleet& fleet, std::chrono::milliseconds length);
// Turns a fleet until nothing has come for a while.
void settle(Fleet& fleet);

class Stage {
 public:
  Stage(const RunSize& size, Seeded seeded);

  ServerProcess& server() { return server_; }
  Fleet& fleet() { return fleet_; }
  const Seeded& seed() const { return seed_; }

  // The first `count` people come, present, following nobody.
  void arrive(std::size_t count);
  // They lose their connections and come back all at once with their positions, following all:
  // nobody pays n * n entries for the bench's own beginning. Returns how long that took.
  Nanos come_back_following_all();
  void settle() { bench::settle(fleet_); }

 private:
  Seeded seed_;
  ServerProcess server_;
  Fleet fleet_;
};

// Bytes as a text frame without a position says: who is followed first.
std::string open_frame(bool present, const std::string& follow);
std::string open_frame_from(const std::string& epoch, std::uint64_t seq, const std::string& follow);

}  // namespace pastille::bench
