// Sign-in sessions, tokens and invitations as the contract writes them; never their secrets, but
// in the one answer that shows a new one.
#pragma once

#include <boost/json/value.hpp>
#include <vector>

#include "app/tokens.h"
#include "core/clear_secret.h"
#include "core/sessions.h"
#include "wire/json_writer.h"

namespace pastille {

// {name, scopes, expires_at?}; the secret is the caller's.
CreateToken parse_new_token(const boost::json::value& body, std::vector<FieldError>& faults);

// When a session ends if it is not used any more.
Time session_ends(const Session& session, const Settings& settings);

void write_session(JsonWriter& json, const Session& session, bool current,
                   const Settings& settings);
// The member NAME with a secret in the one answer that shows it; with nullptr instead of it
// "secret_shown": true, in the same answer given again.
void write_secret(JsonWriter& json, std::string_view name, const ClearSecret* shown);

void write_token(JsonWriter& json, const Token& token);
// In the answer that makes it; nullptr: it was shown before.
void write_new_token(JsonWriter& json, const Token& token, const ClearSecret* shown);

}  // namespace pastille
