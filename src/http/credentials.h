// Passwords on their way in: their shape, and beginning a session once one was found right. Hashing
// runs on threads of its own; nothing here blocks.
#pragma once

#include <memory>
#include <string>

#include "app/sign_in.h"
#include "http/call.h"
#include "http/cookies.h"
#include "wire/fields.h"

namespace pastille::http {

// A required text of 1 to `most` code points; faults are noted, "" then.
std::string read_bounded(Fields& fields, std::string_view name, std::size_t most,
                         const Unicode& unicode);
// A password that is to be checked.
std::string read_password(Fields& fields, std::string_view name, const Unicode& unicode);
// A new password (core/password_rule.h) of who has this login; faults are noted, "" then.
std::string read_new_password(Fields& fields, std::string_view name, Need need,
                              std::string_view login, const Unicode& unicode);

// The secret of a new session for the cookie, and its hash for the command.
struct NewSecret {
  ClearSecret text;
  SecretHash hash{};
};
NewSecret make_session_secret(const Parts& parts);

std::string user_agent(const Call& call);
// The session that the browser came with, which ends when somebody signs in there.
SessionId replaced_session(const Call& call);
// Names, secure or not, of the cookies of this call.
CookieRules rules_of(const Call& call);
void give_session_cookie(const Call& call, Response& response, const NewSecret& secret);
// 200 {user, permissions} with the cookie.
void answer_signed_in(Call& call, UserId user, const NewSecret& secret);

// Hashes a new password on its thread; `then(Call&, std::string hash)` runs on the connection's.
template <class Then>
void hash_password(const std::shared_ptr<Call>& call, std::string password, Then then) {
  Passwords& passwords = call->parts().passwords;
  passwords.hash(
      std::move(password), [call, then = std::move(then)](Result<std::string> hash) mutable {
        call->responder.hop([call, then = std::move(then), hash = std::move(hash)]() mutable {
          if (!hash) return call->refuse(hash.error());
          then(*call, *std::move(hash));
        });
      });
}

// Checks a password on its thread; `then(Call&, bool right)` runs on the connection's.
template <class Then>
void verify_password(const std::shared_ptr<Call>& call, std::string hash, std::string password,
                     Then then) {
  Passwords& passwords = call->parts().passwords;
  passwords.verify(
      std::move(hash), std::move(password),
      [call, then = std::move(then)](Result<bool> right) mutable {
        call->responder.hop([call, then = std::move(then), right = std::move(right)]() mutable {
          if (!right) return call->refuse(right.error());
          then(*call, *right);
        });
      });
}

// Set: too many have failed; kTooMany with the time to wait.
std::optional<Refusal> must_wait(const Call& call, std::string_view folded_login);
// A wrong password counts here at once, and at the other nodes when they hear of it; when they
// cannot (the database is lost), here alone, and the answer is the same.
void count_wrong(const Call& call, std::string_view folded_login);
// A right one. Set: what the sign-in is to tell the other nodes.
std::optional<SignInPlace> count_right(const Call& call, std::string_view folded_login);

}  // namespace pastille::http
