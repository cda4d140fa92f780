// Refusals are values. The list of problems is closed in the code and only grows in the contract;
// wire/problem_json.cc is the one place that gives each its HTTP status and title.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/ids.h"
#include "core/permission.h"

namespace pastille {

// Stored as their number: new ones come last.
enum class Problem {
  kMalformed,          // 400 malformed
  kNotSignedIn,        // 401 not-signed-in
  kWrongCredentials,   // 401 wrong-credentials
  kPermissionMissing,  // 403 permission-missing, names it
  kScopeMissing,       // 403 scope-missing
  kOwnStatusOnly,      // 403 own-status-only (R15)
  kSystemStatus,       // 403 system-status (R6)
  kBuiltInRole,        // 403 built-in-role
  kForeignOrigin,      // 403 foreign-origin
  kNotFound,           // 404 not-found
  kMethod,             // 405 method
  kNameTaken,          // 409 name-taken
  kLoginTaken,         // 409 login-taken
  kLastAdministrator,  // 409 last-administrator
  kRoleInUse,          // 409 role-in-use
  kLimitReached,       // 409 limit-reached
  kStaleVersion,       // 412 stale-version, with `current`
  kTooLarge,           // 413 too-large
  kMediaType,          // 415 media-type
  kInvalid,            // 422 invalid, with `errors`
  kTooMany,            // 429 too-many, Retry-After
  kUnavailable,        // 503 unavailable, Retry-After
  kStale,              // 503 stale, Retry-After
  kExternalSignIn,     // 409 external-sign-in
};

// One fault of the input: a JSON pointer (RFC 6901) into the request and what to do about it.
struct FieldError {
  std::string pointer;
  std::string detail;
};

// What a stale-version answer shows as `current`.
using Subject = std::variant<std::monostate, StatusId, UserId, TeamId, RoleId>;

struct Refusal {
  Problem problem;
  std::string detail;  // one or two English sentences a person can act on
  std::vector<FieldError> errors = {};
  std::optional<Permission> permission = {};             // with kPermissionMissing
  Subject current = {};                                  // with kStaleVersion
  std::optional<std::chrono::seconds> retry_after = {};  // with kTooMany, kUnavailable, kStale
};

template <class T>
using Result = std::expected<T, Refusal>;

inline std::unexpected<Refusal> refuse(Problem problem, std::string detail) {
  return std::unexpected(Refusal{.problem = problem, .detail = std::move(detail)});
}

inline std::unexpected<Refusal> refuse_field(std::string pointer, const std::string& detail) {
  return std::unexpected(Refusal{.problem = Problem::kInvalid,
                                 .detail = detail,
                                 .errors = {FieldError{std::move(pointer), detail}}});
}

}  // namespace pastille
