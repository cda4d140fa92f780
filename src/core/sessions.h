// Sign-in sessions, personal tokens and invitations. Secrets are stored as SHA-256 of 256 random
// bits, never themselves.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "core/ids.h"
#include "core/time.h"

namespace pastille {

using SecretHash = std::array<std::uint8_t, 32>;
// Of the organisation, 256 random bits: seals what a browser keeps for us for some minutes. Every
// node has the same. In no answer, no export and no log.
using SealingKey = std::array<std::uint8_t, 32>;

struct Session {
  SessionId id;
  UserId user;
  SecretHash secret{};
  Time created_at = {};
  Time seen_at = {};       // moved at most once a minute, so that reading does not write
  std::string user_agent;  // shown in one's own list of sessions; at most 200 bytes
  friend bool operator==(const Session&, const Session&) = default;
};

enum class Scope : std::uint8_t { kRead, kStatus };  // kStatus includes kRead

struct Token {
  TokenId id;
  UserId user;
  SecretHash secret{};
  std::string name;
  Scope scope = Scope::kRead;
  Time created_at = {};
  Time expires_at = {};
  friend bool operator==(const Token&, const Token&) = default;
};

// A one-time link: sets a password and signs in. Without a user it makes the first administrator.
struct Invitation {
  InvitationId id;
  UserId user;  // {}: the first administrator's
  SecretHash secret{};
  Time expires_at = {};
  friend bool operator==(const Invitation&, const Invitation&) = default;
};

}  // namespace pastille
