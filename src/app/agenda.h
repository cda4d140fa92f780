// When something falls due. Ordered by time, one entry a key; setting a key again moves it.
// Two of them exist: one on the steady clock (grace), one on the wall clock (until, sessions).
#pragma once

#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace pastille {

template <class Key, class TimePoint>
class Agenda {
 public:
  void set(Key key, TimePoint due) {
    drop(key);
    due_of_[key] = due;
    order_.insert({due, key});
  }
  void drop(const Key& key) {
    const auto found = due_of_.find(key);
    if (found == due_of_.end()) return;
    order_.erase({found->second, key});
    due_of_.erase(found);
  }
  std::optional<TimePoint> next() const {
    if (order_.empty()) return std::nullopt;
    return order_.begin()->first;
  }
  // Takes out what is due at `now` or before, earliest first, at most so many.
  std::vector<Key> take_due(TimePoint now,
                            std::size_t at_most = std::numeric_limits<std::size_t>::max()) {
    std::vector<Key> due;
    while (due.size() < at_most && !order_.empty() && order_.begin()->first <= now) {
      due.push_back(order_.begin()->second);
      due_of_.erase(order_.begin()->second);
      order_.erase(order_.begin());
    }
    return due;
  }
  std::size_t size() const { return order_.size(); }

 private:
  std::map<Key, TimePoint> due_of_;
  std::set<std::pair<TimePoint, Key>> order_;
};

}  // namespace pastille
