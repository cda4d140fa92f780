#include "sqlite/sync_path.h"

#include <fcntl.h>
#include <unistd.h>

#include "app/ports/store.h"

namespace pastille {

void sync_path(const std::filesystem::path& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) throw StoreFailure("Cannot open '" + path.string() + "'.");
  const int failed = fsync(file);
  close(file);
  if (failed != 0) throw StoreFailure("Cannot write '" + path.string() + "' to the disk.");
}

void sync_name(const std::filesystem::path& file) {
  sync_path(file.has_parent_path() ? file.parent_path() : std::filesystem::path("."));
}

}  // namespace pastille
