// /invitation: the one-time link by which people set their password and sign in, and by which the
// first administrator is made. Its secret comes in a header field, which no log on the way keeps;
// /invitations/{token} is the same with the secret in the path.
#include "app/invitations.h"

#include "core/limits.h"
#include "core/recovery_code.h"
#include "http/command.h"
#include "http/credentials.h"
#include "http/invitation_link.h"
#include "http/resources.h"
#include "wire/json_writer.h"

namespace pastille::http {
namespace {

const Invitation* find(const Call& call) {
  return open_invitation(*call.organisation, call.parts().secrets.hash(given_invitation(call)),
                         call.parts().clock.now().wall);
}

Refusal gone() {
  return {.problem = Problem::kNotFound,
          .detail = "This link has been used, replaced or has run out. Ask for a new one."};
}

void show_invitation(Call call) {
  const Invitation* invitation = find(call);
  if (invitation == nullptr) return call.refuse(gone());
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("kind", invitation->user ? "invitation" : "first_administrator");
  if (const Person* person = call.organisation->person(invitation->user)) {
    json.field("login", person->login.text).field("display_name", person->display_name.text);
    json.field("renewal", is_renewal(*call.organisation, *invitation));
    json.field("recovery_code", person->sign_in.recovery.has_value());
  }
  json.field("expires_at", invitation->expires_at).end_object();
  call.answer(json_response(200, std::move(out)));
}

// Of who accepts: the invited person's, or the one that the first administrator chooses.
std::string login_of(const Call& call, const AcceptInvitation& command) {
  if (command.login) return *command.login;
  const Invitation* invitation = find(call);
  const Person* person =
      invitation == nullptr ? nullptr : call.organisation->person(invitation->user);
  return person == nullptr ? std::string() : person->login.text;
}

AcceptInvitation read_acceptance(const Call& call, bool first_administrator,
                                 std::vector<FieldError>& faults, std::string& password) {
  Fields fields(call.body, faults);
  AcceptInvitation command{.secret = call.parts().secrets.hash(given_invitation(call)),
                           .replaces = replaced_session(call)};
  if (first_administrator) {
    command.login = fields.text("login", Need::kRequired);
    command.display_name = fields.text("display_name", Need::kRequired);
  }
  password = read_new_password(fields, "password", Need::kRequired, login_of(call, command),
                               call.parts().unicode);
  if (!first_administrator && fields.has("recovery_code")) {
    const std::string code =
        read_bounded(fields, "recovery_code", limits::kRecoveryCode, call.parts().unicode);
    command.recovery_code = call.parts().secrets.hash(normal_recovery_code(code));
  }
  fields.nothing_else();
  command.user_agent = user_agent(call);
  const Unicode& unicode = call.parts().unicode;
  const std::string login = unicode.fold(unicode.tidy(login_of(call, command)).value_or(""));
  command.place = place_of(call, login);
  return command;
}

void submit_acceptance(const std::shared_ptr<Call>& call, AcceptInvitation command,
                       std::vector<FieldError> faults) {
  const NewSecret secret = make_session_secret(call->parts());
  command.session_secret = secret.hash;
  submit(call, Product{}, Faulty<AcceptInvitation>{std::move(command), std::move(faults)},
         [secret](Call& from, Result<SignedIn> signed_in) {
           if (!signed_in) return from.refuse(signed_in.error());
           answer_signed_in(from, signed_in->user, secret);
         });
}

void accept_invitation(Call call) {
  const Invitation* invitation = find(call);
  if (invitation == nullptr) return call.refuse(gone());
  std::vector<FieldError> faults = call.query_faults();
  std::string password;
  AcceptInvitation command = read_acceptance(call, !invitation->user, faults, password);
  auto kept = std::make_shared<Call>(std::move(call));
  // A hash costs 60 ms of a core: not for what is refused anyway.
  if (!faults.empty()) return submit_acceptance(kept, std::move(command), std::move(faults));
  hash_password(kept, std::string(given_invitation(*kept)), std::move(password),
                [kept, command = std::move(command)](Call&, std::string hash) mutable {
                  command.password_hash = std::move(hash);
                  submit_acceptance(kept, std::move(command), {});
                });
}

}  // namespace

void add_invitations(Site& site) {
  const std::vector<Route> routes{
      {Method::kGet, Access::kInvitation, Body::kNone, show_invitation},
      {Method::kPost, Access::kInvitation, Body::kJson, accept_invitation}};
  site.routes.add("/api/v1/invitation", routes);
  site.routes.add("/api/v1/invitations/{token}", routes);
}

}  // namespace pastille::http
