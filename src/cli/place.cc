#include "cli/place.h"

namespace pastille::cli {

void Place::declare(CLI::App& command) {
  command.add_option("--data", data, "The data directory")
      ->envname("PASTILLE_DATA")
      ->type_name("DIR");
  command
      .add_option("--database", database,
                  "The database instead: postgres://USER@HOST:PORT/NAME, or sqlite:DIR")
      ->envname("PASTILLE_DATABASE")
      ->type_name("URL");
}

std::expected<server::Whereabouts, std::string> Place::where() const {
  return server::whereabouts(data, database);
}

std::expected<std::filesystem::path, std::string> Place::directory() const {
  const auto found = where();
  if (!found) return std::unexpected(found.error());
  if (found->embedded()) return found->directory;
  return std::unexpected("This is for the embedded database. " + std::string(kOfPostgres));
}

}  // namespace pastille::cli
