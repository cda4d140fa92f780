// How the provider is asked, as the operator decided it. A value; the secret is in it, so it is
// never logged whole.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/sign_in_externally.h"

namespace pastille::oidc {

struct Settings {
  std::string issuer;  // exactly as the provider names itself
  std::string client_id;
  std::string client_secret;  // "": a public client, held by PKCE alone
  std::string name;           // on the button
  std::vector<std::string> scopes = {"openid", "profile", "email"};
  std::string groups_claim = "groups";
  std::filesystem::path ca_file;  // "": what the system trusts
  ExternalRules rules;
};

// https, or http on a loopback address; without user, fragment and blanks.
bool is_sound_url(std::string_view url);

}  // namespace pastille::oidc
