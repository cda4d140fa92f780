#include "sql/row_json.h"

#include <gtest/gtest.h>

#include "app/ports/store.h"
#include "core/ids.h"

namespace pastille::sql {
namespace {

TEST(RowJson, GivesBackWhatWasWritten) {
  const std::vector<Label> labels{{.text = "Café \"1\"", .folded = "cafe \"1\""}, {}};
  EXPECT_EQ(parse_labels(labels_text(labels)), labels);
  const std::map<std::string, Label> names{{"fr-CA", labels[0]}, {"pl", labels[1]}};
  EXPECT_EQ(parse_names(names_text(names)), names);
  Permissions permissions;
  permissions.add(Permission::kAuditRead);
  EXPECT_EQ(parse_permissions(permissions_text(permissions)), permissions);
  const std::vector<FieldChange> changes{{"names.fr", "null", "\"Pause\""}};
  EXPECT_EQ(parse_changes(changes_text(changes)), changes);
  const std::vector<TeamId> ids{TeamId{1}, TeamId{kMaxIdNumber}};
  EXPECT_EQ(parse_ids<TeamId>(ids_text(ids)), ids);
}

TEST(RowJson, GivesBackAKey) {
  SealingKey key{};
  for (std::size_t at = 0; at < key.size(); ++at) key[at] = static_cast<std::uint8_t>(at * 8 + 7);
  EXPECT_EQ(key_text(key).size(), 64U);
  EXPECT_EQ(parse_key(key_text(key)), key);
  for (const std::string& damaged : {std::string(), std::string(63, '0'), std::string(65, '0'),
                                     std::string(64, 'g'), std::string(64, 'A')}) {
    EXPECT_THROW(parse_key(damaged), StoreFailure) << damaged;
  }
}

TEST(RowJson, LeavesOutAPermissionOfALaterVersion) {
  EXPECT_EQ(parse_permissions(R"(["fly"])"), Permissions{});
}

TEST(RowJson, SaysThatARowIsDamagedAndNotWhatItHolds) {
  for (const char* damaged :
       {"", "{", "7", "[[]]", "[[1,2]]", R"({"fr":[]})", "[-1]", "[null]", R"(["Ottilie"])"}) {
    EXPECT_THROW(parse_labels(damaged), StoreFailure) << damaged;
    EXPECT_THROW(parse_names(damaged), StoreFailure) << damaged;
    EXPECT_THROW(parse_changes(damaged), StoreFailure) << damaged;
    EXPECT_THROW(parse_numbers(damaged), StoreFailure) << damaged;
  }
  try {
    parse_numbers(R"(["Ottilie"])");
  } catch (const StoreFailure& failure) {
    EXPECT_EQ(std::string(failure.what()).find("Ottilie"), std::string::npos);
  }
}

}  // namespace
}  // namespace pastille::sql
