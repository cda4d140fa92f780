// The statuses of an organisation as a file, JSON or CSV: without the system ones, which are the
// same everywhere, and without the deleted ones. And what bringing one in does.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/import_statuses.h"
#include "core/file_faults.h"
#include "core/organisation.h"
#include "core/unicode.h"

namespace pastille {

enum class FileKind : std::uint8_t { kJson, kCsv };
std::optional<FileKind> parse_file_kind(std::string_view text);  // "csv"
// By the ending of a file's name; nullopt: neither.
std::optional<FileKind> file_kind(std::string_view path);

// CSV begins with a mark, by which a spreadsheet knows UTF-8.
std::string write_statuses(const Organisation& organisation, FileKind kind);

struct StatusesFile {
  std::vector<ImportStatuses::Row> rows;
  std::vector<std::string> ignored_columns = {};  // of CSV: CsvTable::ignored
};
// What is wrong is added to `faults`, with its place: "/statuses/2/name", "line 3, name".
StatusesFile statuses_from_json(const boost::json::value& body, FieldFaults& faults);
StatusesFile statuses_from_csv(std::string_view bytes, const Unicode& unicode, FieldFaults& faults);

std::string import_report_json(const ImportStatuses::Answer& answer,
                               const std::vector<std::string>& ignored_columns, bool dry_run);

}  // namespace pastille
