// People and roles as the command line names them: by login, by name.
#pragma once

#include <string>

#include "core/organisation.h"
#include "core/refusal.h"
#include "core/unicode.h"

namespace pastille::cli {

Result<UserId> person_with_login(const Organisation& organisation, const std::string& login,
                                 const Unicode& unicode);
Result<RoleId> role_with_name(const Organisation& organisation, const std::string& name,
                              const Unicode& unicode);

}  // namespace pastille::cli
