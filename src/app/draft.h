// A draft of the next state: what one command sees and changes. Dropped whole when the command is
// refused or its batch does not commit; nothing outside ever saw it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/organisation.h"

namespace pastille {

class Draft {
 public:
  // `stores_connections`: those of several nodes, so they are numbered too.
  explicit Draft(Organisation base, bool stores_connections = false)
      : organisation_(std::move(base)), stores_connections_(stores_connections) {}

  const Organisation& now() const { return organisation_; }
  // The seq that this command's event will have; rev of whatever it changes.
  std::uint64_t seq() const { return organisation_.seq + 1; }

  void change(Change made) {
    organisation_.apply(made);
    changes_.push_back(std::move(made));
  }
  const std::vector<Change>& changes() const { return changes_; }
  // Whether the command takes a number.
  bool numbered() const { return stores_connections_ ? !changes_.empty() : durable(); }
  // Whether it changed more than who is connected where.
  bool durable() const { return std::ranges::any_of(changes_, is_durable); }

  // Ends the command: the next one is decided on what this one left.
  std::vector<Change> take_changes() { return std::exchange(changes_, {}); }
  void number_event() { ++organisation_.seq; }

 private:
  Organisation organisation_;
  bool stores_connections_;
  std::vector<Change> changes_;
};

}  // namespace pastille
