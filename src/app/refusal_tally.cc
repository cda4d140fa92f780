#include "app/refusal_tally.h"

#include <algorithm>

#include "core/limits.h"

namespace pastille {

// The target, or none where this person has tried too many within the minute.
RefusalTally::Key RefusalTally::key_of(const AuditItem& item) const {
  const Key own(item.by.user, item.target);
  if (minutes_.contains(own)) return own;
  std::size_t lines = 0;
  for (auto each = minutes_.lower_bound(Key(item.by.user, ""));
       each != minutes_.end() && each->first.first == item.by.user; ++each) {
    ++lines;
  }
  return lines < limits::kRefusalLinesPerMinute ? own : Key(item.by.user, "");
}

bool RefusalTally::admit(const AuditItem& item, Instant now) {
  if (item.problem != Problem::kOwnStatusOnly) return true;
  const Key key = key_of(item);
  const auto found = minutes_.find(key);
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
  const Key key = key_of(item);
  const auto found = minutes_.find(key);
  if (found == minutes_.end()) {
    AuditItem rest = item;
    rest.target = key.second;
    minutes_[key] = Minute{.ends = now + kEvery, .rest = std::move(rest)};
    return;
  }
  found->second.rest.at = item.at;
  found->second.rest.count += item.count;
}

std::vector<AuditItem> RefusalTally::take_due(Instant now) {
  std::vector<AuditItem> due;
  for (auto each = minutes_.begin(); each != minutes_.end();) {
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
