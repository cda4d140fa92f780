#include "sqlite/access_findings.h"

#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <optional>
#include <string>

#include "sqlite/data_directory.h"

namespace pastille {
namespace {

namespace fs = std::filesystem;

std::optional<struct stat> stat_of(const fs::path& path) {
  struct stat found{};
  if (stat(path.c_str(), &found) != 0) return std::nullopt;
  return found;
}

struct User {
  uid_t id;
  gid_t group;

  std::string name() const {
    const passwd* entry = getpwuid(id);
    return entry == nullptr ? std::to_string(id) : entry->pw_name;
  }
  // `bits`: as of others, S_IROTH | S_IWOTH. Groups besides the first are not looked at.
  bool may(const struct stat& file, mode_t bits) const {
    if (id == 0) return true;
    const unsigned shift = file.st_uid == id ? 6U : file.st_gid == group ? 3U : 0U;
    return (file.st_mode >> shift & bits) == bits;
  }
};

User user_of(const fs::path& directory, const struct stat& found) {
  if (const auto pid = DataDirectory::holder(directory)) {
    if (const auto server = stat_of("/proc/" + std::to_string(*pid))) {
      return {.id = server->st_uid, .group = server->st_gid};
    }
  }
  return {.id = found.st_uid, .group = found.st_gid};
}

class Access {
 public:
  Access(const fs::path& directory, const struct stat& found)
      : directory_(directory), user_(user_of(directory, found)) {}

  std::vector<Finding> run() {
    look_at_mount();
    look_at_way();
    look_at(directory_, S_IROTH | S_IWOTH | S_IXOTH, "700");
    for (const char* name :
         {"pastille.db", "pastille.db-wal", "pastille.db-shm", "pastille.db.restored", "lock"}) {
      look_at(directory_ / name, S_IROTH | S_IWOTH, "600");
    }
    if (findings_.empty()) {
      findings_.push_back({Finding::Level::kGood,
                           "The user " + user_.name() + " may read and write all of it.", ""});
    }
    return findings_;
  }

 private:
  void bad(std::string what, std::string todo) {
    findings_.push_back({Finding::Level::kBad, std::move(what), std::move(todo)});
  }

  void look_at_mount() {
    struct statvfs mounted{};
    if (statvfs(directory_.c_str(), &mounted) == 0 && (mounted.f_flag & ST_RDONLY) != 0) {
      bad("The directory is mounted read-only: a server cannot start on it.",
          "Mount it so that it can be written. If it was before, see the log of the kernel: a "
          "disk that fails is made read-only.");
    }
  }

  void look_at_way() {
    for (fs::path above = directory_.parent_path(); above != above.root_path();
         above = above.parent_path()) {
      const auto found = stat_of(above);
      if (!found || user_.may(*found, S_IXOTH)) continue;
      bad(fmt::format("The user {} may not go through '{}'.", user_.name(), above.string()),
          fmt::format("chmod o+x '{}', or keep the data elsewhere.", above.string()));
    }
  }

  void look_at(const fs::path& path, mode_t bits, std::string_view mode) {
    const auto found = stat_of(path);
    if (!found || user_.may(*found, bits)) return;
    const User owner{.id = found->st_uid, .group = found->st_gid};
    const bool theirs = owner.id == user_.id;
    bad(fmt::format("The user {} may not read and write '{}', which belongs to {} (mode {:o}).",
                    user_.name(), path.string(), owner.name(), found->st_mode & 0777U),
        theirs ? fmt::format("chmod {} '{}'", mode, path.string())
               : fmt::format("chown {}: '{}'", user_.name(), path.string()));
  }

  const fs::path directory_;
  const User user_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> examine_access(const fs::path& directory) {
  const auto found = stat_of(directory);
  if (!found) return {};
  return Access(fs::absolute(directory), *found).run();
}

}  // namespace pastille
