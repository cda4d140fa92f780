#include "auth/random_secrets.h"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace pastille::auth {

RandomSecrets::RandomSecrets() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
}

std::string RandomSecrets::make(std::string_view prefix) {
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::array<unsigned char, 32> bits{};
  randombytes_buf(bits.data(), bits.size());
  std::array<char, sodium_base64_ENCODED_LEN(32, kVariant)> text{};
  sodium_bin2base64(text.data(), text.size(), bits.data(), bits.size(), kVariant);
  return std::string(prefix) + text.data();
}

SecretHash RandomSecrets::hash(std::string_view secret) const {
  SecretHash hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(secret.data()),
                     secret.size());
  return hash;
}

}  // namespace pastille::auth
