#include "http/websocket_handshake.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "http/ascii.h"

namespace pastille::http {
namespace {

constexpr std::string_view kSubprotocol = "pastille.v1";
constexpr std::string_view kGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";  // RFC 6455 1.3

// Whether a comma-separated field, possibly given several times, names this token.
bool names(const Request& request, std::string_view field, std::string_view token,
           bool ignore_case) {
  for (const auto& [name, value] : request.fields) {
    if (name != field) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::string_view each = trim_blanks(take_until(rest, ','));
      if (each == token || (ignore_case && lower_ascii(each) == token)) return true;
    }
  }
  return false;
}

// 16 bytes in base 64: 22 characters and "==".
bool is_key(std::string_view key) {
  return key.size() == 24 && key.ends_with("==") &&
         key.find_first_not_of(
             "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") == 22;
}

std::string accept_key(std::string_view key) {
  const std::string text = std::string(key) + std::string(kGuid);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr);
  std::array<unsigned char, 64> encoded{};
  const int length = EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(size));
  return std::string(encoded.begin(), encoded.begin() + length);
}

// One offer: the extension and its parameters, each at most once (RFC 7692 7.1).
bool is_taken(std::string_view offer) {
  if (lower_ascii(trim_blanks(take_until(offer, ';'))) != "permessage-deflate") return false;
  std::vector<std::string_view> seen;
  while (!offer.empty()) {
    std::string_view value = trim_blanks(take_until(offer, ';'));
    const std::string_view name = trim_blanks(take_until(value, '='));
    if (std::ranges::find(seen, name) != seen.end()) return false;
    seen.push_back(name);
    const bool flag = name == "server_no_context_takeover" || name == "client_no_context_takeover";
    if (flag && !value.empty()) return false;
    // A smaller window of the client's needs nothing of us; one of ours we do not offer.
    if (!flag && name != "client_max_window_bits") return false;
  }
  return true;
}

}  // namespace

bool offers_deflate(const Request& request) {
  for (const auto& [name, value] : request.fields) {
    if (name != "sec-websocket-extensions") continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      if (is_taken(take_until(rest, ','))) return true;
    }
  }
  return false;
}

Result<Response> accept_websocket(const Request& request) {
  if (!names(request, "connection", "upgrade", true) ||
      !names(request, "upgrade", "websocket", true)) {
    return refuse(Problem::kMalformed, "Ask for an upgrade to WebSocket here.");
  }
  if (request.field("sec-websocket-version") != "13") {
    return refuse(Problem::kMalformed, "Only version 13 of WebSocket is spoken here.");
  }
  const std::string_view key = request.field("sec-websocket-key").value_or("");
  if (!is_key(key)) {
    return refuse(Problem::kMalformed, "Sec-WebSocket-Key is no 16 bytes in base 64.");
  }
  if (!names(request, "sec-websocket-protocol", kSubprotocol, false)) {
    return refuse(Problem::kMalformed, "Offer the subprotocol pastille.v1.");
  }
  Response response{.status = 101};
  response.with("Upgrade", "websocket")
      .with("Connection", "Upgrade")
      .with("Sec-WebSocket-Accept", accept_key(key))
      .with("Sec-WebSocket-Protocol", std::string(kSubprotocol));
  if (offers_deflate(request)) {
    response.with("Sec-WebSocket-Extensions",
                  "permessage-deflate; server_no_context_takeover; client_no_context_takeover");
  }
  return response;
}

}  // namespace pastille::http
