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
