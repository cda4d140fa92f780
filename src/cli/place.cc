#include "cli/place.h"

namespace pastille::cli {

void Place::declare(CLI::App& command) {
  command.add_option("--data", data, "The data directory")
      ->envname("PASTILLE_DATA")
      ->type_name("DIR");
  command.add_option("--database", database, "The database instead: sqlite:DIR")->type_name("URL");
}

std::expected<std::filesystem::path, std::string> directory_of(const std::string& database) {
  constexpr std::string_view kSqlite = "sqlite:";
  if (database.starts_with(kSqlite) && database.size() > kSqlite.size()) {
    std::string path = database.substr(kSqlite.size());
    if (path.starts_with("///")) path.erase(0, 2);
    return std::filesystem::absolute(path);
  }
  return std::unexpected("--database " + database.substr(0, database.find(':')) +
                         ": this build keeps its data in SQLite only. Give a directory with --data "
                         "DIR, or --database sqlite:DIR.");
}

std::expected<std::filesystem::path, std::string> Place::directory() const {
  if (!database.empty()) return directory_of(database);
  if (!data.empty()) return std::filesystem::absolute(data);
  return std::unexpected("Say where the data is: --data DIR, or PASTILLE_DATA in the environment.");
}

}  // namespace pastille::cli
