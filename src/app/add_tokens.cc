#include "app/add_tokens.h"

#include <algorithm>
#include <span>

#include "app/tokens.h"
#include "core/limits.h"

namespace pastille {
namespace {

// Of those after the first `made`, as many as that.
Result<std::size_t> make_some(const AddTokens& command, std::size_t most, Draft& draft,
                              const Acting& who, const Context& context) {
  const std::size_t count = std::min(most, command.tokens.size() - command.made);
  for (const auto& [owner, secret] : std::span(command.tokens).subspan(command.made, count)) {
    const CreateToken one{.owner = owner,
                          .name = command.name,
                          .scope = command.scope,
                          .expires_at = {},
                          .secret = secret};
    if (auto made = one.decide(draft, who, context); !made) return std::unexpected(made.error());
  }
  return count;
}

}  // namespace

Result<std::size_t> AddTokens::decide(Draft& draft, const Acting& who,
                                      const Context& context) const {
  return make_some(*this, limits::kPiecePeople, draft, who, context);
}

std::optional<std::size_t> AddTokens::go_on(std::size_t piece) {
  made += piece;
  return made == tokens.size() ? std::optional(made) : std::nullopt;
}

void AddTokens::broken_off(Refusal& why) const {
  if (made == 0) return;
  why.detail = "The first " + std::to_string(made) + " of " + std::to_string(tokens.size()) +
               " tokens were made and are valid; then it was broken off: " + why.detail;
}

Result<std::size_t> try_out(const AddTokens& command, const Organisation& organisation,
                            const Acting& who, const Context& context) {
  Draft draft(organisation);
  return make_some(command, command.tokens.size(), draft, who, context);
}

}  // namespace pastille
