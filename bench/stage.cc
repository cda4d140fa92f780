#include "bench/stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace pastille::bench {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{120};  // a run that hangs ends
constexpr std::string_view kNobody = R"({"users":[]})";
constexpr std::string_view kEveryone = R"({"all":true})";

std::vector<std::string> options_of(const RunSize& size) {
  if (!size.tls) return {};
  return {"--config", settings_with_tls(size.work / "tls").string()};
}

}  // namespace

std::string open_frame(bool present, const std::string& follow) {
  return fmt::format(R"({{"do":"open","present":{},"follow":{}}})", present, follow);
}

std::string open_frame_from(const std::string& epoch, std::uint64_t seq,
                            const std::string& follow) {
  return fmt::format(R"({{"do":"open","present":true,"epoch":"{}","seq":{},"follow":{}}})", epoch,
                     seq, follow);
}

Seeded seeded(const RunSize& size, const std::string& name, std::size_t people,
              std::size_t signed_in) {
  Seeded made{.directory = size.work / name, .people = {}, .statuses = {}};
  std::filesystem::remove_all(made.directory);
  add_people(made.directory, people);
  made.people = sign_in(made.directory, signed_in);
  made.statuses = two_statuses(made.directory);
  return made;
}

void turn_for(Fleet& fleet, std::chrono::milliseconds length) {
  const auto until = Clock::now() + length;
  while (Clock::now() < until) fleet.turn(until);
}

void settle(Fleet& fleet) {
  auto frames = [&] {
    std::uint64_t all = 0;
    for (std::size_t i = 0; i < fleet.size(); ++i) all += fleet[i].frames;
    return all;
  };
  for (std::uint64_t before = frames();; before = frames()) {
    turn_for(fleet, 300ms);
    if (frames() - before <= fleet.size() / 50) return;  // heartbeats never end
  }
}

Stage::Stage(const RunSize& size, Seeded seeded)
    : seed_(std::move(seeded)),
      server_(size.binary, seed_.directory, options_of(size), size.under),
      fleet_(server_.port(), seed_.people, size.tls) {}

void Stage::arrive(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    fleet_.dial(static_cast<std::uint32_t>(i), open_frame(true, std::string(kNobody)));
  }
  if (!fleet_.turn_until([&] { return fleet_.open() == count; }, kPatience)) {
    throw std::runtime_error(
        fmt::format("only {} of {} connections came to be open", fleet_.open(), count));
  }
  settle();
}

Nanos Stage::come_back_following_all() {
  std::uint64_t seq = 0;
  for (std::size_t i = 0; i < fleet_.size(); ++i) seq = std::max(seq, fleet_[i].seq);
  const std::string open = open_frame_from(fleet_.epoch(), seq, std::string(kEveryone));
  for (std::size_t i = 0; i < fleet_.size(); ++i) fleet_.hang_up(i);
  const auto began = Clock::now();
  for (std::size_t i = 0; i < fleet_.size(); ++i) fleet_.redial(i, open);
  if (!fleet_.turn_until([&] { return fleet_.open() == fleet_.size(); }, kPatience)) {
    throw std::runtime_error(fmt::format("only {} of {} came back", fleet_.open(), fleet_.size()));
  }
  return Clock::now() - began;
}

}  // namespace pastille::bench
