// The statuses of an organisation as a file, JSON or CSV: without the system ones, which are the
// same everywhere, and without the deleted ones.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "app/import_statuses.h"
#include "core/organisation.h"
#include "core/unicode.h"

namespace pastille::cli {

enum class FileKind : std::uint8_t { kJson, kCsv };
// By the ending of a file's name; nullopt: neither.
std::optional<FileKind> file_kind(const std::string& path);

std::string write_statuses(const Organisation& organisation, FileKind kind);
// What is wrong comes line by line ("line 3: ...", "/statuses/2/name: ...").
std::expected<std::vector<ImportStatuses::Row>, std::vector<std::string>> read_statuses(
    const std::string& text, FileKind kind, const Unicode& unicode);

}  // namespace pastille::cli
