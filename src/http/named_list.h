// Lists of small named things (teams, roles): filtered by q, ordered by name in the caller's
// locale.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "http/call.h"
#include "http/page.h"
#include "http/query.h"

namespace pastille::http {

struct NamedQuery {
  std::string loose_q;
  bool descending = false;
  std::size_t limit = 0;
  std::string after;
  std::string locale;

  // The key of a name that q finds; nullopt: it does not.
  std::optional<std::string> key(const Label& name, std::uint64_t id,
                                 const Unicode& unicode) const {
    if (unicode.loosen(name.folded).find(loose_q) == std::string::npos) return std::nullopt;
    // Sort keys hold no zero byte, so a name comes before what it is the beginning of.
    return unicode.sort_key(name.text, locale) + '\0' + key_of(id);
  }
};

std::optional<bool> parse_name_order(std::string_view text);  // true: descending
NamedQuery read_named_query(const Call& call, Query& query);
std::string own_locale(const Call& call);

}  // namespace pastille::http
