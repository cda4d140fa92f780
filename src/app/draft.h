// A draft of the next state: what one command sees and changes. Dropped whole when the command is
// refused or its batch does not commit; nothing outside ever saw it.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/organisation.h"

namespace pastille {

class Draft {
 public:
  explicit Draft(Organisation base) : organisation_(std::move(base)) {}

  const Organisation& now() const { return organisation_; }
  // The seq that this command's event will have; rev of whatever it changes.
  std::uint64_t seq() const { return organisation_.seq + 1; }

  void change(Change made) {
    organisation_.apply(made);
    changes_.push_back(std::move(made));
  }
  const std::vector<Change>& changes() const { return changes_; }
  bool durable() const {
    for (const Change& each : changes_) {
      if (is_durable(each)) return true;
    }
    return false;
  }

  // Ends the command: the next one is decided on what this one left.
  std::vector<Change> take_changes() { return std::exchange(changes_, {}); }
  void number_event() { ++organisation_.seq; }

 private:
  Organisation organisation_;
  std::vector<Change> changes_;
};

}  // namespace pastille
