#include "sqlite/examination.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "sqlite/access_findings.h"
#include "sqlite/data_directory.h"
#include "sqlite/database.h"
#include "sqlite/schema.h"

namespace pastille {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLittleSpace = std::uintmax_t{200} * 1024 * 1024;
constexpr const char* kAsWhom = "Run it as root, or as the user that the server runs as.";
constexpr std::uintmax_t kMegabyte = std::uintmax_t{1024} * 1024;

class Examination {
 public:
  explicit Examination(const fs::path& directory) : directory_(directory) {}

  std::vector<Finding> run() {
    const fs::path file = DataDirectory::database_in(directory_);
    if (!fs::is_directory(directory_)) {
      bad("'" + directory_.string() + "' is not a directory.",
          "Give the data directory with --data.");
    } else if (access(directory_.c_str(), R_OK | X_OK) != 0) {
      bad("You may not look into '" + directory_.string() + "'.", kAsWhom);
    } else if (!fs::exists(file)) {
      bad("'" + directory_.string() + "' holds no pastille.db.",
          "Give the right directory, start a server on it, or restore a backup into it.");
    } else {
      look_at_directory(file);
      for (Finding& each : examine_access(directory_)) findings_.push_back(std::move(each));
      if (access(file.c_str(), R_OK) == 0) {
        look_at_database(file);
      } else {
        bad("You may not read '" + file.string() + "'.", kAsWhom);
      }
    }
    return findings_;
  }

 private:
  void good(std::string what) { findings_.push_back({Finding::Level::kGood, std::move(what), ""}); }
  void warn(std::string what, std::string todo) {
    findings_.push_back({Finding::Level::kWarning, std::move(what), std::move(todo)});
  }
  void bad(std::string what, std::string todo) {
    findings_.push_back({Finding::Level::kBad, std::move(what), std::move(todo)});
  }

  void look_at_directory(const fs::path& file) {
    struct stat found{};
    if (stat(directory_.c_str(), &found) == 0 && (found.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
      warn("Others on this machine may look into the directory.",
           "chmod 700 '" + directory_.string() + "'");
    }
    if (const auto pid = DataDirectory::holder(directory_)) {
      good("A server runs on it, process " + std::to_string(*pid) + ".");
    } else {
      good("No server runs on it.");
    }
    const fs::space_info space = fs::space(directory_);
    const std::string free =
        std::to_string(space.available / kMegabyte) + " MB are free on its disk.";
    if (space.available < std::max(kLittleSpace, fs::file_size(file))) {
      warn(free, "Free some: a server that cannot write refuses changes.");
    } else {
      good(free);
    }
  }

  void look_at_database(const fs::path& file) {
    try {
      Database database = open_for_reading(file);
      const auto version = database.integer("PRAGMA user_version");
      good("The schema is version " + std::to_string(version) + "; this program knows " +
           std::to_string(newest_schema()) + ".");
      look_at_integrity(database);
      look_at_numbers(database);
    } catch (const DirectoryRefused& refused) {
      bad(refused.what(), "See there.");
    } catch (const StoreFailure& failure) {
      bad(std::string("The database cannot be read: ") + failure.what(),
          "Restore the newest backup: pastille restore FILE --data DIR.");
    }
  }

  void look_at_integrity(Database& database) {
    const std::string found = database.text("PRAGMA integrity_check(1)");
    if (found == "ok") {
      good("Every page of the database is whole.");
    } else {
      bad("The database is damaged: " + found + ".",
          "Stop the server, keep a copy of the directory, and restore the newest backup.");
    }
    Statement references(database.handle(), "PRAGMA foreign_key_check");
    if (references.step()) {
      bad("A row of " + references.text(0) + " refers to one of " + references.text(2) +
              " that is not there.",
          "Restore the newest backup, or ask for help with a copy of the directory.");
    } else {
      good("Every row that another one refers to is there.");
    }
  }

  void look_at_numbers(Database& database) {
    const auto seq = database.integer(
        "SELECT coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'seq'), 0)");
    const auto newest = database.integer(
        "SELECT max(coalesce((SELECT max(rev) FROM statuses), 0),"
        " coalesce((SELECT max(rev) FROM people), 0), coalesce((SELECT max(rev) FROM presence), 0),"
        " coalesce((SELECT max(seq) FROM events), 0))");
    if (newest > seq) {
      bad("The position is " + std::to_string(seq) + ", but a row has number " +
              std::to_string(newest) + ".",
          "Restore the newest backup.");
    } else {
      good("The position is " + std::to_string(seq) + ".");
    }
    const auto administrators =
        database.integer("SELECT count(*) FROM people WHERE role = 1 AND active AND NOT erased");
    if (administrators == 0) {
      warn("There is no active administrator.",
           "Start the server: it prints a link for the first one. Or: pastille user add LOGIN "
           "--name "
           "NAME --role Administrator --password-stdin --data DIR.");
    }
  }

  const fs::path directory_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> examine(const fs::path& directory) { return Examination(directory).run(); }

}  // namespace pastille
