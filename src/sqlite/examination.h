// What `pastille doctor` looks at in a data directory. Changes nothing.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace pastille {

struct Finding {
  enum class Level : std::uint8_t { kGood, kWarning, kBad };
  Level level = Level::kGood;
  std::string what;        // one sentence
  std::string what_to_do;  // empty when it is good
};

// The directory and its permissions as the server's user finds them, who holds it, free space, the
// database's version, its integrity, its references, and whether its numbers agree. Reads every
// page of the database.
std::vector<Finding> examine(const std::filesystem::path& directory);

}  // namespace pastille
