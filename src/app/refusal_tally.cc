#include "app/refusal_tally.h"

#include <algorithm>
#include <iterator>

#include "core/limits.h"

namespace pastille {

RefusalTally::Minutes::iterator RefusalTally::find(const AuditItem& item, Key& key) {
  key = Key(item.by.user, item.target);
  const auto found = minutes_.find(key);
  if (found != minutes_.end()) return found;
  const auto first = minutes_.lower_bound(Key(item.by.user, ""));
  const auto last = std::find_if(
      first, minutes_.end(), [&](const auto& each) { return each.first.first != item.by.user; });
  if (std::distance(first, last) < limits::kRefusedTargets) return minutes_.end();
  key.second.clear();
  return minutes_.find(key);
}

bool RefusalTally::full() const { return minutes_.size() >= limits::kRefusalsCounted; }

bool RefusalTally::admit(const AuditItem& item, Instant now) {
  if (item.problem != Problem::kOwnStatusOnly) return true;
  Key key;
  const auto found = find(item, key);
  if (found == minutes_.end() && full()) return false;
  if (found == minutes_.end() || found->second.ends <= now) {
    // Of a minute that is over and not yet taken nothing gets lost: its rest is counted in.
    AuditItem rest = item;
    rest.target = key.second;
    rest.count = found == minutes_.end() ? 0 : found->second.rest.count;
    minutes_[key] = Minute{.ends = now + kEvery, .rest = std::move(rest)};
    return true;
  }
  found->second.rest.at = item.at;
  ++found->second.rest.count;
  return false;
}

void RefusalTally::count(const AuditItem& item, Instant now) {
  if (item.problem != Problem::kOwnStatusOnly) return;
  Key key;
  const auto found = find(item, key);
  if (found == minutes_.end()) {
    if (full()) return;
    AuditItem rest = item;
    rest.target = key.second;
    minutes_[key] = Minute{.ends = now + kEvery, .rest = std::move(rest)};
    return;
  }
  found->second.rest.at = item.at;
  found->second.rest.count += item.count;
}

std::vector<AuditItem> RefusalTally::take_due(Instant now, std::size_t at_most) {
  std::vector<AuditItem> due;
  for (auto each = minutes_.begin(); each != minutes_.end() && due.size() < at_most;) {
    if (each->second.ends > now) {
      ++each;
      continue;
    }
    if (each->second.rest.count > 0) due.push_back(each->second.rest);
    each = minutes_.erase(each);
  }
  return due;
}

std::optional<Instant> RefusalTally::next() const {
  if (minutes_.empty()) return std::nullopt;
  return std::ranges::min_element(minutes_, {}, [](const auto& each) { return each.second.ends; })
      ->second.ends;
}

}  // namespace pastille
