#include "wire/people_csv.h"

#include <charconv>
#include <utility>

#include "core/limits.h"
#include "wire/separated.h"

namespace pastille {
namespace {

ImportPeople::Row row_of(const CsvRow& row) {
  ImportPeople::Row person{.line = row.line,
                           .login = natural(row.at("login")),
                           .display_name = natural(row.at("display_name")),
                           .role = natural(row.at("role")),
                           .locale = row.at("locale"),
                           .time_zone = row.at("time_zone")};
  for (const std::string& each : split_at_semicolons(row.at("teams"))) {
    person.teams.push_back(natural(each));
  }
  return person;
}

// "line 3, role" or "line 3".
LineFault line_fault(const FieldError& error) {
  constexpr std::string_view kLine = "line ";
  LineFault fault{.line = 0, .column = {}, .detail = error.detail};
  std::string_view place = error.pointer;
  if (!place.starts_with(kLine)) return fault;
  place.remove_prefix(kLine.size());
  const auto [end, bad] = std::from_chars(place.data(), place.data() + place.size(), fault.line);
  place.remove_prefix(static_cast<std::size_t>(end - place.data()));
  if (place.starts_with(", ")) fault.column = place.substr(2);
  return fault;
}

}  // namespace

std::expected<std::vector<ImportPeople::Row>, std::vector<LineFault>> parse_people_csv(
    std::string text, const Unicode& unicode) {
  const auto table = parse_csv(std::move(text),
                               {.required = {"login", "display_name", "role"},
                                .optional = {"teams", "locale", "time_zone", "active"},
                                .rows_most = limits::kPeople},
                               unicode);
  if (!table) return std::unexpected(table.error());
  std::vector<ImportPeople::Row> rows;
  std::vector<LineFault> faults;
  rows.reserve(table->rows.size());
  for (const CsvRow& each : table->rows) {
    rows.push_back(row_of(each));
    // As `pastille user list` writes it.
    const std::string active = each.at("active");
    if (active.empty() || active == "yes") continue;
    faults.push_back({.line = each.line,
                      .column = "active",
                      .detail = "Who is added is active. Write yes, or leave the line out."});
  }
  if (!faults.empty()) return std::unexpected(std::move(faults));
  return rows;
}

std::vector<LineFault> line_faults(const std::vector<FieldError>& errors) {
  std::vector<LineFault> faults;
  faults.reserve(errors.size());
  for (const FieldError& each : errors) faults.push_back(line_fault(each));
  return faults;
}

}  // namespace pastille
