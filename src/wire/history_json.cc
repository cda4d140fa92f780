#include "wire/history_json.h"

#include "wire/status_json.h"

namespace pastille {
namespace {

constexpr char kLine = 'h';  // the letter of their ids: lines of histories and of the audit

}  // namespace

void write_field_change(JsonWriter& json, const FieldChange& change) {
  json.begin_object().field("field", change.field);
  json.key("before").raw(change.before);
  json.key("after").raw(change.after);
  json.end_object();
}

void write_status_history(JsonWriter& json, std::uint64_t row, const StatusHistoryItem& item) {
  json.begin_object().field("id", id_text(kLine, row)).field("at", item.at).key("by");
  write_author(json, item.by);
  json.field("action", to_text(item.action)).key("changes").begin_array();
  for (const FieldChange& change : item.changes) write_field_change(json, change);
  json.end_array().end_object();
}

void write_own_history(JsonWriter& json, std::uint64_t row, const OwnHistoryStep& step) {
  json.begin_object()
      .field("id", id_text(kLine, row))
      .field("status_id", step.item.status)
      .field("name", step.item.name)
      .field("type", to_text(step.item.type))
      .key("note");
  if (step.item.note.empty()) {
    json.null();
  } else {
    json.value(step.item.note);
  }
  json.field("from", step.item.at).field("to", step.to).end_object();
}

void write_audit(JsonWriter& json, std::uint64_t row, const AuditItem& item,
                 std::string_view problem) {
  json.begin_object().field("id", id_text(kLine, row)).field("at", item.at).key("by");
  write_author(json, item.by);
  json.field("action", item.action).key("target");
  if (item.target.empty()) {
    json.null();
  } else {
    json.value(item.target);
  }
  json.field("outcome", problem.empty() ? "done" : "refused");
  if (!problem.empty()) json.field("problem", problem);
  if (item.count > 1) json.field("count", item.count);
  json.end_object();
}

}  // namespace pastille
