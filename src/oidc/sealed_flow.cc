#include "oidc/sealed_flow.h"

#include <sodium.h>

#include <array>
#include <cstdint>

#include "core/limits.h"

namespace pastille::oidc {
namespace {

constexpr int kBase64Url = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(std::tuple_size_v<SealingKey> == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// What it is sealed for: nothing else that the key may seal one day can be taken for it.
std::string purpose(std::string_view state) {
  return std::string("pastille oidc flow 1 ").append(state);
}

void add_number(std::string& out, std::uint64_t number, std::size_t size) {
  for (std::size_t at = 0; at < size; ++at) out += static_cast<char>(number >> (8 * at) & 0xffU);
}

// Takes from the front; nullopt: too short.
std::optional<std::uint64_t> take_number(std::string_view& from, std::size_t size) {
  if (from.size() < size) return std::nullopt;
  std::uint64_t number = 0;
  for (std::size_t at = 0; at < size; ++at) {
    number |= std::uint64_t{static_cast<std::uint8_t>(from[at])} << (8 * at);
  }
  from.remove_prefix(size);
  return number;
}

bool take_text(std::string_view& from, std::string& text) {
  const auto size = take_number(from, 2);
  if (!size || from.size() < *size) return false;
  text = from.substr(0, *size);
  from.remove_prefix(*size);
  return true;
}

std::optional<std::string> decoded(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(bytes_of(bytes), bytes.size(), text.data(), text.size(), nullptr, &size,
                        nullptr, kBase64Url) != 0) {
    return std::nullopt;
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace

std::string flow_bytes(const Flow& flow) {
  std::string out;
  add_number(out, static_cast<std::uint64_t>(flow.begun.time_since_epoch().count()), 8);
  for (const std::string* text : {&flow.nonce, &flow.verifier, &flow.callback, &flow.return_to}) {
    add_number(out, text->size(), 2);
    out += *text;
  }
  return out;
}

std::optional<Flow> parse_flow_bytes(std::string_view bytes) {
  Flow flow;
  const auto begun = take_number(bytes, 8);
  if (!begun) return std::nullopt;
  flow.begun = Time(Duration(static_cast<std::int64_t>(*begun)));
  for (std::string* text : {&flow.nonce, &flow.verifier, &flow.callback, &flow.return_to}) {
    if (!take_text(bytes, *text)) return std::nullopt;
  }
  return bytes.empty() ? std::optional(std::move(flow)) : std::nullopt;
}

std::optional<std::string> seal(const Flow& flow, std::string_view state, const SealingKey& key) {
  const std::string plain = flow_bytes(flow);
  std::string sealed(kNonce + plain.size() + kTag, '\0');
  const std::size_t length = sodium_base64_encoded_len(sealed.size(), kBase64Url);  // and a '\0'
  if (length - 1 > limits::kOidcSealedBytes) return std::nullopt;
  randombytes_buf(sealed.data(), kNonce);
  const std::string bound = purpose(state);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      bytes_of(sealed) + kNonce, nullptr, bytes_of(std::string_view(plain)), plain.size(),
      bytes_of(std::string_view(bound)), bound.size(), nullptr, bytes_of(sealed), key.data());
  std::string text(length, '\0');
  sodium_bin2base64(text.data(), text.size(), bytes_of(sealed), sealed.size(), kBase64Url);
  text.pop_back();
  return text;
}

std::optional<Flow> unseal(std::string_view sealed, std::string_view state, const SealingKey& key,
                           Time now) {
  if (sealed.size() > limits::kOidcSealedBytes) return std::nullopt;
  std::optional<std::string> bytes = decoded(sealed);
  if (!bytes || bytes->size() < kNonce + kTag) return std::nullopt;
  std::string plain(bytes->size() - kNonce - kTag, '\0');
  const std::string bound = purpose(state);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          bytes_of(plain), nullptr, nullptr, bytes_of(*bytes) + kNonce, bytes->size() - kNonce,
          bytes_of(std::string_view(bound)), bound.size(), bytes_of(*bytes), key.data()) != 0) {
    return std::nullopt;
  }
  std::optional<Flow> flow = parse_flow_bytes(plain);
  if (!flow) return std::nullopt;
  const bool over = now - flow->begun >= limits::kOidcFlowLife;
  const bool ahead = flow->begun - now >= limits::kOidcFlowLife;
  return over || ahead ? std::nullopt : flow;
}

}  // namespace pastille::oidc
