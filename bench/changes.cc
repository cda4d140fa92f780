#include "bench/changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace pastille::bench {

Changes::Changes(Fleet& fleet, std::vector<std::string> statuses)
    : fleet_(fleet), statuses_(std::move(statuses)) {
  fleet_.on_frame(
      [this](Link& link, std::string_view json, SteadyTime now) { heard(link, json, now); });
}

void Changes::writers(std::vector<std::size_t> links,
                      std::function<std::uint32_t(std::size_t)> hearers) {
  writers_ = std::move(links);
  hearers_ = std::move(hearers);
}

std::size_t Changes::send_one(SteadyTime due) {
  const std::size_t number = first_ + sent_.size();
  send(writers_[turn_ % writers_.size()], due);
  return number;
}

void Changes::send(std::size_t writer, SteadyTime due) {
  const std::size_t number = first_ + sent_.size();
  const std::string& status = statuses_[turn_ / writers_.size() % statuses_.size()];
  ++turn_;
  sent_.push_back({.due = due, .writer = writer, .missing = hearers_(writer)});
  if (sent_.back().missing == 0) ++complete_;
  fleet_.say(writer, fmt::format(R"({{"do":"set","ref":"{0}","status_id":"{1}","note":"#{0}"}})",
                                 number, status));
}

void Changes::run(double rate, std::chrono::milliseconds length,
                  std::chrono::milliseconds patience) {
  const auto began = std::chrono::steady_clock::now();
  const auto apart = std::chrono::duration_cast<Nanos>(std::chrono::duration<double>(1.0 / rate));
  const auto end = began + length;
  auto due = began;
  while (due < end) {
    const auto now = std::chrono::steady_clock::now();
    for (; due <= now && due < end; due += apart) send_one(due);
    if (due < end) fleet_.turn(due);
  }
  fleet_.turn_until([&] { return all_acknowledged() && all_arrived(); }, patience);
}

std::size_t Changes::run_full(std::chrono::milliseconds length, std::chrono::milliseconds apart,
                              std::chrono::milliseconds patience) {
  const auto began = std::chrono::steady_clock::now();
  const auto end = began + length;
  apart_ = apart;
  free_ = {};
  for (const std::size_t writer : writers_) free_.emplace(began, writer);
  for (auto now = began; now < end; now = std::chrono::steady_clock::now()) {
    while (!free_.empty() && free_.top().first <= now) {
      const std::size_t writer = free_.top().second;
      free_.pop();
      send(writer, now);
    }
    fleet_.turn(free_.empty() ? end : std::min(end, free_.top().first));
  }
  const std::size_t in_time = acknowledged_;
  apart_ = {};
  fleet_.turn_until([&] { return all_acknowledged(); }, patience);
  return in_time;
}

void Changes::forget() {
  first_ += sent_.size();
  sent_.clear();
  acknowledged_ = complete_ = 0;
  deliveries_ = refused_ = 0;
  each_.clear();
  elsewhere_.clear();
  last_.clear();
  durable_.clear();
}

void Changes::heard(const Link& link, std::string_view json, SteadyTime now) {
  if (json.starts_with(R"({"is":"changes")")) {
    if (ignored_ && ignored_(link)) return;
    for (const std::size_t number : numbers_in(json)) arrived(number, link, now);
  } else if (json.starts_with(R"({"is":"done")")) {
    answered(json, now, true);
  } else if (json.starts_with(R"({"is":"refused")")) {
    answered(json, now, false);
  }
}

void Changes::answered(std::string_view json, SteadyTime now, bool done) {
  if (!done) ++refused_;
  const std::string ref = text_in(json, "ref");
  std::size_t number = 0;
  std::from_chars(ref.data(), ref.data() + ref.size(), number);
  if (number < first_ || number - first_ >= sent_.size()) return;
  const Sent& change = sent_[number - first_];
  if (apart_ > apart_.zero()) free_.emplace(std::max(now, change.due + apart_), change.writer);
  if (!done) return;
  ++acknowledged_;
  durable_.add(now - change.due);
}

void Changes::arrived(std::size_t number, const Link& link, SteadyTime now) {
  if (number < first_ || number - first_ >= sent_.size()) return;
  Sent& change = sent_[number - first_];
  ++deliveries_;
  each_.add(now - change.due);
  if (link.port != fleet_[change.writer].port) elsewhere_.add(now - change.due);
  if (change.missing == 0 || --change.missing > 0) return;
  ++complete_;
  last_.add(now - change.due);
}

const std::vector<std::size_t>& Changes::numbers_in(std::string_view json) {
  constexpr std::string_view kMark = R"("note":"#)";
  if (json == parsed_) return numbers_;
  parsed_ = json;
  numbers_.clear();
  for (std::size_t at = json.find(kMark); at != std::string_view::npos;
       at = json.find(kMark, at + kMark.size())) {
    std::size_t number = 0;
    std::from_chars(json.data() + at + kMark.size(), json.data() + json.size(), number);
    numbers_.push_back(number);
  }
  return numbers_;
}

}  // namespace pastille::bench
