#include "wire/status_json.h"

#include "wire/fields.h"

namespace pastille {
namespace {

void write_definition(JsonWriter& json, const Status& status) {
  const StatusFields& fields = status.fields;
  json.field("id", status.id).field("name", fields.name.text);
  json.key("names").begin_object();
  for (const auto& [locale, name] : fields.names) json.field(locale, name.text);
  json.end_object().field("type", to_text(fields.type)).field("system", status.system);
  json.key("tags").begin_array();
  for (const Label& tag : fields.tags) json.value(tag.text);
  json.end_array().key("icon");
  if (fields.icon.empty()) {
    json.null();
  } else {
    json.value(fields.icon);
  }
  json.field("position", fields.position).key("default_duration_s");
  if (fields.default_duration) {
    json.value(fields.default_duration->count());
  } else {
    json.null();
  }
  json.field("version", status.version).field("created_at", status.created_at).key("created_by");
  write_author(json, status.created_by);
  json.field("updated_at", status.updated_at).key("updated_by");
  write_author(json, status.updated_by);
}

}  // namespace

StatusPatch parse_status_patch(const boost::json::value& body, PatchOf of,
                               std::vector<FieldError>& faults) {
  Fields fields(body, faults);
  StatusPatch patch;
  patch.name = fields.text("name");
  if (auto names = fields.text_by_key("names", of == PatchOf::kAStatus)) {
    patch.names = std::move(*names);
  }
  patch.type = fields.choice("type", parse_status_type, "connected, absent, busy, in_a_call");
  patch.tags = fields.texts("tags");
  patch.icon = fields.nullable_text("icon");
  patch.default_duration_s = fields.nullable_number("default_duration_s");
  patch.position = fields.number("position");
  fields.nothing_else({"id", "system", "in_use", "version", "created_at", "created_by",
                       "updated_at", "updated_by", "deleted_at"});
  return patch;
}

void write_author(JsonWriter& json, const Author& author) {
  if (author.kind == Author::Kind::kPerson) {
    json.value(author.user);
  } else {
    json.null();
  }
}

void write_catalogue_status(JsonWriter& json, const Status& status) {
  json.begin_object();
  write_definition(json, status);
  json.end_object();
}

void write_status(JsonWriter& json, const Status& status, const Organisation& organisation) {
  json.begin_object();
  write_definition(json, status);
  json.field("in_use", organisation.shown_by(status.id));
  if (status.deleted) json.field("deleted_at", status.updated_at);
  json.end_object();
}

std::string status_json(const Status& status, const Organisation& organisation) {
  std::string out;
  JsonWriter json(out);
  write_status(json, status, organisation);
  return out;
}

}  // namespace pastille
