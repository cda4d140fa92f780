#include "oidc/vouched.h"

#include <boost/json.hpp>

#include "core/limits.h"
#include "core/outside_text.h"
#include "oidc/id_token.h"

namespace pastille::oidc {
namespace {

namespace json = boost::json;

// What is no text counts as not said.
std::string said(const json::object& claims, std::string_view name) {
  std::string text = text_of(claims, name);
  return fault_of_text(text) ? std::string() : text;
}

std::vector<std::string> groups_of(const json::object& claims, std::string_view name) {
  std::vector<std::string> groups;
  const json::value* value = claims.if_contains(name);
  if (value == nullptr) return groups;
  if (value->is_string()) groups.emplace_back(value->get_string());
  if (!value->is_array()) return groups;
  for (const json::value& each : value->get_array()) {
    if (groups.size() >= limits::kOidcGroups) break;
    if (each.is_string()) groups.emplace_back(each.get_string());
  }
  return groups;
}

}  // namespace

Vouched read_vouched(const json::object& claims, const json::object& userinfo,
                     std::string_view groups_claim) {
  const auto text = [&](std::string_view name) {
    std::string found = said(claims, name);
    return found.empty() ? said(userinfo, name) : found;
  };
  Vouched vouched{.external = {text_of(claims, "iss"), text_of(claims, "sub")},
                  .name = text("name"),
                  .wanted_login = text("preferred_username"),
                  .locale = text("locale"),
                  .groups = groups_of(claims, groups_claim)};
  if (vouched.name.empty()) {
    const std::string given = text("given_name");
    const std::string family = text("family_name");
    vouched.name = given + (given.empty() || family.empty() ? "" : " ") + family;
  }
  if (vouched.wanted_login.empty()) vouched.wanted_login = text("email");
  if (!claims.contains(groups_claim)) vouched.groups = groups_of(userinfo, groups_claim);
  return vouched;
}

}  // namespace pastille::oidc
