// What is text inside a row. Lists as JSON: translations, tags, ids, changed fields; how a person
// signs in, as in events; a key as hexadecimal digits. Throws StoreFailure for what is damaged.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/history.h"
#include "core/label.h"
#include "core/permission.h"
#include "core/sessions.h"
#include "core/sign_in_record.h"

namespace pastille::sql {

std::string labels_text(const std::vector<Label>& labels);  // [["text","folded"],...]
std::vector<Label> parse_labels(const std::string& text);

std::string names_text(const std::map<std::string, Label>& names);  // {"fr":["text","folded"],...}
std::map<std::string, Label> parse_names(const std::string& text);

std::string permissions_text(Permissions permissions);  // ["statuses.create",...]
Permissions parse_permissions(const std::string& text);

std::string changes_text(const std::vector<FieldChange>& changes);  // [["field","before","after"]]
std::vector<FieldChange> parse_changes(const std::string& text);

std::string numbers_text(const std::vector<std::uint64_t>& numbers);  // [1,2]
std::vector<std::uint64_t> parse_numbers(const std::string& text);

std::string key_text(const SealingKey& key);  // 64 hexadecimal digits
SealingKey parse_key(const std::string& text);

std::string sign_in_text(const SignInRecord& record);  // {"first_at":...}; {}: nothing is known
SignInRecord parse_sign_in(const std::string& text);

template <class AnyId>
std::string ids_text(const std::vector<AnyId>& ids) {
  std::vector<std::uint64_t> numbers;
  numbers.reserve(ids.size());
  for (const AnyId each : ids) numbers.push_back(each.number);
  return numbers_text(numbers);
}

template <class AnyId>
std::vector<AnyId> parse_ids(const std::string& text) {
  std::vector<AnyId> ids;
  for (const std::uint64_t each : parse_numbers(text)) ids.push_back(AnyId{each});
  return ids;
}

}  // namespace pastille::sql
