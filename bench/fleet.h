// The load client: many live connections on one epoll, in one thread. Each is dialled, opened with
// the frame given, and from then on hands whole text frames to whoever listens; pings are answered.
//
// Connections come from many loopback addresses (127.0.1.1 and on), so that no pair of addresses
// runs out of ports.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/histogram.h"
#include "bench/seed.h"
#include "bench/tls_client.h"

namespace pastille::bench {

using SteadyTime = std::chrono::steady_clock::time_point;

struct Link {
  enum class Phase : std::uint8_t {
    kWaiting,
    kConnecting,
    kShaking,
    kUpgrading,
    kOpening,
    kOpen,
    kClosed
  };
  Phase phase = Phase::kWaiting;
  bool deaf = false;   // does not read
  bool board = false;  // the last page of a board came
  int descriptor = -1;
  std::uint16_t port = 0;     // of the server that it is of
  std::uint32_t person = 0;   // index into the people given
  std::uint64_t frames = 0;   // text frames received
  std::uint64_t changes = 0;  // of them, those that say what changed
  std::uint64_t bytes = 0;    // received, of all kinds
  std::uint64_t seq = 0;      // of the last position received
  std::string open;           // the first frame to say
  std::string in;             // received, incomplete
  std::string out;            // not yet sent
  Tls tls;                    // nullptr: without
};

class Fleet {
 public:
  using OnFrame = std::function<void(Link&, std::string_view json, SteadyTime now)>;

  // `people` must outlive it.
  Fleet(std::uint16_t port, const std::vector<SignedIn>& people, bool tls);
  ~Fleet();
  Fleet(const Fleet&) = delete;
  Fleet& operator=(const Fleet&) = delete;

  void on_frame(OnFrame on_frame) { on_frame_ = std::move(on_frame); }

  // Will connect, as soon as fewer than kDialling others are about to; say what `open` is (JSON).
  std::size_t dial(std::uint32_t person, std::string open) { return dial(person, open, port_); }
  // The same at another server than that of the fleet.
  std::size_t dial(std::uint32_t person, std::string open, std::uint16_t port);
  // The same connection once more, with another first frame.
  void redial(std::size_t link, std::string open) { redial(link, open, links_[link].port); }
  void redial(std::size_t link, std::string open, std::uint16_t port);
  void hang_up(std::size_t link);
  // Smaller than usual, for connections dialled from now on; 0: what the system gives.
  void receive_buffer(int bytes) { receive_buffer_ = bytes; }
  void deafen(std::size_t link, bool deaf);

  void say(std::size_t link, std::string_view json);
  // Takes what comes until `until` at the latest; returns after each round in which something came.
  void turn(SteadyTime until);
  // Turns until `done`; false: not within `patience`.
  bool turn_until(const std::function<bool()>& done, std::chrono::milliseconds patience);

  Link& operator[](std::size_t link) { return links_[link]; }
  std::size_t size() const { return links_.size(); }
  std::size_t open() const { return open_; }      // had their ready
  std::size_t closed() const { return closed_; }  // by the server, or broken
  const std::string& epoch() const { return epoch_; }

 private:
  static constexpr std::size_t kDialling = 256;

  void connect(std::size_t index);
  void shake(std::size_t index);
  void ready_to_write(std::size_t index);
  void read(std::size_t index, SteadyTime now);
  void take(std::size_t index, std::string_view bytes, SteadyTime now);
  void hear(Link& link, std::string_view json, SteadyTime now);
  void send(std::size_t index, std::string_view bytes);
  void watch(std::size_t index, std::uint32_t events, int how);
  void close(std::size_t index);

  std::uint16_t port_;
  const std::vector<SignedIn>& people_;
  int epoll_;
  TlsContext tls_;  // nullptr: without
  int receive_buffer_ = 0;
  OnFrame on_frame_;
  std::deque<Link> links_;
  std::deque<std::size_t> waiting_;
  std::size_t dialling_ = 0;
  std::size_t open_ = 0;
  std::size_t closed_ = 0;
  std::string epoch_;
  std::vector<char> room_;
};

// The number after `"name":` in a frame; 0: not there.
std::uint64_t number_in(std::string_view json, std::string_view name);
std::string text_in(std::string_view json, std::string_view name);
// This process may hold as many files as the system lets it; returns how many.
std::size_t raise_descriptor_limit();

}  // namespace pastille::bench
