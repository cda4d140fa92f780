#include "push/bulletin.h"

#include <algorithm>
#include <unordered_map>

namespace pastille::push {
namespace {

template <class T>
void add_once(std::vector<T>& to, const std::vector<T>& more) {
  to.insert(to.end(), more.begin(), more.end());
  std::ranges::sort(to);
  const auto again = std::ranges::unique(to);
  to.erase(again.begin(), again.end());
}

// Of each person the last one.
void keep_newest(std::vector<ChangedEntry>& entries) {
  std::unordered_map<UserId, std::uint64_t> newest;
  for (const ChangedEntry& each : entries) newest[each.user] = each.rev;
  std::erase_if(entries,
                [&](const ChangedEntry& each) { return newest.at(each.user) != each.rev; });
}

}  // namespace

void merge(Bulletin& into, const Bulletin& next) {
  into.after = next.after;
  into.entries.insert(into.entries.end(), next.entries.begin(), next.entries.end());
  // Not each time: it looks at all of them.
  if (into.entries.size() > 64 + 2 * into.after->people.size()) keep_newest(into.entries);
  add_once(into.people, next.people);
  for (std::size_t part = 0; part < kConfigParts; ++part) into.config[part] |= next.config[part];
  add_once(into.selves, next.selves);
  add_once(into.roles, next.roles);
  std::vector<UserId> told = next.conversations;
  for (const Note& note : into.messages) told.push_back(note.to);
  for (const Note& note : next.messages) told.push_back(note.to);
  into.messages.clear();
  add_once(into.conversations, told);
  into.ended.insert(into.ended.end(), next.ended.begin(), next.ended.end());
}

}  // namespace pastille::push
