#include "sqlite/log_again.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>

#include "app/ports/store.h"

namespace pastille {
namespace {

constexpr std::size_t kPiece = 65536;

[[noreturn]] void fail(const char* doing) {
  throw StoreFailure(std::string(doing) +
                     " the database's log: " + std::generic_category().message(errno));
}

class Log {
 public:
  explicit Log(const std::filesystem::path& path) : file_(open(path.c_str(), O_RDWR | O_CLOEXEC)) {}
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;
  ~Log() {
    if (is_open()) close(file_);
  }

  bool is_open() const { return file_ >= 0; }

  // Bytes done; 0 at the end.
  std::size_t write_piece_again(off_t at) {
    const ssize_t size = pread(file_, piece_.data(), piece_.size(), at);
    if (size < 0) fail("read");
    for (ssize_t done = 0; done < size;) {
      const ssize_t written =
          pwrite(file_, piece_.data() + done, static_cast<std::size_t>(size - done), at + done);
      if (written <= 0) fail("write");
      done += written;
    }
    return static_cast<std::size_t>(size);
  }

  void sync() {
    if (fdatasync(file_) != 0) fail("sync");
  }

 private:
  int file_;
  std::array<char, kPiece> piece_{};
};

}  // namespace

void write_log_again(const std::filesystem::path& database) {
  Log log(database.string() + "-wal");
  if (!log.is_open()) {
    if (errno == ENOENT) return;
    fail("open");
  }
  off_t at = 0;
  while (const std::size_t size = log.write_piece_again(at)) at += static_cast<off_t>(size);
  log.sync();
}

}  // namespace pastille
