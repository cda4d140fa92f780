#include "app/status_query.h"

#include "app/delete_status.h"
#include "app/stage_test.h"

namespace pastille {
namespace {

class TheListOfStatuses : public testing::Test {
 protected:
  void make(const std::string& name, std::vector<std::string> tags = {}, int position = 0,
            StatusType type = StatusType::kAbsent) {
    stage.clock.tick(std::chrono::seconds(1));
    stage.must(
        CreateStatus{{.name = name, .type = type, .tags = std::move(tags), .position = position}});
  }
  std::vector<std::string> names(const StatusQuery& query) {
    std::vector<std::string> found;
    for (const auto& row : query.rows(stage.now(), stage.unicode)) {
      found.push_back(stage.now().status(row.status)->fields.name.text);
    }
    return found;
  }
  using Names = std::vector<std::string>;

  Stage stage;
};

TEST_F(TheListOfStatuses, HoldsTheSystemOnesFirst) {
  make("Coffee", {}, 5);
  EXPECT_EQ(names({}), (Names{"Connected", "Absent", "Busy", "In a call", "Offline", "Coffee"}));
}

TEST_F(TheListOfStatuses, IsSearchedInAllLanguagesAndTagsWithoutCaseAndAccents) {
  stage.must(CreateStatus{{.name = "Coffee break",
                           .names = {{"fr", "Pause café"}, {"pl", "Przerwa Łukasza"}},
                           .type = StatusType::kAbsent,
                           .tags = std::vector<std::string>{"Straße"}}});
  for (const char* text : {"COFFEE", "cafe", "café", "lukasza", "strasse", "pause cafe",
                           "break  coffee", " strasse coffee "}) {
    EXPECT_EQ(names({.text = text}), Names{"Coffee break"}) << text;
  }
  EXPECT_EQ(names({.text = "occupe"}), Names{"Busy"});
  EXPECT_EQ(names({.text = "coffee tea"}), Names{});
  EXPECT_EQ(names({.text = "  "}).size(), 6U);
}

TEST_F(TheListOfStatuses, IsNarrowedByEachTag) {
  make("One", {"Été", "b"});
  make("Two", {"ete"});
  EXPECT_EQ(names({.tags = {"ÉTÉ"}}), (Names{"One", "Two"}));
  EXPECT_EQ(names({.tags = {"ete", "B"}}), Names{"One"});
  EXPECT_EQ(names({.tags = {"et"}}), Names{});
}

TEST_F(TheListOfStatuses, IsFilteredByTypeAndDeletion) {
  make("Call back", {}, 0, StatusType::kInACall);
  EXPECT_EQ(names({.type = StatusType::kInACall}), (Names{"Call back", "In a call"}));
  const StatusId gone = stage.status("Gone");
  stage.must(DeleteStatus{gone, {}});
  EXPECT_EQ(names({.deleted = true}), Names{"Gone"});
  EXPECT_EQ(names({.text = "gone"}), Names{});
}

TEST_F(TheListOfStatuses, IsOrderedAsAskedFor) {
  int at = 0;
  for (const char* name : {"Zebra", "äpfel", "Apfel 2", "Ärger", "bravo"}) {
    make(name, {"sorted"}, 10 - at, at % 2 == 0 ? StatusType::kAbsent : StatusType::kBusy);
    ++at;
  }
  const auto by = [&](StatusSort sort, std::string locale) {
    return names({.tags = {"sorted"}, .sort = sort, .locale = std::move(locale)});
  };
  EXPECT_EQ(by(StatusSort::kPosition, "en"),
            (Names{"bravo", "Ärger", "Apfel 2", "äpfel", "Zebra"}));
  EXPECT_EQ(by(StatusSort::kName, "en"), (Names{"äpfel", "Apfel 2", "Ärger", "bravo", "Zebra"}));
  EXPECT_EQ(by(StatusSort::kName, "sv"), (Names{"Apfel 2", "bravo", "Zebra", "äpfel", "Ärger"}));
  EXPECT_EQ(by(StatusSort::kUpdatedAt, "en"),
            (Names{"Zebra", "äpfel", "Apfel 2", "Ärger", "bravo"}));
  EXPECT_EQ(by(StatusSort::kType, "en"), (Names{"Apfel 2", "bravo", "Zebra", "äpfel", "Ärger"}));
}

TEST_F(TheListOfStatuses, HasKeysThatAreUniqueAndInOrder) {
  make("Same place", {}, 3);
  make("Same Place 2", {}, 3);
  const auto rows = StatusQuery{}.rows(stage.now(), stage.unicode);
  for (std::size_t i = 1; i < rows.size(); ++i) EXPECT_LT(rows[i - 1].key, rows[i].key);
}

}  // namespace
}  // namespace pastille
