#include "wire/people_csv.h"
#include "wire/file_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/outside_text.h"
#include "wire/separated.h"

namespace pastille {
namespace {

using Mode = ImportPeople::Mode;

// The headers of Entra, Google Workspace, Okta, Zammad, Freshservice, Genesys, Slack, 3CX, FreePBX.
CsvRules rules_of(const PeopleCsvRules& given) {
  const bool adds = given.mode == Mode::kAdd;
  return {.columns = {{.name = "login",
                       .required = true,
                       .also = {"username", "userprincipalname", "email", "emailaddress",
                                "primaryemail", "mail", "workemail", "extension", "number"}},
                      // One may be made of the next two: row_of() sees to it.
                      {.name = "display_name", .also = {"fullname", "name", "realname"}},
                      {.name = "first_name", .also = {"givenname"}},
                      {.name = "last_name", .also = {"surname", "familyname"}},
                      {.name = "role", .required = adds && given.role.empty()},
                      {.name = "teams", .also = {"team", "groups", "group"}},
                      {.name = "locale", .also = {"language", "preferredlanguage"}},
                      {.name = "time_zone", .also = {"timezone", "tz"}},
                      {.name = "active", .also = {"accountenabled", "enabled"}}},
          .prefix = {},
          .rows_most = given.rows_most};
}

// As people and directories write it, and as spreadsheets of European languages write TRUE and
// FALSE; folded.
std::optional<bool> yes_or_no(std::string_view folded) {
  constexpr auto kYes = std::to_array<std::string_view>(
      {"yes",    "true", "1",    "y",    "active",    "enabled", "on",         "ja",
       "wahr",   "oui",  "vrai", "si",   "verdadero", "vero",    "verdadeiro", "waar",
       "prawda", "sant", "sand", "sann", "pravda",    "tosi",    "igaz"});
  constexpr auto kNo = std::to_array<std::string_view>(
      {"no",     "false",  "0",     "n",        "inactive", "disabled", "off",
       "nein",   "falsch", "non",   "faux",     "falso",    "onwaar",   "falsz",
       "falskt", "falsk",  "usann", "nepravda", "epatosi",  "hamis"});
  if (std::ranges::find(kYes, folded) != kYes.end()) return true;
  if (std::ranges::find(kNo, folded) != kNo.end()) return false;
  return std::nullopt;
}

ImportPeople::Row row_of(const CsvRow& row, const std::string& default_role) {
  ImportPeople::Row person{.line = row.line,
                           .login = natural(row.at("login")),
                           .display_name = natural(row.at("display_name")),
                           .role = natural(row.at("role")),
                           .teams_given = row.has("teams"),
                           .locale = row.at("locale"),
                           .time_zone = row.at("time_zone")};
  if (person.role.empty()) person.role = default_role;
  if (person.display_name.empty()) {
    const std::string first = natural(row.at("first_name"));
    const std::string last = natural(row.at("last_name"));
    person.display_name = first + (first.empty() || last.empty() ? "" : " ") + last;
  }
  for (const std::string& each : split_at_semicolons(row.at("teams"))) {
    person.teams.push_back(natural(each));
  }
  return person;
}

bool names_people(const CsvTable& table) {
  return table.has("display_name") || table.has("first_name") || table.has("last_name");
}

}  // namespace

std::optional<Mode> parse_import_mode(std::string_view text) {
  if (text == "add") return Mode::kAdd;
  if (text == "update") return Mode::kUpdate;
  return std::nullopt;
}

std::expected<PeopleFile, LineFaults> parse_people_csv(std::string_view bytes,
                                                       const PeopleCsvRules& rules,
                                                       const Unicode& unicode) {
  auto table = parse_csv(bytes, rules_of(rules), unicode);
  LineFaults faults;
  if (!table) return std::unexpected(std::move(table.error()));
  if (rules.mode == Mode::kAdd && !names_people(*table)) {
    faults.add({.line = 1,
                .detail = "The column \"display_name\" is missing, or \"first_name\" and "
                          "\"last_name\" instead.",
                .code = "column_missing",
                .params = {{"column", "display_name"}}});
  }
  PeopleFile file{.rows = {}, .ignored_columns = std::move(table->ignored)};
  file.rows.reserve(table->rows.size());
  for (const CsvRow& each : table->rows) {
    file.rows.push_back(row_of(each, rules.role));
    const std::string& active = each.at("active");
    file.rows.back().active = yes_or_no(unicode.fold(active));
    if (active.empty() || file.rows.back().active) continue;
    faults.add({.line = each.line,
                .column = "active",
                .detail = "Write yes or no, not \"" + printable(active, kShownOfFile) + "\".",
                .code = "not_yes_or_no",
                .params = {{"text", printable(active, kShownOfFile)}}});
  }
  if (!faults.none()) return std::unexpected(std::move(faults));
  return file;
}

}  // namespace pastille
