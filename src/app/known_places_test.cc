#include "app/known_places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/limits.h"

namespace pastille {
namespace {

using testing::ElementsAre;

Draft with_anna() {
  Organisation state;
  state.apply(PersonPut{Person{.id = UserId{1}, .login = {.text = "anna", .folded = "anna"}}});
  return Draft(std::move(state));
}

TEST(KnownPlaces, AreRememberedOnceTheNewestFirst) {
  Draft draft = with_anna();
  remember_place(draft, UserId{1}, 7);
  remember_place(draft, UserId{1}, 8);
  draft.take_changes();
  remember_place(draft, UserId{1}, 7);
  EXPECT_TRUE(draft.changes().empty());
  EXPECT_THAT(draft.now().person(UserId{1})->known_places, ElementsAre(8, 7));
}

TEST(KnownPlaces, AreAsManyAsTheLimitAndTheOldestGoes) {
  Draft draft = with_anna();
  for (std::uint64_t place = 1; place <= limits::kKnownPlaces; ++place) {
    remember_place(draft, UserId{1}, place);
  }
  EXPECT_TRUE(knows_place(*draft.now().person(UserId{1}), 1));
  remember_place(draft, UserId{1}, 100);
  EXPECT_FALSE(knows_place(*draft.now().person(UserId{1}), 1));
  EXPECT_TRUE(knows_place(*draft.now().person(UserId{1}), 2));
  EXPECT_EQ(draft.now().person(UserId{1})->known_places.size(), limits::kKnownPlaces);
}

TEST(KnownPlaces, ChangeNothingThatAnybodySees) {
  Draft draft = with_anna();
  const Person before = *draft.now().person(UserId{1});
  remember_place(draft, UserId{1}, 7);
  const Person& after = *draft.now().person(UserId{1});
  EXPECT_EQ(after.version, before.version);
  EXPECT_EQ(after.own_version, before.own_version);
  EXPECT_EQ(after.rev, before.rev);
}

TEST(KnownPlaces, FitIntoANumberOfJson) {
  SecretHash all;
  all.fill(0xFF);
  EXPECT_EQ(place_fingerprint(all), (std::uint64_t{1} << 53U) - 1);
  all[0] = 0;
  EXPECT_LT(place_fingerprint(all), std::uint64_t{1} << 46U);
}

}  // namespace
}  // namespace pastille
