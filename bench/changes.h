// Status changes at a steady rate, and when they arrive. Each change carries its number in its
// note, so that whoever receives the entry knows which it was. Latency counts from the time at
// which a change was due, not from when the client came round to sending it: a slow server cannot
// hide behind a client that waits for it (coordinated omission).
#pragma once

#include <cstdint>
#include <functional>
#include <queue>
#include <string>
#include <utility>
#include <vector>

#include "bench/fleet.h"
#include "bench/histogram.h"

namespace pastille::bench {

class Changes {
 public:
  // Listens to the fleet as long as it lives. `statuses`: chosen in turn.
  Changes(Fleet& fleet, std::vector<std::string> statuses);
  ~Changes() { fleet_.on_frame({}); }
  Changes(const Changes&) = delete;
  Changes& operator=(const Changes&) = delete;

  // Who sends (in turn), and how many connections will hear of a change by each.
  void writers(std::vector<std::size_t> links, std::function<std::uint32_t(std::size_t)> hearers);

  // One change, due now. Returns its number.
  std::size_t send_one(SteadyTime due);
  // `rate` a second for that long; then waits up to `patience` for what is on its way.
  void run(double rate, std::chrono::milliseconds length, std::chrono::milliseconds patience);
  // As many as are acknowledged: each writer sends again once it has its answer, no sooner than
  // `apart`. Returns how many were acknowledged in that time.
  std::size_t run_full(std::chrono::milliseconds length, std::chrono::milliseconds apart,
                       std::chrono::milliseconds patience);
  bool all_arrived() const { return complete_ == sent_.size(); }
  bool all_acknowledged() const { return acknowledged_ == sent_.size(); }
  void forget();  // begins to count anew

  std::size_t sent() const { return sent_.size(); }
  std::size_t acknowledged() const { return acknowledged_; }
  std::size_t complete() const { return complete_; }  // arrived at all who should hear
  std::uint64_t deliveries() const { return deliveries_; }
  std::uint64_t refused() const { return refused_; }
  const Histogram& each() const { return each_; }  // to every delivery
  // Of them, those at another server than the writer's.
  const Histogram& elsewhere() const { return elsewhere_; }
  const Histogram& last() const { return last_; }        // to the last of the hearers
  const Histogram& durable() const { return durable_; }  // to its acknowledgement
  // Deliveries to these connections are not recorded (and not expected).
  void ignore(std::function<bool(const Link&)> ignored) { ignored_ = std::move(ignored); }

 private:
  struct Sent {
    SteadyTime due;
    std::size_t writer = 0;
    std::uint32_t missing = 0;  // hearers that have not had it
  };
  using Free = std::pair<SteadyTime, std::size_t>;  // from when, which writer

  void send(std::size_t writer, SteadyTime due);
  void answered(std::string_view json, SteadyTime now, bool done);
  void heard(const Link& link, std::string_view json, SteadyTime now);
  void arrived(std::size_t number, const Link& link, SteadyTime now);
  const std::vector<std::size_t>& numbers_in(std::string_view json);

  Fleet& fleet_;
  std::vector<std::string> statuses_;
  std::vector<std::size_t> writers_;
  std::function<std::uint32_t(std::size_t)> hearers_;
  std::function<bool(const Link&)> ignored_;
  std::size_t first_ = 0;  // number of sent_[0]
  std::size_t turn_ = 0;
  std::vector<Sent> sent_;
  std::size_t acknowledged_ = 0;
  std::size_t complete_ = 0;
  std::uint64_t deliveries_ = 0;
  std::uint64_t refused_ = 0;
  std::chrono::milliseconds apart_{};  // 0: it is not run_full()
  std::priority_queue<Free, std::vector<Free>, std::greater<>> free_;
  Histogram each_;
  Histogram elsewhere_;
  Histogram last_;
  Histogram durable_;
  std::string parsed_;  // frames of followers of all are the same: parsed once
  std::vector<std::size_t> numbers_;
};

}  // namespace pastille::bench
