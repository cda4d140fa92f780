// HOST:PORT to listen on, as operators write it: an IPv4 address, an IPv6 address in brackets, or
// "localhost". Values only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pastille::server {

struct Address {
  std::string host = "127.0.0.1";  // numeric, without brackets
  std::uint16_t port = 0;          // 0: any free one
  friend bool operator==(const Address&, const Address&) = default;
};

// nullopt: not of that form.
std::optional<Address> parse_address(std::string_view text);
// An IP address alone, in its canonical form.
std::optional<std::string> parse_host(std::string_view text);
// "127.0.0.1:8080", "[::1]:8080"
std::string to_text(const Address& address);
// "http://127.0.0.1:8080"; an address that stands for all of the machine's is shown as localhost.
std::string url_of(const Address& address, std::string_view scheme = "http");

}  // namespace pastille::server
