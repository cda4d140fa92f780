// /session: signing in and out, and who is signed in here.
#include "app/sign_in.h"

#include "app/known_places.h"
#include "core/limits.h"
#include "http/command.h"
#include "http/credentials.h"
#include "http/resources.h"
#include "wire/user_json.h"

namespace pastille::http {
namespace {

struct Credentials {
  std::string folded_login;
  std::string password;
};

Credentials read_credentials(const Call& call, std::vector<FieldError>& faults) {
  const Unicode& unicode = call.parts().unicode;
  Fields fields(call.body, faults);
  const std::string login = read_bounded(fields, "login", limits::kLogin, unicode);
  std::string password = read_password(fields, "password", unicode);
  fields.nothing_else();
  return {.folded_login = unicode.fold(unicode.tidy(login).value_or("")),
          .password = std::move(password)};
}

Refusal wrong_credentials() {
  return {.problem = Problem::kWrongCredentials,
          .detail = "Login and password do not match. Check both and try again."};
}

// "" for unknown logins, people who left and those without a password: checking it takes as long.
const Person* who_may_sign_in(const Organisation& organisation, const std::string& folded_login) {
  const UserId* user = organisation.logins.find(folded_login);
  const Person* person = user != nullptr ? organisation.person(*user) : nullptr;
  return person != nullptr && person->active && !person->erased ? person : nullptr;
}

void begin_session(Call& call, UserId user, std::string verified_hash, const std::string& login) {
  auto tell = count_right(call, login);
  const NewSecret secret = make_session_secret(call.parts());
  SignIn command{.user = user,
                 .verified_hash = std::move(verified_hash),
                 .secret = secret.hash,
                 .user_agent = user_agent(call),
                 .tell = std::move(tell),
                 .replaces = replaced_session(call),
                 .place = place_of(call, login)};
  submit(std::make_shared<Call>(std::move(call)), Product{}, std::move(command),
         [user, secret](Call& from, Result<SessionId> session) {
           if (!session) return from.refuse(session.error());
           answer_signed_in(from, user, secret);
         });
}

void sign_in(Call call) {
  std::vector<FieldError> faults = call.query_faults();
  Credentials given = read_credentials(call, faults);
  if (!faults.empty()) return call.invalid(std::move(faults));
  const Person* person = who_may_sign_in(*call.organisation, given.folded_login);
  const bool known = person != nullptr && knows_place(*person, place_of(call, given.folded_login));
  Claim claim{.folded_login = std::move(given.folded_login), .known = known};
  if (const auto wait = must_wait(call, claim)) return call.refuse(*wait);
  const std::string hash = person != nullptr ? person->password_hash : "";
  const UserId user = person != nullptr ? person->id : UserId{};
  verify_password(std::make_shared<Call>(std::move(call)), claim, hash, std::move(given.password),
                  [user, hash, claim](Call& from, bool right) {
                    // Those that were checked at the same time count as well.
                    if (const auto wait = must_wait(from, claim)) return from.refuse(*wait);
                    if (right && user) return begin_session(from, user, hash, claim.folded_login);
                    count_wrong(from, claim.folded_login);
                    from.refuse(wrong_credentials());
                  });
}

void show_session(Call call) {
  const Person& person = *call.organisation->person(call.who.user);
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("user");
  write_self(json, person, *call.organisation);
  json.key("permissions");
  write_permissions(json, permissions_of(person, *call.organisation));
  json.end_object();
  call.answer(json_response(200, std::move(out)));
}

void sign_out(Call call) {
  auto expired = expire_session_cookies(rules_of(call));
  run_command(std::move(call), SignOut{}, {},
              [expired = std::move(expired)](const Organisation&, UserId, bool) {
                Response response = no_content();
                for (const std::string& each : expired) response.with("Set-Cookie", each);
                return response;
              });
}

}  // namespace

void add_session(Site& site) {
  site.routes.add("/api/v1/session", {{Method::kGet, Access::kSession, Body::kNone, show_session},
                                      {Method::kPost, Access::kAnyone, Body::kJson, sign_in},
                                      {Method::kDelete, Access::kSession, Body::kNone, sign_out}});
}

}  // namespace pastille::http
