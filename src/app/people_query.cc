#include "app/people_query.h"

#include <algorithm>
#include <string_view>

#include "app/matching.h"

namespace pastille {

std::vector<PeopleQuery::Row> PeopleQuery::rows(const Organisation& organisation,
                                                const Unicode& unicode) const {
  const SearchWords words(text, unicode);
  std::vector<Row> found;
  organisation.people.for_each([&](UserId id, const Box<Person>& person) {
    if (person->erased || (active && person->active != *active)) return;
    if (role && person->role != *role) return;
    if (team && std::ranges::find(person->teams, *team) == person->teams.end()) return;
    std::vector<std::string_view> texts = {person->display_name.folded};
    if (logins) texts.emplace_back(person->login.folded);
    if (!words.found_in(texts)) return;
    std::string key = unicode.sort_key(person->display_name.text, locale);
    key += '\0';  // shorter names first; sort keys hold no zero
    append_ordered(key, id.number);
    found.push_back({std::move(key), id});
  });
  std::ranges::sort(found, {}, &Row::key);
  return found;
}

}  // namespace pastille
