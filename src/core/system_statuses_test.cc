// The system statuses, the built-in roles and the words of the closed lists.
#include "core/system_statuses.h"

#include <gtest/gtest.h>

#include "core/built_in_roles.h"
#include "core/history.h"
#include "core/unicode_test.h"

namespace pastille {
namespace {

TEST(SystemStatuses, AreOnePerTypeInEnglishAndFrench) {
  const auto statuses = system_statuses(kUnicode, Time());
  const std::array<std::pair<const char*, const char*>, 5> names = {{{"Connected", "Connecté"},
                                                                     {"Absent", "Absent"},
                                                                     {"Busy", "Occupé"},
                                                                     {"In a call", "En appel"},
                                                                     {"Offline", "Hors ligne"}}};
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    EXPECT_EQ(statuses[i].id, system_status(kStatusTypes[i]));
    EXPECT_LT(statuses[i].id.number, kFirstCustomStatus);
    EXPECT_EQ(statuses[i].fields.type, kStatusTypes[i]);
    EXPECT_EQ(statuses[i].fields.name.text, names[i].first);
    EXPECT_EQ(statuses[i].fields.names.at("fr").text, names[i].second);
    EXPECT_TRUE(statuses[i].system);
  }
  EXPECT_EQ(statuses[2].fields.names.at("fr").folded, "occupe");
}

TEST(BuiltInRoles, AreAdministratorAndAgent) {
  const auto roles = built_in_roles(kUnicode);
  EXPECT_EQ(roles[0].id, kAdministratorRole);
  EXPECT_EQ(roles[0].permissions, Permissions::all());
  EXPECT_EQ(roles[1].id, kAgentRole);
  EXPECT_TRUE(roles[1].permissions.empty());
  EXPECT_TRUE(roles[0].built_in && roles[1].built_in);
}

TEST(Words, OfEveryClosedListComeBack) {
  for (const Permission each : kAllPermissions) {
    EXPECT_EQ(parse_permission(to_text(each)), each);
  }
  for (const StatusType each : kStatusTypes) EXPECT_EQ(parse_status_type(to_text(each)), each);
  for (const StatusAction each :
       {StatusAction::kCreated, StatusAction::kModified, StatusAction::kDuplicated,
        StatusAction::kDeleted, StatusAction::kRestored}) {
    EXPECT_EQ(parse_status_action(to_text(each)), each);
  }
  EXPECT_FALSE(parse_permission("statuses.set_for_others"));
  EXPECT_FALSE(parse_status_type("Busy"));
  EXPECT_FALSE(parse_status_action(""));
}

}  // namespace
}  // namespace pastille
