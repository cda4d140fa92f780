#include "server/move.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "server/moved_tables.h"
#include "sqlite/schema.h"
#include "sqlite/temporary_directory.h"

namespace pastille::server {
namespace {

using Columns = std::map<std::string, char>;  // the kind of each

// A table or a column that a migration adds must be moved, too.
TEST(MovedTables, AreAllTablesWithAllTheirColumns) {
  const TemporaryDirectory folder;
  Database database = open_for_writing(DataDirectory::database_in(folder.path()));
  std::map<std::string, Columns> there;
  auto query = database.prepare(
      "SELECT t.name, c.name, c.type FROM sqlite_schema AS t, pragma_table_info(t.name) AS c"
      " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> 'meta'");
  while (query.step()) {
    const std::string type = query.text(2);
    there[query.text(0)][query.text(1)] = type == "INTEGER" ? 'i' : type == "TEXT" ? 't' : 'b';
  }
  std::map<std::string, Columns> moved;
  for (const MovedTable& table : moved_tables()) {
    std::string names(table.columns);
    std::erase_if(names, [](char each) { return each == ' ' || each == '"'; });
    std::istringstream list(names);
    std::size_t count = 0;
    for (std::string name; std::getline(list, name, ','); ++count) {
      ASSERT_LT(count, table.kinds.size()) << table.name;
      moved[std::string(table.name)][name] = table.kinds[count];
    }
    EXPECT_EQ(count, table.kinds.size()) << table.name;
  }
  EXPECT_EQ(moved, there);
}

TEST(MoveOrganisation, RefusesATargetThatIsTheSource) {
  const TemporaryDirectory folder;
  const Whereabouts where{.directory = folder.path(), .database = {}};
  {
    const Storage made = open_storage(where, "test", Sharing::kWithNodes);
  }
  EXPECT_THROW(move_organisation(where, where), StoreFailure);
}

}  // namespace
}  // namespace pastille::server
