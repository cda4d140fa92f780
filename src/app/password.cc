#include "app/password.h"

#include <optional>
#include <string>
#include <utility>

#include "app/authority.h"
#include "app/finding.h"
#include "app/invitations.h"
#include "app/recording.h"
#include "app/sign_in.h"
#include "app/tokens.h"
#include "core/faults.h"

namespace pastille {
namespace {

struct Kept {
  SessionId session;
  std::vector<TokenId> tokens;
};

// `given`: by whom, when it is not one's own.
void set_hash(Draft& draft, UserId user, const std::string& hash, std::optional<Stamp> given,
              const Kept& kept, const Context& context) {
  drop_invitations(draft, user);
  Person person = *draft.now().person(user);
  person.password_hash = hash;
  person.sign_in.password_given = given;
  ++person.own_version;
  draft.change(PersonPut{std::move(person)});
  end_sessions(draft, user, kept.session, context);
  drop_tokens(draft, user, context, kept.tokens);
}

Result<void> own_tokens(const Organisation& organisation, UserId user,
                        const std::vector<TokenId>& tokens) {
  Faults faults;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const Token* token = organisation.token(tokens[at]);
    if (token != nullptr && token->user == user) continue;
    faults.add("/keep_tokens/" + std::to_string(at), "None of your tokens has this id.");
  }
  return faults.verdict();
}

}  // namespace

Result<bool> ChangePassword::decide(Draft& draft, const Acting& who, const Context& context) const {
  if (const Result<void> may = require_session(who); !may) return std::unexpected(may.error());
  const Person* person = draft.now().person(who.user);
  if (person == nullptr || person->password_hash != verified_hash) {
    return refuse_field("/current_password", "The password was changed meanwhile. Try again.");
  }
  if (auto own = own_tokens(draft.now(), who.user, keep_tokens); !own) {
    return std::unexpected(own.error());
  }
  set_hash(draft, who.user, new_hash, {}, {.session = who.session, .tokens = keep_tokens}, context);
  return true;
}

Result<bool> SetPassword::decide(Draft& draft, const Acting& who, const Context& context) const {
  const auto person = find_person(draft.now(), who, user);
  if (!person) return std::unexpected(person.error());
  if (auto may = require_authority(draft.now(), who, **person); !may) {
    return std::unexpected(may.error());
  }
  set_hash(draft, user, new_hash, Stamp{.at = context.now.wall, .by = who.author}, {}, context);
  record(draft, who, context, "user.password", to_text(user));
  return true;
}

}  // namespace pastille
