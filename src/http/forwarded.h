// What a proxy before us says of the request it took: whose it is, and whether it came under TLS.
// Believed when the peer is one of the listed proxies, and no further than such proxies wrote it:
// whatever stands to the left of their entries is what somebody claimed. Pure.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "http/request.h"

namespace pastille::http {

// An IPv4 client of a socket that speaks both is written as IPv4.
std::string address_text(const boost::asio::ip::address& address);

// "203.0.113.9", "203.0.113.9:4711", "[2001:db8::1]:4711" -> the address alone, written as a peer's
// is; nullopt: no address.
std::optional<std::string> parse_forwarded_address(std::string_view text);

// The peer, or the nearest in X-Forwarded-For that is no listed proxy itself.
std::string client_address(const Request& request, std::string_view peer,
                           std::span<const std::string> trusted_proxies);

// Whether the nearest proxy took it under TLS: the last X-Forwarded-Proto is https.
bool came_under_tls(const Request& request, std::string_view peer,
                    std::span<const std::string> trusted_proxies);

}  // namespace pastille::http
