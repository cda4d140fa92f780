#include "wire/people_report.h"

#include "wire/history_json.h"

namespace pastille {
namespace {

void write_texts(JsonWriter& json, const std::vector<std::string>& texts) {
  json.begin_array();
  for (const std::string& each : texts) json.value(each);
  json.end_array();
}

// As it was written in the file.
void begin_row(JsonWriter& json, const ImportPeople::Row& row) {
  json.begin_object()
      .field("line", row.line)
      .field("login", row.login)
      .field("display_name", row.display_name)
      .field("role", row.role)
      .key("teams");
  write_texts(json, row.teams);
}

void write_created(JsonWriter& json, const PeopleFile& file, const ImportPeople::Answer& made,
                   bool dry_run, const std::function<void(std::size_t, JsonWriter&)>& more) {
  json.key("created").begin_array();
  for (std::size_t i = 0; i < made.steps.size(); ++i) {
    if (!made.steps[i].created) continue;
    begin_row(json, file.rows[i]);
    if (!dry_run) json.field("id", made.people[i]);
    if (more) more(i, json);
    json.end_object();
  }
  json.end_array();
}

// Gives how many stay as they are.
std::size_t write_updated(JsonWriter& json, const PeopleFile& file,
                          const ImportPeople::Answer& made,
                          const std::function<void(std::size_t, JsonWriter&)>& more) {
  std::size_t same = 0;
  json.key("updated").begin_array();
  for (std::size_t i = 0; i < made.steps.size(); ++i) {
    const ImportPeople::Step& step = made.steps[i];
    if (step.created) continue;
    if (step.changes.empty() && !step.invited) {
      ++same;
      continue;
    }
    json.begin_object()
        .field("line", file.rows[i].line)
        .field("login", file.rows[i].login)
        .field("id", made.people[i])
        .field("invited", step.invited)
        .key("changes")
        .begin_array();
    for (const FieldChange& each : step.changes) write_field_change(json, each);
    json.end_array();
    if (more) more(i, json);
    json.end_object();
  }
  json.end_array();
  return same;
}

void write_faults(JsonWriter& json, const LineFaults& faults) {
  json.key("errors").begin_array();
  for (const LineFault& each : faults.first()) {
    json.begin_object().field("line", each.line);
    if (!each.column.empty()) json.field("column", each.column);
    json.field("detail", each.detail).field("code", each.code).key("params");
    json.begin_object();
    for (const auto& [name, value] : each.params) json.field(name, value);
    json.end_object().end_object();
  }
  json.end_array().field("wrong", faults.count());
}

std::string report(const PeopleFile& file, const ImportPeople::Answer& made, PeopleReport kind,
                   const LineFaults& faults,
                   const std::function<void(std::size_t, JsonWriter&)>& more) {
  std::string out;
  JsonWriter json(out);
  const bool dry_run = kind == PeopleReport::kTrial;
  json.begin_object().field("dry_run", dry_run);
  write_created(json, file, made, dry_run, more);
  const std::size_t same = write_updated(json, file, made, more);
  json.field("unchanged", same).field("teams_created", made.teams_made).key("new_teams");
  write_texts(json, made.new_teams);
  json.key("ignored_columns");
  write_texts(json, file.ignored_columns);
  if (kind == PeopleReport::kAgain) json.field("secret_shown", true);
  write_faults(json, faults);
  json.end_object();
  return out;
}

}  // namespace

std::string people_report_json(const PeopleFile& file, const ImportPeople::Answer& made,
                               PeopleReport kind,
                               const std::function<void(std::size_t, JsonWriter&)>& more) {
  return report(file, made, kind, {}, more);
}

std::string people_faults_json(const LineFaults& faults) {
  return report({}, {}, PeopleReport::kTrial, faults, {});
}

}  // namespace pastille
