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

// A place among the passwords in work; nullptr: refused already, as there are too many. `of` is the
// login, or whatever else there are not many of at once.
std::shared_ptr<const void> begin_password(Call& call, std::string_view of, bool known);

// Hashes a new password on its thread; `then(Call&, std::string hash)` runs on the connection's.
// `of`: as in begin_password.
template <class Then>
void hash_password(const std::shared_ptr<Call>& call, std::string_view of, std::string password,
                   Then then) {
  auto place = begin_password(*call, of, false);
  if (place == nullptr) return;
  Passwords& passwords = call->parts().passwords;
  passwords.hash(std::move(password), [call, place = std::move(place),
                                       then = std::move(then)](Result<std::string> hash) mutable {
    place.reset();
    call->responder.hop([call, then = std::move(then), hash = std::move(hash)]() mutable {
      if (!hash) return call->refuse(hash.error());
      then(*call, *std::move(hash));
    });
  });
}

// Whose password it is said to be, and from where.
struct Claim {
  std::string folded_login;
  bool known = false;  // has signed in from there before
};

// Checks a password on its thread; `then(Call&, bool right)` runs on the connection's.
template <class Then>
void verify_password(const std::shared_ptr<Call>& call, const Claim& claim, std::string hash,
                     std::string password, Then then) {
  auto place = begin_password(*call, claim.folded_login, claim.known);
  if (place == nullptr) return;
  Passwords& passwords = call->parts().passwords;
  passwords.verify(
      std::move(hash), std::move(password),
      [call, place = std::move(place), then = std::move(then)](Result<bool> right) mutable {
        place.reset();
        call->responder.hop([call, then = std::move(then), right = std::move(right)]() mutable {
          if (!right) return call->refuse(right.error());
          then(*call, *right);
        });
      });
}

// Set: too many have failed; kTooMany with the time to wait.
std::optional<Refusal> must_wait(const Call& call, const Claim& claim);
// A wrong password counts here at once, and at the other nodes when they hear of it; when they
// cannot (the database is lost), here alone, and the answer is the same.
void count_wrong(const Call& call, std::string_view folded_login);
// The fingerprint of where a request comes from, for who has this login (app/known_places.h).
std::uint64_t place_of(const Call& call, std::string_view folded_login);
// A right one. Set: what the sign-in is to tell the other nodes.
std::optional<SignInPlace> count_right(const Call& call, std::string_view folded_login);

}  // namespace pastille::http
