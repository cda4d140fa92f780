#include "wire/statuses_file.h"

#include <algorithm>
#include <boost/json/value.hpp>
#include <charconv>
#include <set>

#include "core/limits.h"
#include "core/outside_text.h"
#include "wire/csv.h"
#include "wire/file_text.h"
#include "wire/history_json.h"
#include "wire/json_writer.h"
#include "wire/separated.h"
#include "wire/status_json.h"
#include "wire/written_values.h"

namespace pastille {
namespace {

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
  std::string out(kByteOrderMark);
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

// Where a status holds more than any has, so that not each of it is told.
const char* too_large(const boost::json::value& status) {
  const auto* object = status.if_object();
  if (object == nullptr) return nullptr;
  if (object->size() > limits::kStatusMembers) return "";
  const auto* names = object->if_contains("names");
  if (names != nullptr && names->is_object() &&
      names->get_object().size() > limits::kStatusMembers) {
    return "/names";
  }
  const auto* tags = object->if_contains("tags");
  const bool many =
      tags != nullptr && tags->is_array() && tags->get_array().size() > limits::kStatusMembers;
  return many ? "/tags" : nullptr;
}

CsvRules csv_rules() {
  return {.columns = {{.name = "name",
                       .required = true,
                       .also = {"statusname", "displayname", "label", "status"}},
                      {.name = "type", .required = true, .also = {"statustype"}},
                      {.name = "tags", .also = {"tag"}},
                      {.name = "icon", .also = {"emoji"}},
                      {.name = "default_duration_s", .also = {"defaultduration", "duration"}},
                      {.name = "position", .also = {"order", "displayorder", "sortorder"}}},
          .prefix = std::string(kNames),
          .rows_most = limits::kLiveStatuses};
}

class CsvStatus {
 public:
  CsvStatus(const CsvRow& row, const Unicode& unicode, FieldFaults& faults)
      : row_(row), unicode_(unicode), faults_(faults) {}

  ImportStatuses::Row read() {
    StatusPatch patch;
    patch.name = natural(row_.at("name"));
    patch.type = written_type(row_.at("type"), unicode_);
    if (!patch.type) fault("type", "Write connected, absent, busy or in_a_call", "not_a_type");
    if (row_.has("tags")) {
      patch.tags = split_at_semicolons(row_.at("tags"));
      for (std::string& each : *patch.tags) each = natural(each);
    }
    if (row_.has("icon")) patch.icon = icon();
    if (row_.has("default_duration_s")) patch.default_duration_s = duration();
    if (row_.has("position")) patch.position = position();
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
  // ":coffee:" is how chats name one.
  std::optional<std::string> icon() {
    const std::string& cell = row_.at("icon");
    if (cell.size() < 3 || !cell.starts_with(':') || !cell.ends_with(':')) {
      return text_or_none(cell);
    }
    fault("icon", "Write the emoji itself, as ☕", "not_an_emoji");
    return std::nullopt;
  }
  std::optional<std::int64_t> duration() {
    const std::string& cell = row_.at("default_duration_s");
    if (cell.empty()) return std::nullopt;
    const auto seconds = written_duration(cell, unicode_);
    if (!seconds) {
      fault("default_duration_s", "Write seconds, or a number with s, min or h: 900, 15 min, 1 h",
            "not_a_duration");
    }
    return seconds;
  }
  std::optional<std::int64_t> position() {
    const std::string& cell = row_.at("position");
    if (cell.empty()) return std::nullopt;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error == std::errc() && end == cell.data() + cell.size()) return value;
    fault("position", "Write a whole number", "not_a_number");
    return std::nullopt;
  }
  void fault(const std::string& column, const std::string& write, const std::string& code) {
    const std::string text = printable(row_.at(column), kShownOfFile);
    faults_.add(to_field_error({.line = row_.line,
                                .column = column,
                                .detail = write + (text.empty() ? "." : ", not \"" + text + "\"."),
                                .code = code,
                                .params = {{"text", text}}}));
  }

  const CsvRow& row_;
  const Unicode& unicode_;
  FieldFaults& faults_;
};

}  // namespace

std::optional<FileKind> parse_file_kind(std::string_view text) {
  if (text == "json") return FileKind::kJson;
  if (text == "csv") return FileKind::kCsv;
  return std::nullopt;
}

std::optional<FileKind> file_kind(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? std::nullopt : parse_file_kind(path.substr(dot + 1));
}

std::string write_statuses(const Organisation& organisation, FileKind kind) {
  const auto all = exported(organisation);
  return kind == FileKind::kJson ? as_json(all) : as_csv(all);
}

StatusesFile statuses_from_json(const boost::json::value& body, FieldFaults& faults) {
  const auto* object = body.if_object();
  if (object == nullptr) {
    faults.add({.pointer = "", .detail = "Send {\"statuses\": [...]}, as an export is written."});
    return {};
  }
  for (const auto& [key, value] : *object) {
    if (key != "statuses")
      faults.add({.pointer = '/' + std::string(key), .detail = "There is no such field."});
  }
  const auto* list = object->if_contains("statuses");
  if (list == nullptr || !list->is_array()) {
    faults.add({.pointer = "/statuses", .detail = "Write a list of statuses."});
    return {};
  }
  if (list->get_array().size() > limits::kLiveStatuses) {
    faults.add(
        {"/statuses", "At most " + std::to_string(limits::kLiveStatuses) + " statuses are taken."});
    return {};
  }
  StatusesFile file;
  for (const boost::json::value& each : list->get_array()) {
    const std::string place = "/statuses/" + std::to_string(file.rows.size());
    if (const auto* large = too_large(each)) {
      faults.add({.pointer = place + large,
                  .detail = "At most " + std::to_string(limits::kStatusMembers) + " entries."});
      file.rows.push_back({.place = place, .fields = {}});
      continue;
    }
    std::vector<FieldError> own;
    file.rows.push_back(
        {.place = place, .fields = parse_status_patch(each, PatchOf::kNothing, own)});
    for (FieldError& fault : own) {
      fault.pointer = place + fault.pointer;
      faults.add(std::move(fault));
    }
  }
  return file;
}

StatusesFile statuses_from_csv(std::string_view bytes, const Unicode& unicode,
                               FieldFaults& faults) {
  auto table = parse_csv(bytes, csv_rules(), unicode);
  if (!table) {
    faults = to_field_faults(table.error());
    return {};
  }
  StatusesFile file{.rows = {}, .ignored_columns = std::move(table->ignored)};
  for (const CsvRow& each : table->rows) {
    file.rows.push_back(CsvStatus(each, unicode, faults).read());
  }
  return file;
}

std::string import_report_json(const ImportStatuses::Answer& answer,
                               const std::vector<std::string>& ignored_columns, bool dry_run) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("dry_run", dry_run).key("steps").begin_array();
  for (const ImportStatuses::Step& step : answer.steps) {
    const bool same = !step.created && step.changes.empty();
    json.begin_object()
        .field("name", step.name)
        .field("type", to_text(step.type))
        .field("action", step.created ? "create"
                         : same       ? "keep"
                                      : "modify")
        .key("changes")
        .begin_array();
    for (const FieldChange& change : step.changes) write_field_change(json, change);
    json.end_array().end_object();
  }
  json.end_array().key("new_tags").begin_array();
  for (const std::string& each : answer.new_tags) json.value(each);
  json.end_array().key("ignored_columns").begin_array();
  for (const std::string& each : ignored_columns) json.value(each);
  json.end_array().end_object();
  return out;
}

}  // namespace pastille
