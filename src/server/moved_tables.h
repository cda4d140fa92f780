// The tables of an organisation, in an order in which each row finds what it refers to.
#pragma once

#include <span>
#include <string_view>

namespace pastille::server {

// Who numbers the rows of a table, and so has to know the greatest number ever given.
enum class Numbers : unsigned char { kNone, kByOrganisation, kByDatabase };

struct MovedTable {
  std::string_view name;
  std::string_view columns;  // every one, as in SQL
  std::string_view kinds;    // of each column: i integer, t text, b bytes
  std::string_view order;    // unique; {} stands for the comparison of text byte by byte
  Numbers numbers = Numbers::kNone;
};

std::span<const MovedTable> moved_tables();

}  // namespace pastille::server
