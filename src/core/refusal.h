// Refusals are values. The list of problems is closed in the code and only grows in the contract;
// wire/problem_json.cc is the one place that gives each its HTTP status and title.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <utility>
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
  kInternal,           // 500 internal: a fault of ours, of this one command
  kUnavailable,        // 503 unavailable, Retry-After
  kStale,              // 503 stale, Retry-After
  kExternalSignIn,     // 409 external-sign-in
};

// One fault of the input: a JSON pointer (RFC 6901) into the request and what to do about it.
// `code` and `params` say the same to programs, so that a page can say it in the person's language.
struct FieldError {
  std::string pointer;
  std::string detail;
  std::string code = "invalid";  // a word in snake_case; api/openapi.yaml lists them
  std::vector<std::pair<std::string, std::string>> params = {};  // numbers and names, as text
};

// What a stale-version answer shows as `current`.
using Subject = std::variant<std::monostate, StatusId, UserId, TeamId, RoleId>;

struct Refusal {
  Problem problem;
  std::string detail;  // one or two English sentences a person can act on
  std::vector<FieldError> errors = {};
  std::size_t errors_untold = 0;              // of a file: how many more there are
  std::optional<Permission> permission = {};  // with kPermissionMissing
  Subject current = {};                       // with kStaleVersion
  std::string taken_by = {};  // with kNameTaken, kLoginTaken: the name or login that is the same
  std::optional<std::chrono::seconds> retry_after = {};  // with kTooMany, kUnavailable, kStale
  std::string cause = {};  // with kInternal: for the operator's log, in no answer
};

template <class T>
using Result = std::expected<T, Refusal>;

inline std::unexpected<Refusal> refuse(Problem problem, std::string detail) {
  return std::unexpected(Refusal{.problem = problem, .detail = std::move(detail)});
}

inline std::unexpected<Refusal> refuse_field(FieldError error) {
  std::string detail = error.detail;
  return std::unexpected(Refusal{
      .problem = Problem::kInvalid, .detail = std::move(detail), .errors = {std::move(error)}});
}

inline std::unexpected<Refusal> refuse_field(std::string pointer, std::string detail) {
  return refuse_field(FieldError{std::move(pointer), std::move(detail)});
}

// kNameTaken or kLoginTaken.
inline std::unexpected<Refusal> refuse_taken(Problem problem, std::string by, std::string detail) {
  return std::unexpected(
      Refusal{.problem = problem, .detail = std::move(detail), .taken_by = std::move(by)});
}

// What broke while one command was decided; the others of its batch go on.
inline Refusal internal_fault(std::string cause) {
  return Refusal{.problem = Problem::kInternal,
                 .detail =
                     "Something in the server broke over this, and nothing was changed. The "
                     "server's log says more.",
                 .cause = std::move(cause)};
}

}  // namespace pastille
