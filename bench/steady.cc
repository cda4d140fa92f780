// Changes at a steady rate: many (busy), one at a time (quiet), as many as must be durable, and
// with some who never read (deaf).
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <numeric>
#include <utility>

#include "bench/changes.h"
#include "bench/scenarios.h"

namespace pastille::bench {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

std::vector<std::size_t> first_links(std::size_t count) {
  std::vector<std::size_t> links(count);
  std::iota(links.begin(), links.end(), 0U);
  return links;
}

void check(const Changes& changes, Stage& stage, Measured& out) {
  if (!changes.all_arrived()) {
    out.missing.push_back(fmt::format("{} of {} changes did not reach everyone",
                                      changes.sent() - changes.complete(), changes.sent()));
  }
  if (!changes.all_acknowledged()) {
    out.missing.push_back(fmt::format("{} of {} changes were not acknowledged, {} refused",
                                      changes.sent() - changes.acknowledged(), changes.sent(),
                                      changes.refused()));
  }
  if (stage.fleet().closed() > 0) out.missing.push_back("connections were lost");
}

// Times fdatasync of what a change writes, in the same directory.
class Disk {
 public:
  Disk(const std::filesystem::path& directory, std::size_t bytes)
      : block_(std::max<std::size_t>(bytes, 1), 'x'),
        file_(::open((directory / "fdatasync").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600)) {}
  ~Disk() { ::close(file_); }
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  void sync_once() {
    const auto began = Clock::now();
    if (::pwrite(file_, block_.data(), block_.size(), static_cast<off_t>(at_)) < 0) return;
    ::fdatasync(file_);
    taken_.add(Clock::now() - began);
    at_ = (at_ + block_.size()) % (4U << 20);  // as a write-ahead log goes round
  }
  const Histogram& taken() const { return taken_; }

 private:
  std::string block_;
  int file_;
  std::size_t at_ = 0;
  Histogram taken_;
};

// Bytes that process had written to files.
std::uint64_t written_by(pid_t process) {
  std::ifstream in(fmt::format("/proc/{}/io", process));
  std::string word;
  std::uint64_t bytes = 0;
  while (in >> word >> bytes) {
    if (word == "write_bytes:") return bytes;
  }
  return 0;
}

}  // namespace

