// A file of people as CSV: login, display_name, role, and where wanted teams (separated by ';'),
// locale, time_zone and active. Headers of other systems' files are known, too. Pure; what becomes
// of the rows is decided by ImportPeople.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/import_people.h"
#include "core/unicode.h"
#include "wire/csv.h"

namespace pastille {

std::optional<ImportPeople::Mode> parse_import_mode(std::string_view text);  // "add", "update"

struct PeopleCsvRules {
  ImportPeople::Mode mode = ImportPeople::Mode::kAdd;
  std::string role = {};      // of rows that name none
  std::size_t rows_most = 0;  // besides the header
};

struct PeopleFile {
  std::vector<ImportPeople::Row> rows;
  std::vector<std::string> ignored_columns;  // CsvTable::ignored
};

// All that is wrong with the file itself; with what its cells say, ImportPeople finds.
std::expected<PeopleFile, LineFaults> parse_people_csv(std::string_view bytes,
                                                       const PeopleCsvRules& rules,
                                                       const Unicode& unicode);

}  // namespace pastille
