#include "http/cursor.h"

#include <array>
#include <cstdint>

namespace pastille::http {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t kLongest = 1'000;
constexpr std::size_t kCheckBytes = 8;

// FNV-1a: the same on every machine and in every version, which std::hash is not.
class Fingerprint {
 public:
  void add(std::string_view text) {
    for (const char c : text) step(static_cast<unsigned char>(c));
    step(0);  // so that "ab" + "c" differs from "a" + "bc"; no parameter holds a zero alone
  }
  std::string bytes() const {
    std::string out;
    for (std::size_t i = 0; i < kCheckBytes; ++i) out += static_cast<char>(hash_ >> (8 * i));
    return out;
  }

 private:
  void step(std::uint64_t byte) { hash_ = (hash_ ^ byte) * 1099511628211ULL; }
  std::uint64_t hash_ = 14695981039346656037ULL;
};

// Of the query and of the key, so that a cursor that was tampered with is noticed.
std::string check_of(std::string_view key, const Request& request) {
  Fingerprint print;
  print.add(request.path);
  for (const auto& [name, value] : request.query) {
    if (name == "limit" || name == "cursor") continue;
    print.add(name);
    print.add(value);
  }
  print.add(key);
  return print.bytes();
}

std::string encode(std::string_view bytes) {
  std::string out;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : bytes) {
    held = (held << 8) | static_cast<unsigned char>(c);
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      out += kAlphabet[(held >> bits) & 63U];
    }
  }
  if (bits > 0) out += kAlphabet[(held << (6 - bits)) & 63U];
  return out;
}

std::optional<std::string> decode(std::string_view text) {
  std::string out;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : text) {
    const std::size_t digit = kAlphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    held = (held << 6) | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>((held >> bits) & 0xFFU);
    }
  }
  return out;
}

}  // namespace

std::string make_cursor(std::string_view key, const Request& request) {
  return encode(check_of(key, request) + std::string(key));
}

std::optional<std::string> read_cursor(std::string_view text, const Request& request) {
  if (text.size() > kLongest) return std::nullopt;
  const auto bytes = decode(text);
  if (!bytes || bytes->size() <= kCheckBytes) return std::nullopt;
  std::string key = bytes->substr(kCheckBytes);
  if (check_of(key, request) != bytes->substr(0, kCheckBytes)) return std::nullopt;
  return key;
}

}  // namespace pastille::http
