// How many live connections each person has open at this node, so that one of them, or one token,
// cannot take the places of all. Thread-safe; no I/O. Memory: of those who have any.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "core/ids.h"

namespace pastille::http {

class LivePlaces : public std::enable_shared_from_this<LivePlaces> {
 public:
  // By make_shared only.
  explicit LivePlaces(std::size_t most) : most_(most) {}

  // Held for as long as the connection is open, and given back by its destruction, on any thread;
  // null: the person has as many as one may.
  std::shared_ptr<const void> enter(UserId user);
  std::size_t people() const;  // who have any

 private:
  void leave(UserId user);

  const std::size_t most_;
  mutable std::mutex mutex_;  // guards the one below
  std::unordered_map<UserId, std::size_t> open_;
};

}  // namespace pastille::http
