// All people in the order of their names in one language: made once for a state of the directory
// and kept, so that a page of a list costs what the page costs and not what ordering 100,000 names
// does. A later one is made of an earlier one: only names that changed are looked at again. Values;
// a PeopleOrder does not change once it is made.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/organisation.h"
#include "core/unicode.h"

namespace pastille {

struct PeopleOrder {
  struct Row {
    std::string key;  // its byte order is the order of the list; unique, as it ends in the id
    UserId user;
  };
  std::string epoch;
  std::uint64_t version = 0;  // Organisation::directory_version
  std::vector<Row> rows;      // ascending by key; erased people are in no list
  std::size_t active = 0;     // how many of them are

  // Whether it is of this state of the directory.
  bool is_of(const Organisation& organisation) const {
    return version == organisation.directory_version && epoch == organisation.position().epoch;
  }
};

// `earlier` may be null, or of any other state, epoch or age.
PeopleOrder order_people(const Organisation& organisation, std::string_view locale,
                         const Unicode& unicode, const PeopleOrder* earlier);

}  // namespace pastille
