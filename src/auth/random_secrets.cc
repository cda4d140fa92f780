#include "auth/random_secrets.h"

#include <sodium.h>

#include <array>
#include <stdexcept>

#include "core/recovery_code.h"

namespace pastille::auth {

RandomSecrets::RandomSecrets() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
}

ClearSecret RandomSecrets::make(std::string_view prefix) {
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::array<unsigned char, 32> bits{};
  randombytes_buf(bits.data(), bits.size());
  std::array<char, sodium_base64_ENCODED_LEN(32, kVariant)> text{};
  sodium_bin2base64(text.data(), text.size(), bits.data(), bits.size(), kVariant);
  return ClearSecret(std::string(prefix) + text.data());
}

ClearSecret RandomSecrets::make_recovery_code() {
  std::array<std::uint8_t, kRecoveryCodeLetters> random{};
  randombytes_buf(random.data(), random.size());
  return ClearSecret(recovery_code(random));
}

SecretHash RandomSecrets::hash(std::string_view secret) const {
  SecretHash hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(secret.data()),
                     secret.size());
  return hash;
}

}  // namespace pastille::auth
