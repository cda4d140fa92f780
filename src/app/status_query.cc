#include "app/status_query.h"

#include <algorithm>

#include "app/matching.h"

namespace pastille {
namespace {

bool matches(const StatusFields& fields, const SearchWords& words) {
  std::vector<std::string_view> texts = {fields.name.folded};
  for (const auto& [language, name] : fields.names) texts.emplace_back(name.folded);
  for (const Label& tag : fields.tags) texts.emplace_back(tag.folded);
  return words.found_in(texts);
}

bool carries(const StatusFields& fields, const std::vector<std::string>& folded_tags) {
  return std::ranges::all_of(folded_tags, [&](const std::string& wanted) {
    return std::ranges::any_of(fields.tags, [&](const Label& tag) { return tag.folded == wanted; });
  });
}

std::string key_of(const Status& status, const StatusQuery& query, const Unicode& unicode) {
  std::string key;
  switch (query.sort) {
    case StatusSort::kPosition:
      append_ordered(key, static_cast<std::uint64_t>(status.fields.position));
      break;
    case StatusSort::kName:
      break;
    case StatusSort::kType:
      append_ordered(key, static_cast<std::uint64_t>(status.fields.type));
      break;
    case StatusSort::kUpdatedAt:
      append_ordered(key, static_cast<std::uint64_t>(status.updated_at.time_since_epoch().count()));
      break;
  }
  if (query.sort != StatusSort::kUpdatedAt) {
    key += unicode.sort_key(status.fields.name.text, query.locale);
    key += '\0';  // shorter names first; sort keys hold no zero
  }
  append_ordered(key, status.id.number);
  return key;
}

}  // namespace

std::optional<StatusSort> parse_status_sort(std::string_view text) {
  if (text == "position") return StatusSort::kPosition;
  if (text == "name") return StatusSort::kName;
  if (text == "type") return StatusSort::kType;
  if (text == "updated_at") return StatusSort::kUpdatedAt;
  return std::nullopt;
}

std::vector<StatusQuery::Row> StatusQuery::rows(const Organisation& organisation,
                                                const Unicode& unicode) const {
  const SearchWords words(text, unicode);
  std::vector<std::string> folded_tags;
  folded_tags.reserve(tags.size());
  for (const std::string& tag : tags) {
    folded_tags.push_back(unicode.fold(unicode.tidy(tag).value_or(std::string())));
  }
  std::vector<Row> found;
  organisation.statuses.for_each([&](StatusId id, const Box<Status>& status) {
    if (status->deleted != deleted || (type && status->fields.type != *type)) return;
    if (!carries(status->fields, folded_tags) || !matches(status->fields, words)) return;
    found.push_back({key_of(*status, *this, unicode), id});
  });
  std::ranges::sort(found, {}, &Row::key);
  return found;
}

}  // namespace pastille
