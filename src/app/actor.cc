#include "app/actor.h"

#include <string>

namespace pastille {
namespace {

std::unexpected<Refusal> not_signed_in() {
  return refuse(Problem::kNotSignedIn,
                "You are not signed in, or your session has ended. Sign in and try again.");
}

Result<Acting> person_acting(const Organisation& organisation, UserId user,
                             std::optional<Scope> scope) {
  const Person* person = organisation.person(user);
  if (person == nullptr || !person->active || person->erased) return not_signed_in();
  Acting who{.author = {.kind = Author::Kind::kPerson, .user = user},
             .user = user,
             .permissions = {},
             .scope = scope};
  const Role* role = organisation.role(person->role);
  if (!scope && role != nullptr) who.permissions = role->permissions;
  return who;
}

}  // namespace

bool has_expired(const Session& session, const Settings& settings, Time now) {
  return now >= session.seen_at + settings.session_idle ||
         now >= session.created_at + settings.session_absolute;
}

Result<Acting> acting(const Organisation& organisation, const Actor& actor,
                      const Context& context) {
  if (const auto* id = std::get_if<SessionId>(&actor)) {
    const Session* session = organisation.session(*id);
    if (session == nullptr) return not_signed_in();
    if (!context.keep_sessions && has_expired(*session, context.settings, context.now.wall)) {
      return not_signed_in();
    }
    Result<Acting> who = person_acting(organisation, session->user, std::nullopt);
    if (who) who->session = *id;
    return who;
  }
  if (const auto* id = std::get_if<TokenId>(&actor)) {
    const Token* token = organisation.token(*id);
    if (token == nullptr) return not_signed_in();
    if (!context.keep_sessions && token->expires_at <= context.now.wall) return not_signed_in();
    return person_acting(organisation, token->user, token->scope);
  }
  if (std::holds_alternative<Operator>(actor)) {
    return Acting{.author = {.kind = Author::Kind::kOperator, .user = {}},
                  .user = {},
                  .permissions = Permissions::all(),
                  .scope = {}};
  }
  return Acting{.author = {.kind = Author::Kind::kProduct, .user = {}},
                .user = {},
                .permissions = Permissions::all(),
                .scope = {}};
}

Result<Acting> acting(const Organisation& organisation, const Actor& actor, NodeId under,
                      const Context& context) {
  const bool of_a_person =
      std::holds_alternative<SessionId>(actor) || std::holds_alternative<TokenId>(actor);
  if (of_a_person && under != context.node) {
    return std::unexpected(
        Refusal{.problem = Problem::kUnavailable,
                .detail = "This server was cut off for a while, and nothing was changed. Look how "
                          "things are now, and try again.",
                .retry_after = std::chrono::seconds(1)});
  }
  return acting(organisation, actor, context);
}

Result<void> require(const Acting& who, Permission permission) {
  if (const Result<void> session = require_session(who); !session) return session;
  if (who.permissions.has(permission)) return {};
  const std::string name(to_text(permission));
  return std::unexpected(Refusal{.problem = Problem::kPermissionMissing,
                                 .detail = "Your role does not have the permission " + name +
                                           ". Ask an administrator for a role that has it.",
                                 .permission = permission});
}

Result<void> require_scope(const Acting& who, Scope scope) {
  if (!who.scope || *who.scope == scope || *who.scope == Scope::kStatus) return {};
  return refuse(Problem::kScopeMissing,
                "This token may only read. Make one with the scope status to change your own.");
}

Result<void> require_session(const Acting& who) {
  if (!who.scope) return {};
  return refuse(Problem::kScopeMissing,
                "A token cannot do this, whoever it belongs to. Sign in with a password.");
}

}  // namespace pastille
