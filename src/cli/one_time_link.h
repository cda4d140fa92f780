// The address that a one-time link is, for who types the command: shown once, kept nowhere.
#pragma once

#include <string>

#include "app/invitations.h"
#include "core/clear_secret.h"
#include "server/engine.h"

namespace pastille::cli {

inline std::string one_time_link(const server::Engine& engine, const ClearSecret& secret) {
  return secret.behind(engine.address() + std::string(kInvitationPlace)).reveal();
}

}  // namespace pastille::cli
