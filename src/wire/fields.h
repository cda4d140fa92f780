// Reads the members of a JSON object one by one, and notes every fault with its JSON pointer, so
// that one answer names all of them. What is absent is nullopt; what is wrong is nullopt and noted.
// Lengths and characters are the rules' matter; shapes are checked here.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/refusal.h"

namespace pastille {

enum class Need { kOptional, kRequired };

// "/names/" + "pt/BR" -> "/names/pt~1BR" (RFC 6901)
std::string pointer_to(std::string_view parent, std::string_view name);

class Fields {
 public:
  // Notes a fault at "" when `body` is no object; every member is then absent and not missed.
  Fields(const boost::json::value& body, std::vector<FieldError>& faults);

  std::optional<std::string> text(std::string_view name, Need need = Need::kOptional);
  std::optional<std::int64_t> number(std::string_view name, Need need = Need::kOptional);
  std::optional<bool> boolean(std::string_view name, Need need = Need::kOptional);
  // One that is no text is "" in its place.
  std::optional<std::vector<std::string>> texts(std::string_view name, Need need = Need::kOptional);
  // {"fr": "..."}: members may be null when `removable`, which is nullopt inside.
  std::optional<std::map<std::string, std::optional<std::string>>> text_by_key(
      std::string_view name, bool removable);
  // null is a value of its own: nullopt inside.
  std::optional<std::optional<std::string>> nullable_text(std::string_view name);
  std::optional<std::optional<std::int64_t>> nullable_number(std::string_view name);

  // A member with members of its own: read it with Fields of its own. nullptr: absent.
  const boost::json::value* nested(std::string_view name) {
    return find_not_null(name, Need::kOptional);
  }

  // A text that `parse` knows; `known` says which, for the fault.
  template <class Parse>
  auto choice(std::string_view name, Parse parse, std::string_view known,
              Need need = Need::kOptional) -> decltype(parse(std::string_view())) {
    const auto given = text(name, need);
    if (!given) return std::nullopt;
    auto parsed = parse(*given);
    if (!parsed) {
      faults_.push_back({pointer_to("", name),
                         "One of: " + std::string(known) + ".",
                         "choice",
                         {{"known", std::string(known)}}});
    }
    return parsed;
  }
  template <class AnyId>
  std::optional<AnyId> id(std::string_view name, std::string_view what,
                          Need need = Need::kOptional) {
    const auto given = text(name, need);
    if (!given) return std::nullopt;
    const auto parsed = parse_id<AnyId>(*given);
    if (!parsed) fault(name, "There is no such " + std::string(what) + ".", "no_such");
    return parsed;
  }
  // What is no id stays in its place as {}, which nothing has: the rule says which are unknown.
  template <class AnyId>
  std::optional<std::vector<AnyId>> ids(std::string_view name, Need need = Need::kOptional) {
    const auto given = texts(name, need);
    if (!given) return std::nullopt;
    std::vector<AnyId> parsed;
    for (const std::string& each : *given) {
      parsed.push_back(parse_id<AnyId>(each).value_or(AnyId{}));
    }
    return parsed;
  }

  // Of one item of a list.
  void fault_in(std::string_view name, std::size_t index, std::string detail) {
    fault_at(pointer_to(pointer_to("", name), std::to_string(index)), std::move(detail), "type");
  }
  // Of a member of the nested object `name`.
  void fault_inside(std::string_view name, FieldError error) {
    error.pointer = pointer_to("", name) + error.pointer;
    faults_.push_back(std::move(error));
  }
  // Whether the member is there and null, where null is a value.
  bool take_null(std::string_view name) {
    if (!is_null(name)) return false;
    asked_.emplace(name);
    return true;
  }
  bool has(std::string_view name) const { return object_.contains(name); }
  bool is_null(std::string_view name) const;
  void fault(std::string_view name, std::string detail, std::string code = "invalid");

  // Last: every member that nobody asked for is a fault. `read_only`: those that are known, and
  // cannot be set.
  void nothing_else(std::initializer_list<std::string_view> read_only = {});

 private:
  // nullptr: absent; notes a missing one.
  const boost::json::value* find(std::string_view name, Need need);
  const boost::json::value* find_not_null(std::string_view name, Need need);
  void fault_at(std::string pointer, std::string detail, std::string code);
  std::optional<std::int64_t> whole_number(std::string_view name, const boost::json::value& value);

  boost::json::object object_;
  bool is_object_;
  std::vector<FieldError>& faults_;
  std::set<std::string, std::less<>> asked_;
};

}  // namespace pastille
