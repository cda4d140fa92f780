#include "sql/row_json.h"

#include <boost/json.hpp>
#include <exception>
#include <string_view>

#include "app/ports/store.h"
#include "wire/event_json.h"

namespace pastille::sql {
namespace {

namespace json = boost::json;

constexpr std::string_view kHex = "0123456789abcdef";

// What `read` makes of the JSON in `text`. The text itself is not said: it may hold a name.
template <class Read>
auto parse(const std::string& text, Read read) {
  try {
    return read(json::parse(text));
  } catch (const std::exception& wrong) {  // of Boost.JSON: no JSON, another type, a missing place
    throw StoreFailure(std::string("A row of the database is damaged: ") + wrong.what());
  }
}

json::array pair(const Label& label) { return {label.text, label.folded}; }

Label label(const json::value& value) {
  const json::array& both = value.as_array();
  return Label{.text = std::string(both.at(0).as_string()),
               .folded = std::string(both.at(1).as_string())};
}

}  // namespace

std::string labels_text(const std::vector<Label>& labels) {
  json::array out;
  for (const Label& each : labels) out.push_back(pair(each));
  return json::serialize(out);
}

std::vector<Label> parse_labels(const std::string& text) {
  return parse(text, [](const json::value& value) {
    std::vector<Label> labels;
    for (const json::value& each : value.as_array()) labels.push_back(label(each));
    return labels;
  });
}

std::string names_text(const std::map<std::string, Label>& names) {
  json::object out;
  for (const auto& [locale, name] : names) out[locale] = pair(name);
  return json::serialize(out);
}

std::map<std::string, Label> parse_names(const std::string& text) {
  return parse(text, [](const json::value& value) {
    std::map<std::string, Label> names;
    for (const auto& each : value.as_object()) names[std::string(each.key())] = label(each.value());
    return names;
  });
}

std::string permissions_text(Permissions permissions) {
  json::array out;
  for (const Permission each : kAllPermissions) {
    if (permissions.has(each)) out.push_back(json::value(to_text(each)));
  }
  return json::serialize(out);
}

Permissions parse_permissions(const std::string& text) {
  return parse(text, [](const json::value& value) {
    Permissions permissions;
    for (const json::value& each : value.as_array()) {
      // One of a newer version is not ours to give.
      const auto known = parse_permission(std::string_view(each.as_string()));
      if (known) permissions.add(*known);
    }
    return permissions;
  });
}

std::string changes_text(const std::vector<FieldChange>& changes) {
  json::array out;
  for (const FieldChange& each : changes) {
    out.push_back(json::array{each.field, each.before, each.after});
  }
  return json::serialize(out);
}

std::vector<FieldChange> parse_changes(const std::string& text) {
  return parse(text, [](const json::value& value) {
    std::vector<FieldChange> changes;
    for (const json::value& each : value.as_array()) {
      const json::array& parts = each.as_array();
      changes.push_back(FieldChange{.field = std::string(parts.at(0).as_string()),
                                    .before = std::string(parts.at(1).as_string()),
                                    .after = std::string(parts.at(2).as_string())});
    }
    return changes;
  });
}

std::string numbers_text(const std::vector<std::uint64_t>& numbers) {
  json::array out;
  for (const std::uint64_t each : numbers) out.push_back(each);
  return json::serialize(out);
}

std::vector<std::uint64_t> parse_numbers(const std::string& text) {
  return parse(text, [](const json::value& value) {
    std::vector<std::uint64_t> numbers;
    for (const json::value& each : value.as_array()) {
      numbers.push_back(each.to_number<std::uint64_t>());
    }
    return numbers;
  });
}

std::string sign_in_text(const SignInRecord& record) {
  return record == SignInRecord{} ? "{}" : wire::sign_in_json(record);
}

SignInRecord parse_sign_in(const std::string& text) {
  try {
    return wire::parse_sign_in_json(text);
  } catch (const std::runtime_error& damaged) {
    throw StoreFailure(std::string("A row of the database is damaged: ") + damaged.what());
  }
}

std::string key_text(const SealingKey& key) {
  std::string text;
  for (const std::uint8_t byte : key) {
    text += kHex[byte / 16U];
    text += kHex[byte % 16U];
  }
  return text;
}

SealingKey parse_key(const std::string& text) {
  SealingKey key{};
  if (text.size() != key.size() * 2 || text.find_first_not_of(kHex) != std::string::npos) {
    throw StoreFailure("The sealing key in the database is damaged.");
  }
  for (std::size_t at = 0; at < key.size(); ++at) {
    key[at] = static_cast<std::uint8_t>(kHex.find(text[2 * at]) * 16 + kHex.find(text[2 * at + 1]));
  }
  return key;
}

}  // namespace pastille::sql
