#include "app/known_places.h"

#include <algorithm>
#include <utility>

#include "core/limits.h"

namespace pastille {

std::uint64_t place_fingerprint(const SecretHash& of_network_and_login) {
  std::uint64_t place = 0;
  for (std::size_t i = 0; i < 8; ++i) place = place << 8U | of_network_and_login[i];
  return place >> 11U;
}

bool knows_place(const Person& person, std::uint64_t place) {
  return std::ranges::find(person.known_places, place) != person.known_places.end();
}

void remember_place(Draft& draft, UserId user, std::uint64_t place) {
  const Person* before = draft.now().person(user);
  if (before == nullptr || before->erased || knows_place(*before, place)) return;
  Person after = *before;
  after.known_places.insert(after.known_places.begin(), place);
  if (after.known_places.size() > limits::kKnownPlaces) {
    after.known_places.resize(limits::kKnownPlaces);
  }
  draft.change(PersonPut{std::move(after)});
}

}  // namespace pastille
