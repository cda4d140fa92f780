#include "cli/people_by_name.h"

namespace pastille::cli {
namespace {

std::string folded(const std::string& text, const Unicode& unicode) {
  return unicode.fold(unicode.tidy(text).value_or(std::string()));
}

}  // namespace

Result<UserId> person_with_login(const Organisation& organisation, const std::string& login,
                                 const Unicode& unicode) {
  if (const UserId* found = organisation.logins.find(folded(login, unicode))) return *found;
  return refuse(Problem::kNotFound,
                "Nobody has the login \"" + login + "\". See pastille user list.");
}

Result<RoleId> role_with_name(const Organisation& organisation, const std::string& name,
                              const Unicode& unicode) {
  if (const RoleId* found = organisation.role_names.find(folded(name, unicode))) return *found;
  std::string known;
  organisation.roles.for_each([&](RoleId, const Box<Role>& role) {
    if (!known.empty()) known += ", ";
    known += role->name.text;
  });
  return refuse(Problem::kNotFound, "There is no role \"" + name + "\". There are: " + known + ".");
}

}  // namespace pastille::cli
