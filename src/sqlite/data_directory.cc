#include "sqlite/data_directory.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

#include "sqlite/restored_database.h"

namespace pastille {
namespace {

namespace fs = std::filesystem;

std::string quoted(const fs::path& path) { return "'" + path.string() + "'"; }

bool is_ours(const std::string& name) {
  return name.starts_with("pastille.db") || name == "lock" || name == "control.sock" ||
         name == "lost+found" || name.starts_with("demo");
}

// A directory with other things in it and no database of ours is somebody else's.
void refuse_foreign(const fs::path& path) {
  if (fs::exists(DataDirectory::database_in(path))) return;
  for (const fs::directory_entry& each : fs::directory_iterator(path)) {
    if (!is_ours(each.path().filename().string())) {
      throw DirectoryRefused(quoted(path) + " is not a data directory of Pastille: it holds " +
                             quoted(each.path().filename()) +
                             " and no pastille.db. Give an empty or a new directory.");
    }
  }
}

int read_pid(int file) {
  std::array<char, 16> text{};
  const ssize_t size = pread(file, text.data(), text.size(), 0);
  int pid = 0;
  if (size > 0) std::from_chars(text.data(), text.data() + size, pid);
  return pid;
}

}  // namespace

void give_to_owner(const fs::path& directory, const fs::path& file) {
  struct stat owner{};
  if (geteuid() != 0 || stat(directory.c_str(), &owner) != 0) return;
  // The name itself: nobody who may write the directory leads root elsewhere by a link.
  const int failed = lchown(file.c_str(), owner.st_uid, owner.st_gid);
  if (failed != 0 && errno != EPERM) {  // a root without that right: doctor tells
    throw StoreFailure("Cannot give " + quoted(file) +
                       " to the owner of the directory: " + std::strerror(errno) + ".");
  }
}

DataDirectory DataDirectory::hold(const fs::path& path) {
  std::error_code code;
  if (!fs::exists(path, code)) {
    fs::create_directories(path, code);
    if (code) {
      throw DirectoryRefused("Cannot make the data directory " + quoted(path) + ": " +
                             code.message() + ". Make it, or give another with --data.");
    }
    chmod(path.c_str(), S_IRWXU);
  }
  if (!fs::is_directory(path, code)) {
    throw DirectoryRefused(quoted(path) + " is not a directory. Give a directory with --data.");
  }
  try {
    refuse_foreign(path);
  } catch (const fs::filesystem_error& failure) {
    throw DirectoryRefused("The data directory " + quoted(path) + " cannot be read (" +
                           failure.code().message() + "). Check its owner and its permissions.");
  }
  const fs::path lock_path = path / "lock";
  const int lock = open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (lock < 0) {
    throw DirectoryRefused("The data directory " + quoted(path) + " cannot be written (" +
                           std::strerror(errno) +
                           "). Check its owner, its permissions and that it is not mounted "
                           "read-only.");
  }
  if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
    const int pid = read_pid(lock);
    close(lock);
    throw DirectoryRefused("The data directory " + quoted(path) + " is in use by process " +
                           std::to_string(pid) +
                           ". Stop that server first, or give another directory with --data.");
  }
  const std::string pid = std::to_string(getpid()) + "\n";
  if (ftruncate(lock, 0) != 0 || pwrite(lock, pid.data(), pid.size(), 0) < 0) {
    const std::string why = std::strerror(errno);
    close(lock);
    throw DirectoryRefused("The data directory " + quoted(path) + " cannot be written: " + why +
                           ". Free some space.");
  }
  DataDirectory held(path, lock);
  give_to_owner(path, lock_path);
  put_restored_in_place(path);
  return held;
}

std::optional<int> DataDirectory::holder(const fs::path& path) {
  const int lock = open((path / "lock").c_str(), O_RDONLY | O_CLOEXEC);
  if (lock < 0) return std::nullopt;
  std::optional<int> pid;
  if (flock(lock, LOCK_SH | LOCK_NB) != 0) {
    pid = read_pid(lock);
  }
  close(lock);
  return pid;
}

DataDirectory::DataDirectory(DataDirectory&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}

DataDirectory::~DataDirectory() {
  if (lock_ >= 0) close(lock_);
}

}  // namespace pastille
