#include "wire/fields.h"

#include <algorithm>
#include <cmath>

namespace pastille {

namespace json = boost::json;

std::string pointer_to(std::string_view parent, std::string_view name) {
  std::string out(parent);
  out += '/';
  for (const char c : name) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

Fields::Fields(const json::value& body, std::vector<FieldError>& faults)
    : is_object_(body.is_object()), faults_(faults) {
  if (is_object_) {
    object_ = body.as_object();
  } else {
    fault_at("", "Send a JSON object.", "type");
  }
}

bool Fields::is_null(std::string_view name) const {
  const json::value* value = object_.if_contains(name);
  return value != nullptr && value->is_null();
}

void Fields::fault(std::string_view name, std::string detail, std::string code) {
  fault_at(pointer_to("", name), std::move(detail), std::move(code));
}

void Fields::fault_at(std::string pointer, std::string detail, std::string code) {
  faults_.push_back({std::move(pointer), std::move(detail), std::move(code)});
}

const json::value* Fields::find(std::string_view name, Need need) {
  asked_.emplace(name);
  const json::value* value = object_.if_contains(name);
  if (value == nullptr && need == Need::kRequired && is_object_) {
    fault(name, "This is required.", "required");
  }
  return value;
}

const json::value* Fields::find_not_null(std::string_view name, Need need) {
  const json::value* value = find(name, need);
  if (value == nullptr || !value->is_null()) return value;
  fault(name, "This cannot be null.", "null");
  return nullptr;
}

std::optional<std::string> Fields::text(std::string_view name, Need need) {
  const json::value* value = find_not_null(name, need);
  if (value == nullptr) return std::nullopt;
  if (value->is_string()) return std::string(value->get_string());
  fault(name, "This is a text.", "type");
  return std::nullopt;
}

std::optional<std::optional<std::string>> Fields::nullable_text(std::string_view name) {
  if (is_null(name)) {
    asked_.emplace(name);
    return std::optional<std::string>();
  }
  auto given = text(name);
  if (!given) return std::nullopt;
  return given;
}

std::optional<std::int64_t> Fields::whole_number(std::string_view name, const json::value& value) {
  if (value.is_int64()) return value.get_int64();
  // 900.0 is the same number as 900 (JSON Schema 2020-12, 4.2.3).
  if (value.is_double() && std::trunc(value.get_double()) == value.get_double() &&
      std::abs(value.get_double()) < 9007199254740992.0) {
    return static_cast<std::int64_t>(value.get_double());
  }
  fault(name,
        value.is_number() ? "This number is not whole or too large." : "This is a whole number.",
        "type");
  return std::nullopt;
}

std::optional<std::int64_t> Fields::number(std::string_view name, Need need) {
  const json::value* value = find_not_null(name, need);
  if (value == nullptr) return std::nullopt;
  return whole_number(name, *value);
}

std::optional<std::optional<std::int64_t>> Fields::nullable_number(std::string_view name) {
  const json::value* value = find(name, Need::kOptional);
  if (value == nullptr) return std::nullopt;
  if (value->is_null()) return std::optional<std::int64_t>();
  auto given = whole_number(name, *value);
  if (!given) return std::nullopt;
  return given;
}

std::optional<bool> Fields::boolean(std::string_view name, Need need) {
  const json::value* value = find_not_null(name, need);
  if (value == nullptr) return std::nullopt;
  if (value->is_bool()) return value->get_bool();
  fault(name, "This is true or false.", "type");
  return std::nullopt;
}

std::optional<std::vector<std::string>> Fields::texts(std::string_view name, Need need) {
  const json::value* value = find_not_null(name, need);
  if (value == nullptr) return std::nullopt;
  if (!value->is_array()) {
    fault(name, "This is a list of texts.", "type");
    return std::nullopt;
  }
  std::vector<std::string> out;
  const json::array& items = value->get_array();
  for (std::size_t i = 0; i < items.size(); ++i) {
    out.emplace_back(items[i].is_string() ? std::string_view(items[i].get_string())
                                          : std::string_view());
    if (!items[i].is_string()) fault_in(name, i, "This is a text.");
  }
  return out;
}

std::optional<std::map<std::string, std::optional<std::string>>> Fields::text_by_key(
    std::string_view name, bool removable) {
  const json::value* value = find_not_null(name, Need::kOptional);
  if (value == nullptr) return std::nullopt;
  if (!value->is_object()) {
    fault(name, "This is an object of texts.", "type");
    return std::nullopt;
  }
  std::map<std::string, std::optional<std::string>> out;
  for (const auto& member : value->get_object()) {
    const std::string key(member.key());
    if (member.value().is_string()) {
      out[key] = std::string(member.value().get_string());
    } else if (member.value().is_null() && removable) {
      out[key] = std::nullopt;
    } else {
      fault_at(pointer_to(pointer_to("", name), key), "This is a text.", "type");
    }
  }
  return out;
}

void Fields::nothing_else(std::initializer_list<std::string_view> read_only) {
  for (const auto& member : object_) {
    const std::string_view key(member.key());
    if (asked_.contains(key)) continue;
    const bool known = std::ranges::find(read_only, key) != read_only.end();
    fault(key, known ? "This cannot be set." : "There is no such field.",
          known ? "read_only" : "unknown");
  }
}

}  // namespace pastille
