// Refused attempts on somebody else's status are recorded at most once a minute for each person and
// target: the first at once, those of the rest of its minute together, with their count, when the
// minute is over. Who tries limits::kRefusedTargets people in a minute is counted for all others
// together, in a line without a target. Pure; owned by the workspace thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/history.h"
#include "core/time.h"

namespace pastille {

class RefusalTally {
 public:
  static constexpr std::chrono::minutes kEvery{1};

  // Whether to write the item now; otherwise it is counted.
  bool admit(const AuditItem& item, Instant now);
  // Counts what could not be written, to come back when its minute is over.
  void count(const AuditItem& item, Instant now);
  // What the minutes that are over have left to write.
  std::vector<AuditItem> take_due(Instant now, std::size_t at_most);
  // All that is left, at the end of the process.
  std::vector<AuditItem> take_all() { return take_due(Instant::max(), minutes_.size()); }
  std::optional<Instant> next() const;

 private:
  struct Minute {
    Instant ends;
    AuditItem rest;  // count 0: none yet
  };
  using Key = std::pair<UserId, std::string>;  // "": all those beyond the bound
  using Minutes = std::map<Key, Minute>;
  // Where the item is counted; end(): nowhere yet, and `key` is where it would be.
  Minutes::iterator find(const AuditItem& item, Key& key);
  bool full() const;
  Minutes minutes_;
};

}  // namespace pastille
