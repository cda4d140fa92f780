// Secrets by libsodium: 256 random bits in base64url after a prefix; stored as SHA-256, which is
// enough for what nobody can guess. Thread-safe.
#pragma once

#include "app/ports/identity.h"

namespace pastille::auth {

class RandomSecrets final : public Secrets {
 public:
  RandomSecrets();
  ClearSecret make(std::string_view prefix) override;
  ClearSecret make_recovery_code() override;
  using Secrets::hash;
  SecretHash hash(std::string_view secret) const override;
};

}  // namespace pastille::auth
