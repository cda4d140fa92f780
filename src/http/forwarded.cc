#include "http/forwarded.h"

#include <algorithm>
#include <vector>

#include "http/ascii.h"

namespace pastille::http {
namespace {

namespace ip = boost::asio::ip;

bool is_listed(std::string_view address, std::span<const std::string> proxies) {
  return std::ranges::find(proxies, address) != proxies.end();
}

// All entries of a field that is a list, possibly given several times, in their order.
std::vector<std::string_view> entries(const Request& request, std::string_view name) {
  std::vector<std::string_view> all;
  for (const auto& [key, value] : request.fields) {
    if (key != name) continue;
    std::string_view rest = value;
    while (!rest.empty()) all.push_back(trim_blanks(take_until(rest, ',')));
  }
  return all;
}

// Without a port and without brackets.
std::string_view host_of(std::string_view text) {
  if (text.starts_with('[')) return text.substr(1, text.find(']') - 1);
  const std::size_t colon = text.find(':');
  // More than one colon is IPv6 without a port.
  return colon == text.rfind(':') ? text.substr(0, colon) : text;
}

}  // namespace

std::string address_text(const ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return ip::make_address_v4(ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

std::optional<std::string> parse_forwarded_address(std::string_view text) {
  boost::system::error_code error;
  const auto address = ip::make_address(std::string(host_of(text)), error);
  if (error) return std::nullopt;
  return address_text(address);
}

std::string client_address(const Request& request, std::string_view peer,
                           std::span<const std::string> trusted_proxies) {
  std::string nearest(peer);
  const auto claimed = entries(request, "x-forwarded-for");
  for (auto each = claimed.rbegin(); each != claimed.rend(); ++each) {
    if (!is_listed(nearest, trusted_proxies)) break;
    const auto address = parse_forwarded_address(*each);
    if (!address) break;
    nearest = *address;
  }
  return nearest;
}

bool came_under_tls(const Request& request, std::string_view peer,
                    std::span<const std::string> trusted_proxies) {
  if (!is_listed(peer, trusted_proxies)) return false;
  const auto claimed = entries(request, "x-forwarded-proto");
  return !claimed.empty() && lower_ascii(claimed.back()) == "https";
}

}  // namespace pastille::http
