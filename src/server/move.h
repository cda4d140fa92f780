// An organisation put from one database into another, of either kind.
#pragma once

#include <cstddef>

#include "server/storage.h"

namespace pastille::server {

struct Moved {
  std::size_t tables = 0;
  std::size_t rows = 0;
};

// Copies every row in one transaction of the target, reads both again, compares them row for row,
// and only then commits. The source stays as it is. Both are held meanwhile, so no server may run
// on them. Throws StoreFailure: the target holds an organisation already, one of them is in use, or
// a row differs; then the target is as it was. Reads a table of PostgreSQL into memory.
Moved move_organisation(const Whereabouts& from, const Whereabouts& to);

}  // namespace pastille::server
