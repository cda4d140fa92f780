#include "core/status_changes.h"

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "core/json_text.h"

namespace pastille {
namespace {

constexpr std::string_view kNull = "null";

std::string tags_json(const std::vector<Label>& tags) {
  std::string out = "[";
  for (const Label& tag : tags) {
    if (out.size() > 1) out += ',';
    out += json_text(tag.text);
  }
  return out + ']';
}

std::string translation_json(const StatusFields& fields, const std::string& language) {
  const auto found = fields.names.find(language);
  return found == fields.names.end() ? std::string(kNull) : json_text(found->second.text);
}

using FieldValues = std::vector<std::pair<std::string, std::string>>;

FieldValues values_of(const StatusFields& fields, const std::set<std::string>& languages) {
  FieldValues values = {
      {"name", fields.name.text.empty() ? std::string(kNull) : json_text(fields.name.text)}};
  for (const std::string& language : languages) {
    values.emplace_back("names." + language, translation_json(fields, language));
  }
  values.emplace_back("type", json_text(to_text(fields.type)));
  values.emplace_back("tags", tags_json(fields.tags));
  values.emplace_back("icon", fields.icon.empty() ? std::string(kNull) : json_text(fields.icon));
  values.emplace_back("default_duration_s", fields.default_duration
                                                ? std::to_string(fields.default_duration->count())
                                                : std::string(kNull));
  values.emplace_back("position", std::to_string(fields.position));
  return values;
}

std::set<std::string> languages_of(const StatusFields& fields) {
  std::set<std::string> languages;
  for (const auto& [language, name] : fields.names) languages.insert(language);
  return languages;
}

}  // namespace

std::vector<FieldChange> changes_between(const StatusFields& before, const StatusFields& after) {
  std::set<std::string> languages = languages_of(before);
  languages.merge(languages_of(after));
  const FieldValues old_values = values_of(before, languages);
  const FieldValues new_values = values_of(after, languages);
  std::vector<FieldChange> changes;
  for (std::size_t i = 0; i < new_values.size(); ++i) {
    if (old_values[i] == new_values[i]) continue;
    changes.push_back({.field = new_values[i].first,
                       .before = old_values[i].second,
                       .after = new_values[i].second});
  }
  return changes;
}

std::vector<FieldChange> changes_of_new(const StatusFields& fields) {
  std::vector<FieldChange> changes;
  for (auto& [field, value] : values_of(fields, languages_of(fields))) {
    if (value == kNull || value == "[]" || value == "0") continue;
    changes.push_back({.field = field, .before = std::string(kNull), .after = std::move(value)});
  }
  return changes;
}

}  // namespace pastille
