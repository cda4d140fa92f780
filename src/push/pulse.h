// What commits and the clock do to a hub: applies bulletins to its state, ticks, turns the timer
// wheel. A tick gathers what changed, of the board, the catalogue, the directory and the
// configuration: at once when it is quiet, never sooner than 50 ms after the last one, and says it
// once for all who follow.
//
// One thread, the one of the hub.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <utility>
#include <vector>

#include "push/hub_state.h"

namespace pastille::push {

class Pulse : public std::enable_shared_from_this<Pulse> {
 public:
  explicit Pulse(HubState& hub);

  void begin();
  // In the order in which they were left.
  void take(std::vector<InboxItem> items);

 private:
  void apply(const Bulletin& bulletin);
  void tell_lists();
  void tell_config();
  void tell_selves(const Bulletin& bulletin);
  void end(const EndedAccess& ended);
  bool has_news() const;
  void tick_when_due();
  void tick();
  void tick_board(std::uint64_t from, const std::vector<UserId>& changed);
  void tick_sets(std::uint64_t from, const std::vector<UserId>& changed);
  void turn();
  void tell_counts(Instant now);
  void wake_at(boost::asio::steady_timer& timer, Duration in, void (Pulse::*what)());

  HubState& hub_;
  boost::asio::steady_timer tick_timer_;
  boost::asio::steady_timer wheel_timer_;
  bool tick_waits_ = false;
  Instant last_tick_{};
  SlotList round_;                                // of a tick, kept for its memory
  std::vector<std::pair<Slot, UserId>> touched_;  // the same
};

}  // namespace pastille::push
