#include "cli/statuses_file.h"

#include <algorithm>
#include <boost/json/value.hpp>
#include <charconv>
#include <set>

#include "core/limits.h"
#include "wire/body.h"
#include "wire/csv.h"
#include "wire/json_writer.h"
#include "wire/separated.h"
#include "wire/status_json.h"

namespace pastille::cli {
namespace {

using Rows = std::vector<ImportStatuses::Row>;
using Faults = std::vector<std::string>;

constexpr std::string_view kNames = "names.";

std::vector<const StatusFields*> exported(const Organisation& organisation) {
  std::vector<const StatusFields*> all;
  organisation.statuses.for_each([&](StatusId, const Box<Status>& status) {
    if (!status->system && !status->deleted) all.push_back(&status->fields);
  });
  std::ranges::sort(all, {}, [](const StatusFields* each) {
    return std::pair<int, std::string_view>(each->position, each->name.folded);
  });
  return all;
}

std::vector<std::string> texts_of(const std::vector<Label>& labels) {
  std::vector<std::string> texts;
  texts.reserve(labels.size());
  for (const Label& each : labels) texts.push_back(each.text);
  return texts;
}

void write_json_status(JsonWriter& json, const StatusFields& fields) {
  json.begin_object().field("name", fields.name.text).key("names").begin_object();
  for (const auto& [locale, name] : fields.names) json.field(locale, name.text);
  json.end_object().field("type", to_text(fields.type)).key("tags").begin_array();
  for (const Label& tag : fields.tags) json.value(tag.text);
  json.end_array().key("icon");
  fields.icon.empty() ? json.null() : json.value(fields.icon);
  json.key("default_duration_s");
  fields.default_duration ? json.value(fields.default_duration->count()) : json.null();
  json.field("position", fields.position).end_object();
}

std::string as_json(const std::vector<const StatusFields*>& all) {
  std::string out = "{\"statuses\":[";
  for (const StatusFields* each : all) {
    out += each == all.front() ? "\n" : ",\n";
    JsonWriter json(out);
    write_json_status(json, *each);
  }
  return out + "\n]}\n";
}

std::string as_csv(const std::vector<const StatusFields*>& all) {
  std::set<std::string> locales;
  for (const StatusFields* each : all) {
    for (const auto& [locale, name] : each->names) locales.insert(locale);
  }
  std::vector<std::string> header = {"name",    "type", "tags", "icon", "default_duration_s",
                                     "position"};
  for (const std::string& each : locales) header.push_back(std::string(kNames) + each);
  std::string out;
  append_csv_line(out, header);
  for (const StatusFields* each : all) {
    std::vector<std::string> tags = texts_of(each->tags);
    for (std::string& tag : tags) tag = neutral(tag);
    std::vector<std::string> cells = {
        neutral(each->name.text),
        std::string(to_text(each->type)),
        join_with_semicolons(tags),
        neutral(each->icon),
        each->default_duration ? std::to_string(each->default_duration->count()) : "",
        std::to_string(each->position)};
    for (const std::string& locale : locales) {
      const auto found = each->names.find(locale);
      cells.push_back(found == each->names.end() ? "" : neutral(found->second.text));
    }
    append_csv_line(out, cells);
  }
  return out;
}

std::expected<Rows, Faults> from_json(const std::string& text) {
  const auto body = parse_json(text);
  if (!body) return std::unexpected(Faults{body.error().detail});
  const auto* object = body->if_object();
  const auto* list = object == nullptr ? nullptr : object->if_contains("statuses");
  if (list == nullptr || !list->is_array() || object->size() != 1) {
    return std::unexpected(
        Faults{"The file must be {\"statuses\": [...]}, as pastille export writes it."});
  }
  Rows rows;
  Faults faults;
  for (const boost::json::value& each : list->get_array()) {
    const std::string place = "/statuses/" + std::to_string(rows.size());
    std::vector<FieldError> errors;
    rows.push_back({.place = place, .fields = parse_status_patch(each, PatchOf::kNothing, errors)});
    for (const FieldError& error : errors) {
      faults.push_back(place + error.pointer + ": " + error.detail);
    }
  }
  if (!faults.empty()) return std::unexpected(std::move(faults));
  return rows;
}

class CsvStatus {
 public:
  CsvStatus(const CsvRow& row, Faults& faults) : row_(row), faults_(faults) {}

  ImportStatuses::Row read() {
    StatusPatch patch;
    patch.name = natural(row_.at("name"));
    patch.type = parse_status_type(row_.at("type"));
    if (!patch.type || patch.type == StatusType::kOffline) {
      fault("type", "one of connected, absent, busy, in_a_call");
    }
    if (row_.has("tags")) {
      patch.tags = split_at_semicolons(row_.at("tags"));
      for (std::string& each : *patch.tags) each = natural(each);
    }
    if (row_.has("icon")) patch.icon = text_or_none(row_.at("icon"));
    if (row_.has("default_duration_s")) patch.default_duration_s = number("default_duration_s");
    if (row_.has("position")) patch.position = number("position");
    for (const auto& [column, cell] : row_.cells) {
      if (column.starts_with(kNames))
        patch.names[column.substr(kNames.size())] = text_or_none(cell);
    }
    return {.place = "line " + std::to_string(row_.line), .fields = std::move(patch)};
  }

 private:
  static std::optional<std::string> text_or_none(const std::string& cell) {
    return cell.empty() ? std::nullopt : std::optional(natural(cell));
  }
  std::optional<std::int64_t> number(const std::string& column) {
    const std::string& cell = row_.at(column);
    if (cell.empty()) return std::nullopt;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error == std::errc() && end == cell.data() + cell.size()) return value;
    fault(column, "a whole number");
    return std::nullopt;
  }
  void fault(const std::string& column, const std::string& write) {
    faults_.push_back("line " + std::to_string(row_.line) + ", " + column + ": write " + write +
                      ".");
  }

  const CsvRow& row_;
  Faults& faults_;
};

std::expected<Rows, Faults> from_csv(const std::string& text, const Unicode& unicode) {
  auto table = parse_csv(text,
                         {.required = {"name", "type"},
                          .optional = {"tags", "icon", "default_duration_s", "position"},
                          .optional_prefix = std::string(kNames),
                          .rows_most = limits::kLiveStatuses},
                         unicode);
  Rows rows;
  Faults faults;
  if (!table) {
    for (const LineFault& each : table.error()) faults.push_back(to_text(each));
    return std::unexpected(std::move(faults));
  }
  for (const CsvRow& each : table->rows) rows.push_back(CsvStatus(each, faults).read());
  if (!faults.empty()) return std::unexpected(std::move(faults));
  return rows;
}

}  // namespace

std::optional<FileKind> file_kind(const std::string& path) {
  if (path.ends_with(".json")) return FileKind::kJson;
  if (path.ends_with(".csv")) return FileKind::kCsv;
  return std::nullopt;
}

std::string write_statuses(const Organisation& organisation, FileKind kind) {
  const auto all = exported(organisation);
  return kind == FileKind::kJson ? as_json(all) : as_csv(all);
}

std::expected<Rows, Faults> read_statuses(const std::string& text, FileKind kind,
                                          const Unicode& unicode) {
  return kind == FileKind::kJson ? from_json(text) : from_csv(text, unicode);
}

}  // namespace pastille::cli
