#include "app/people_order.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "app/matching.h"

namespace pastille {
namespace {

std::string key_of(const Person& person, std::string_view locale, const Unicode& unicode) {
  std::string key = unicode.sort_key(person.display_name.text, std::string(locale));
  key += '\0';  // shorter names first; sort keys hold no zero
  append_ordered(key, person.id.number);
  return key;
}

}  // namespace

// A name does not change without its person's rev, and no rev is above the version.
PeopleOrder order_people(const Organisation& organisation, std::string_view locale,
                         const Unicode& unicode, const PeopleOrder* earlier) {
  PeopleOrder order{.epoch = organisation.position().epoch,
                    .version = organisation.directory_version,
                    .rows = {}};
  const bool goes_on =
      earlier != nullptr && earlier->epoch == order.epoch && earlier->version <= order.version;
  std::vector<bool> has_changed(organisation.next.user);
  std::vector<PeopleOrder::Row> changed;
  organisation.people.for_each([&](UserId id, const Box<Person>& person) {
    if (person->active && !person->erased) ++order.active;
    if (goes_on && person->rev <= earlier->version) return;
    has_changed[id.number] = true;
    if (!person->erased) changed.push_back({key_of(*person, locale, unicode), id});
  });
  std::ranges::sort(changed, {}, &PeopleOrder::Row::key);
  if (!goes_on) {
    order.rows = std::move(changed);
    return order;
  }
  order.rows.reserve(earlier->rows.size() + changed.size());
  auto next = changed.begin();
  for (const PeopleOrder::Row& row : earlier->rows) {
    if (has_changed[row.user.number]) continue;
    for (; next != changed.end() && next->key < row.key; ++next) {
      order.rows.push_back(std::move(*next));
    }
    order.rows.push_back(row);
  }
  std::move(next, changed.end(), std::back_inserter(order.rows));
  return order;
}

}  // namespace pastille
