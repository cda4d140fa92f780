#include "server/address.h"

#include <boost/asio/ip/address.hpp>
#include <charconv>

namespace pastille::server {
namespace {

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return port;
}

bool is_ipv6(std::string_view host) { return host.find(':') != std::string_view::npos; }

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto port = parse_port(text.substr(colon + 1));
  if (!port) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  if (host == "localhost") return Address{.host = "127.0.0.1", .port = *port};
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(std::string(host), error);
  if (error || address.is_v6() != bracketed) return std::nullopt;
  return Address{.host = address.to_string(), .port = *port};
}

std::optional<std::string> parse_host(std::string_view text) {
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(std::string(text), error);
  if (error) return std::nullopt;
  return address.to_string();
}

std::string to_text(const Address& address) {
  const std::string port = std::to_string(address.port);
  return is_ipv6(address.host) ? "[" + address.host + "]:" + port : address.host + ":" + port;
}

std::string url_of(const Address& address, std::string_view scheme) {
  const bool any = address.host == "0.0.0.0" || address.host == "::";
  const std::string host = any ? "localhost:" + std::to_string(address.port) : to_text(address);
  return std::string(scheme) + "://" + host;
}

}  // namespace pastille::server
