#include "http/named_list.h"

#include "core/limits.h"

namespace pastille::http {

std::optional<bool> parse_name_order(std::string_view text) {
  if (text == "name") return false;
  if (text == "-name") return true;
  return std::nullopt;
}

std::string own_locale(const Call& call) {
  const Person* person = call.organisation->person(call.who.user);
  return person != nullptr ? person->locale_or_default() : "en";
}

NamedQuery read_named_query(const Call& call, Query& query) {
  const std::string q = query.text("q", limits::kSearchText).value_or("");
  const Unicode& unicode = call.parts().unicode;
  return {.loose_q = unicode.loosen(unicode.fold(q)),
          .descending = query.choice("sort", parse_name_order, "name, -name").value_or(false),
          .limit = query.limit(),
          .after = query.cursor(),
          .locale = own_locale(call)};
}

}  // namespace pastille::http
