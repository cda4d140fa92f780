// Where a person has signed in: from there they are let in while somebody guesses passwords, from
// elsewhere or behind the same address (app/ports/throttle.h). Kept with the person, as
// fingerprints alone, at most limits::kKnownPlaces, the newest first. Pure.
#pragma once

#include <cstdint>
#include <string_view>

#include "app/draft.h"
#include "core/sessions.h"

namespace pastille {

// Of the SHA-256 of a network and a folded login together: the same network is another number with
// everybody. 53 bits, so that any reader of JSON has it exactly.
std::uint64_t place_fingerprint(const SecretHash& of_network_and_login);

bool knows_place(const Person& person, std::uint64_t place);

// Notes a sign-in there. Nothing changes where it is known.
void remember_place(Draft& draft, UserId user, std::uint64_t place);

}  // namespace pastille
