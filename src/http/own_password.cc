// PUT /me/password. A wrong present password counts as a failed sign-in.
#include "app/password.h"

#include "core/limits.h"
#include "http/command.h"
#include "http/credentials.h"
#include "http/resources.h"

namespace pastille::http {
namespace {

struct PasswordChange {
  std::string current, wanted;
  std::vector<TokenId> keep_tokens;
};

PasswordChange read_change(const Call& call, std::vector<FieldError>& faults) {
  const Unicode& unicode = call.parts().unicode;
  Fields fields(call.body, faults);
  PasswordChange change;
  change.current = read_password(fields, "current_password", unicode);
  change.wanted = read_new_password(fields, "new_password", Need::kRequired,
                                    call.organisation->person(call.who.user)->login.text, unicode);
  change.keep_tokens = fields.ids<TokenId>("keep_tokens").value_or(std::vector<TokenId>());
  if (change.keep_tokens.size() > limits::kTokensPerPerson) {
    fields.fault("keep_tokens", "A person has at most 50 tokens.");
  }
  fields.nothing_else();
  return change;
}

void set_new(const std::shared_ptr<Call>& call, const std::string& verified_hash,
             PasswordChange change) {
  const std::string of = to_text(call->who.user);
  hash_password(
      call, of, std::move(change.wanted),
      [call, verified_hash, keep = std::move(change.keep_tokens)](Call&, std::string hash) {
        run_command(
            std::move(*call),
            ChangePassword{
                .verified_hash = verified_hash, .new_hash = std::move(hash), .keep_tokens = keep},
            {}, [](const Organisation&, UserId, bool) { return no_content(); });
      });
}

void change_own_password(Call call) {
  std::vector<FieldError> faults = call.query_faults();
  PasswordChange given = read_change(call, faults);
  if (!faults.empty()) return call.invalid(std::move(faults));
  const Person& person = *call.organisation->person(call.who.user);
  // Who has a session here has signed in before, from wherever it is.
  const Claim claim{.folded_login = person.login.folded, .known = true};
  const std::string hash = person.password_hash;
  if (const auto wait = must_wait(call, claim)) return call.refuse(*wait);
  auto kept = std::make_shared<Call>(std::move(call));
  std::string current = std::move(given.current);
  verify_password(kept, claim, hash, std::move(current),
                  [kept, hash, claim, given = std::move(given)](Call& from, bool right) {
                    // Those that were checked at the same time count as well.
                    if (const auto wait = must_wait(from, claim)) return from.refuse(*wait);
                    if (right) return set_new(kept, hash, given);
                    count_wrong(from, claim.folded_login);
                    from.invalid({{"/current_password", "This is not your password."}});
                  });
}

}  // namespace

void add_own_password(Site& site) {
  site.routes.add("/api/v1/me/password",
                  {{Method::kPut, Access::kSession, Body::kJson, change_own_password}});
}

}  // namespace pastille::http
