#include "sqlite/backup_file.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sqlite/schema.h"

namespace pastille {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = "\npastille-backup 1 ";
constexpr std::size_t kSizeDigits = 20;  // zeros in front: the line is always as long
constexpr std::size_t kSumDigits = 2 * crypto_hash_sha256_BYTES;
constexpr std::size_t kSealBytes = kMark.size() + kSizeDigits + 1 + kSumDigits + 1;
constexpr std::size_t kReadAtOnce = 1024 * 1024;

std::string in_quotes(const fs::path& file) { return "'" + file.string() + "'"; }

[[noreturn]] void refuse(const fs::path& file, std::string_view why) {
  throw StoreFailure(fmt::format("{} {}", in_quotes(file), why));
}

// Of the first `bytes` of the file.
std::string sum_of(const fs::path& file, std::uintmax_t bytes) {
  std::ifstream in(file, std::ios::binary);
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::vector<char> piece(kReadAtOnce);
  for (std::uintmax_t left = bytes; left > 0;) {
    const auto wanted = static_cast<std::streamsize>(std::min<std::uintmax_t>(left, kReadAtOnce));
    in.read(piece.data(), wanted);
    if (in.gcount() != wanted) refuse(file, "cannot be read to its end.");
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(piece.data()),
                              static_cast<unsigned long long>(wanted));
    left -= static_cast<std::uintmax_t>(wanted);
  }
  std::array<unsigned char, crypto_hash_sha256_BYTES> sum{};
  crypto_hash_sha256_final(&state, sum.data());
  std::string digits;
  for (const unsigned char each : sum) digits += fmt::format("{:02x}", each);
  return digits;
}

std::string seal_of(std::uintmax_t bytes, std::string_view sum) {
  return fmt::format("{}{:0{}} {}\n", kMark, bytes, kSizeDigits, sum);
}

std::string bytes_at(std::ifstream& in, std::uintmax_t place, std::size_t size) {
  std::string bytes(size, '\0');
  in.seekg(static_cast<std::streamoff>(place));
  in.read(bytes.data(), static_cast<std::streamsize>(size));
  return bytes;
}

// https://www.sqlite.org/fileformat2.html#the_database_header
struct Header {
  static constexpr std::size_t kBytes = 100;
  std::string bytes;

  std::uint32_t number(std::size_t place, std::size_t size) const {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      value = value << 8U | static_cast<unsigned char>(bytes[place + i]);
    }
    return value;
  }
  bool is_sqlite() const { return bytes.starts_with(std::string_view("SQLite format 3\0", 16)); }
  std::uintmax_t database_bytes() const {
    const std::uintmax_t page = number(16, 2) == 1 ? 65536 : number(16, 2);
    return page * number(28, 4);
  }
  bool is_ours() const { return number(68, 4) == kApplicationId; }
};

// The size that the seal at the end of the file says, nullopt: there is none.
std::optional<std::uintmax_t> sealed_bytes(std::string_view seal) {
  if (!seal.starts_with(kMark)) return std::nullopt;
  std::uintmax_t bytes = 0;
  const char* begin = seal.data() + kMark.size();
  const auto [end, error] = std::from_chars(begin, begin + kSizeDigits, bytes);
  if (error != std::errc() || end != begin + kSizeDigits) return std::nullopt;
  return bytes;
}

struct Measured {
  std::uintmax_t bytes;
  bool sealed;
};

// Everything that can be said without SQLite.
Measured measure(const fs::path& file) {
  std::error_code code;
  if (!fs::exists(file, code)) throw StoreFailure("There is no file " + in_quotes(file) + ".");
  if (!fs::is_regular_file(file, code)) refuse(file, "is not a file.");
  std::ifstream in(file, std::ios::binary);
  if (!in) refuse(file, fmt::format("cannot be read: {}.", std::strerror(errno)));
  const std::uintmax_t size = fs::file_size(file);
  const Header header{bytes_at(in, 0, Header::kBytes)};
  if (size < Header::kBytes || !header.is_sqlite() || !header.is_ours()) {
    refuse(file, "is not a backup of Pastille, or its beginning is damaged.");
  }
  const std::uintmax_t expected = header.database_bytes();
  if (size < expected) {
    refuse(file, fmt::format("is cut off: it has {} of {} bytes. Copy it again, or use another "
                             "backup.",
                             size, expected));
  }
  if (size == expected) return {.bytes = size, .sealed = false};
  const std::string seal = size - expected == kSealBytes ? bytes_at(in, expected, kSealBytes) : "";
  if (sealed_bytes(seal) != expected) {
    refuse(file, "is cut off or damaged at its end. Copy it again, or use another backup.");
  }
  if (seal != seal_of(expected, sum_of(file, expected))) {
    refuse(file, "is damaged: its checksum is another. Copy it again, or use another backup.");
  }
  return {.bytes = expected, .sealed = true};
}

}  // namespace

void seal_backup(const fs::path& file) {
  const std::uintmax_t bytes = fs::file_size(file);
  std::ofstream out(file, std::ios::binary | std::ios::app);
  out << seal_of(bytes, sum_of(file, bytes)) << std::flush;
  if (!out) refuse(file, fmt::format("cannot be written: {}.", std::strerror(errno)));
}

std::string damage_of(Database& database) {
  try {
    const std::string found = database.text("PRAGMA quick_check");
    return found == "ok" ? "" : found;
  } catch (const SqliteFailure&) {
    return "a page cannot be read";
  }
}

namespace {

Database open_backup(const fs::path& file) {
  try {
    return open_for_reading(file);
  } catch (const SqliteFailure&) {
    refuse(file, "is damaged: it cannot be opened as a database. Use another backup.");
  }
}

}  // namespace

VerifiedBackup verify_backup(const fs::path& file) {
  const Measured measured = measure(file);
  Database database = open_backup(file);
  if (const std::string damage = damage_of(database); !damage.empty()) {
    refuse(file, fmt::format("is damaged ({}). Use another backup.", damage));
  }
  return {.bytes = measured.bytes, .sealed = measured.sealed, .database = std::move(database)};
}

}  // namespace pastille
