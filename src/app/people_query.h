// The list of people (GET /users): searched, filtered, a page of it by name.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/people_order.h"
#include "core/organisation.h"
#include "core/unicode.h"

namespace pastille {

struct PeopleQuery {
  std::string text;  // each word in the display name, or the login when logins may be seen
  std::optional<TeamId> team = {};
  std::optional<RoleId> role = {};
  std::optional<bool> active = {};
  bool logins = false;  // the reader may see logins

  struct Slice {
    bool descending = false;
    std::size_t limit = 0;
    std::string after;  // the key that the page before ended with; "": from the beginning
  };
  struct Page {
    std::vector<UserId> people;
    std::size_t total = 0;
    std::string next;  // the key to go on after; "": this was the last page
  };
  // Without text, team and role it costs what the page costs; with them, a look at everybody.
  Page page(const Organisation& organisation, const PeopleOrder& order, const Slice& slice,
            const Unicode& unicode) const;

 private:
  bool narrows() const { return !text.empty() || team || role; }
};

}  // namespace pastille