Measured busy(const RunSize& size) {
  const std::size_t followers = size.of(2'000);
  Measured out{.scenario = "busy"};
  out.about = fmt::format("{} followers of all, 200 changes a second", followers);
  Stage stage(size, seeded(size, "busy", followers, followers));
  stage.arrive(followers);
  stage.come_back_following_all();
  stage.settle();
  Changes changes(stage.fleet(), stage.seed().statuses);
  changes.writers(first_links(followers),
                  [=](std::size_t) { return static_cast<std::uint32_t>(followers); });
  const std::uint64_t frames = stage.fleet()[0].changes;
  const Nanos cpu = stage.server().cpu();
  const Nanos waited = waited_by(stage.server().id());
  const auto began = Clock::now();
  changes.run(200, size.length, 30s);
  const double took = std::chrono::duration<double>(Clock::now() - began).count();
  const auto received = static_cast<double>(stage.fleet()[0].changes - frames);
  const double used = std::chrono::duration<double>(stage.server().cpu() - cpu).count();
  out.figures = {
      {"request to last delivery: p50", in_ms(changes.last().quantile(0.5)), "ms", 50},
      {"request to last delivery: p99", in_ms(changes.last().quantile(0.99)), "ms", 100},
      {"request to any delivery: p50", in_ms(changes.each().quantile(0.5)), "ms"},
      {"request to any delivery: p99", in_ms(changes.each().quantile(0.99)), "ms"},
      {"frames of changes per connection", received / took, "a second", 20 + 2 / took},
      {"server CPU", 100 * used / took, "% of a core"},
      {"server's threads waiting for their core",
       in_ms(waited_by(stage.server().id()) - waited) / took / 10, "% of the time"},
  };
  check(changes, stage, out);
  return out;
}

Measured quiet(const RunSize& size) {
  const std::size_t followers = size.small ? 20 : 100;
  const std::size_t rounds = size.small ? 20 : 400;
  Measured out{.scenario = "quiet"};
  out.about = fmt::format("one change at a time to {} followers, {} times", followers, rounds);
  Stage stage(size, seeded(size, "quiet", followers, followers));
  stage.arrive(followers);
  stage.come_back_following_all();
  stage.settle();
  Changes changes(stage.fleet(), stage.seed().statuses);
  changes.writers(first_links(followers),
                  [=](std::size_t) { return static_cast<std::uint32_t>(followers); });
  const auto one = [&] {
    changes.send_one(Clock::now());
    const bool heard = stage.fleet().turn_until(
        [&] { return changes.all_arrived() && changes.all_acknowledged(); }, 30s);
    const auto quiet_until = Clock::now() + 60ms;  // longer than a tick
    while (Clock::now() < quiet_until) stage.fleet().turn(quiet_until);
    return heard;
  };
  const std::uint64_t before = written_by(stage.server().id());
  for (int i = 0; i < 10; ++i) one();
  const std::size_t bytes = (written_by(stage.server().id()) - before) / 10;
  changes.forget();
  Disk disk(stage.seed().directory, bytes);
  for (std::size_t i = 0; i < rounds && one(); ++i) disk.sync_once();
  const double sync = in_ms(disk.taken().quantile(0.99));
  out.figures = {
      {"request to last delivery: p99", in_ms(changes.last().quantile(0.99)), "ms", 4 + sync},
      {"request to last delivery: p50", in_ms(changes.last().quantile(0.5)), "ms"},
      {"fdatasync of as many bytes: p99", sync, "ms"},
      {"fdatasync of as many bytes: p50", in_ms(disk.taken().quantile(0.5)), "ms"},
      {"written for a change", static_cast<double>(bytes), "bytes"},
  };
  check(changes, stage, out);
  return out;
}

Measured durable(const RunSize& size) {
  const std::size_t writers = size.of(500);
  const double rate = size.small ? 100 : 5'500;
  Measured out{.scenario = "durable"};
  out.about = fmt::format("{} writers, {} changes a second offered", writers, rate);
  Stage stage(size, seeded(size, "durable", writers, writers));
  stage.arrive(writers);
  Changes changes(stage.fleet(), stage.seed().statuses);
  changes.writers(first_links(writers), [](std::size_t) { return 0U; });
  const Nanos cpu = stage.server().cpu();
  const auto began = Clock::now();
  changes.run(rate, size.length, 30s);
  const double took = std::chrono::duration<double>(Clock::now() - began).count();
  const double used = std::chrono::duration<double>(stage.server().cpu() - cpu).count();
  out.figures = {
      {"acknowledged changes",
       static_cast<double>(changes.acknowledged()) / took,
       "a second",
       {},
       size.small ? 1.0 : 5'000.0},
      {"request to acknowledgement: p99", in_ms(changes.durable().quantile(0.99)), "ms", 50},
      {"request to acknowledgement: p50", in_ms(changes.durable().quantile(0.5)), "ms"},
      {"server CPU", 100 * used / took, "% of a core"},
  };
  if (!changes.all_acknowledged()) {
    out.missing.push_back(fmt::format("{} changes were not acknowledged, {} of them refused",
                                      changes.sent() - changes.acknowledged(), changes.refused()));
  }
  return out;
}

Measured deaf(const RunSize& size) {
  const std::size_t readers = size.of(2'000);
  const std::size_t deafs = size.of(50);
  Measured out{.scenario = "deaf"};
  out.about = fmt::format("{} clients that never read, among {} that do", deafs, readers);
  Stage stage(size, seeded(size, "deaf", readers + deafs, readers + deafs));
  Fleet& fleet = stage.fleet();
  fleet.receive_buffer(4'096);
  stage.arrive(readers + deafs);
  stage.come_back_following_all();
  stage.settle();
  Changes changes(fleet, stage.seed().statuses);
  changes.writers(first_links(readers),
                  [=](std::size_t) { return static_cast<std::uint32_t>(readers); });
  std::vector<bool> is_deaf(readers + deafs);
  for (std::size_t i = readers; i < readers + deafs; ++i) is_deaf[i] = true;
  changes.ignore([&](const Link& link) { return is_deaf[link.person]; });

  changes.run(200, size.length / 2, 30s);
  const double p99_before = in_ms(changes.last().quantile(0.99));
  check(changes, stage, out);
  changes.forget();
  for (std::size_t i = readers; i < readers + deafs; ++i) fleet.deafen(i, true);
  const double memory = static_cast<double>(stage.server().memory());
  const std::uint64_t frames = fleet[0].changes;
  const std::uint64_t deaf_frames = fleet[readers].changes;
  changes.run(200, size.length, 30s);
  const double p99_with = in_ms(changes.last().quantile(0.99));
  const double grown = static_cast<double>(stage.server().memory()) - memory;
  for (std::size_t i = readers; i < readers + deafs; ++i) fleet.deafen(i, false);
  const bool current = fleet.turn_until(
      [&] {
        for (std::size_t i = readers; i < readers + deafs; ++i) {
          if (fleet[i].descriptor >= 0 && fleet[i].seq < fleet[0].seq) return false;
        }
        return true;
      },
      30s);
  if (!current) out.missing.push_back("who reads again did not get the newest state");
  check(changes, stage, out);
  out.figures = {
      {"p99 to the last reader, nobody deaf", p99_before, "ms"},
      {"p99 to the last reader, with the deaf", p99_with, "ms", 1.25 * p99_before + 5},
      {"memory for each who is deaf", std::max(0.0, grown) / static_cast<double>(deafs), "bytes",
       65'536},
      {"frames to a reader meanwhile", static_cast<double>(fleet[0].changes - frames), ""},
      {"frames to one who was deaf", static_cast<double>(fleet[readers].changes - deaf_frames), ""},
  };
  return out;
}

}  // namespace pastille::bench
