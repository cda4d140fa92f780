#include "app/tokens.h"

#include <algorithm>
#include <vector>

#include "app/showing.h"
#include "core/faults.h"
#include "core/label.h"
#include "core/limits.h"

namespace pastille {
namespace {

std::vector<TokenId> tokens_of(const Organisation& organisation, UserId user) {
  std::vector<TokenId> found;
  organisation.tokens_of.for_each_from(std::pair(user, TokenId{}), [&](const auto& key, bool) {
    if (key.first != user) return false;
    found.push_back(key.second);
    return true;
  });
  return found;
}

void drop_token(Draft& draft, TokenId token, UserId user, const Context& context) {
  draft.change(TokenDropped{token});
  end_presence(draft, user, token, context);
}

}  // namespace

Result<void> CreateToken::permitted(const Organisation&, const Acting& who) const {
  return require_session(who);
}

Result<Token> CreateToken::decide(Draft& draft, const Acting& who, const Context& context) const {
  if (auto may = permitted(draft.now(), who); !may) return std::unexpected(may.error());
  const UserId user =
      who.author.kind == Author::Kind::kOperator ? owner.value_or(UserId{}) : who.user;
  const Person* person = draft.now().person(user);
  if (person == nullptr || !person->active || person->erased) {
    return refuse(Problem::kNotFound, "There is no such active person.");
  }
  Faults faults;
  const std::optional<std::string> tidy = faults.take(
      parse_text(name, {.pointer = "/name", .most = limits::kTokenName}, context.unicode));
  const Time now = context.now.wall;
  const Time ends = expires_at.value_or(now + limits::kTokenDefaultLife);
  if (ends <= now) {
    faults.add("/expires_at", "This time is over. Give one that is still to come.");
  } else if (ends > now + limits::kTokenLongestLife) {
    faults.add("/expires_at", "At most five years (1826 days) ahead.");
  }
  if (const Result<void> verdict = faults.verdict(); !verdict) {
    return std::unexpected(verdict.error());
  }
  if (tokens_of(draft.now(), user).size() >= limits::kTokensPerPerson) {
    return refuse(Problem::kLimitReached, "A person has at most " +
                                              std::to_string(limits::kTokensPerPerson) +
                                              " tokens. Delete one that is not used.");
  }
  Token token;
  token.id = TokenId{draft.now().next.token};
  token.user = user;
  token.secret = secret;
  token.name = *tidy;
  token.scope = scope;
  token.created_at = now;
  token.expires_at = ends;
  draft.change(TokenPut{token});
  return token;
}

Result<bool> DeleteToken::decide(Draft& draft, const Acting& who, const Context& context) const {
  if (const Result<void> may = require_session(who); !may) return std::unexpected(may.error());
  const Token* found = draft.now().token(token);
  if (found == nullptr || found->user != who.user) {
    return refuse(Problem::kNotFound, "None of your tokens has this id.");
  }
  drop_token(draft, token, who.user, context);
  return true;
}

void drop_tokens(Draft& draft, UserId user, const Context& context,
                 const std::vector<TokenId>& kept) {
  for (const TokenId each : tokens_of(draft.now(), user)) {
    if (std::ranges::find(kept, each) == kept.end()) drop_token(draft, each, user, context);
  }
}

}  // namespace pastille
