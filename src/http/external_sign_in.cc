// /auth/oidc/...: the way to a provider of identities and back, by redirects; and
// /api/v1/sign-in-methods, which says whether there is one. A failure brings people back to the
// sign-in page, with ?sign_in_problem=WORD for it to explain.
#include "app/ports/external_sign_in.h"

#include "core/limits.h"
#include "http/admission.h"
#include "http/command.h"
#include "http/cookies.h"
#include "http/credentials.h"
#include "http/flow_cookies.h"
#include "http/invitation_link.h"
#include "http/resources.h"
#include "wire/json_writer.h"

namespace pastille::http {
namespace {

// A path of ours and nothing else: "//host" and "/\host" lead elsewhere.
bool is_own_path(std::string_view path) {
  if (path.empty() || path.size() > limits::kReturnToBytes || path.front() != '/') return false;
  if (path.size() > 1 && path[1] == '/') return false;
  for (const char c : path) {
    if (c <= ' ' || c > '~' || c == '\\' || c == '#') return false;
  }
  return true;
}

Response see_other(std::string location) {
  Response response = no_content();
  response.status = 303;
  response.with("Location", std::move(location)).with("Referrer-Policy", "no-referrer");
  return response;
}

Response back_with(std::string_view problem) {
  return see_other("/?sign_in_problem=" + std::string(problem));
}

std::string_view word_of(ExternalFault fault) {
  switch (fault) {
    case ExternalFault::kUnreachable:
      return "unreachable";
    case ExternalFault::kDeclined:
      return "declined";
    case ExternalFault::kUnknown:
      return "again";
    case ExternalFault::kUntrusted:
      return "untrusted";
    case ExternalFault::kBusy:
      return "busy";
  }
  return "again";
}

std::string_view word_of(const Refusal& refusal) {
  if (refusal.problem == Problem::kNotFound) return "no-account";
  if (refusal.problem == Problem::kNotSignedIn) return "left";
  if (refusal.problem == Problem::kLimitReached) return "full";
  return "busy";
}

std::string_view cookies_of(const Call& call) { return call.request.field("cookie").value_or(""); }

// The end of a sign-in, whatever it is: what the browser kept of it goes.
Response ended(const Call& call, Response response) {
  const CookieRules rules = rules_of(call);
  const auto state = call.request.parameter("state").value_or("");
  if (const auto kept = flow_cookie(cookies_of(call), state, rules)) {
    response.with("Set-Cookie", expire_flow_cookie(kept->place, rules));
  }
  return response;
}

// Anywhere on the way; at its beginning there is nothing to end yet.
void fail(Call& call, const ExternalFailure& failure) {
  // Anybody can ask with a state that is none: that is not worth a line.
  if (failure.fault != ExternalFault::kUnknown) {
    call.parts().observer.failed(call.request.id, "sign-in at the provider: " + failure.why);
  }
  call.answer(ended(call, back_with(word_of(failure.fault))));
}

Refusal not_configured() {
  return {.problem = Problem::kNotFound,
          .detail = "No provider of identities is configured here. Sign in with a password."};
}

void methods(Call call) {
  const ExternalSignIn* external = call.parts().external;
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("password", true).key("external");
  if (external == nullptr) {
    json.null();
  } else {
    json.begin_object()
        .field("name", external->name())
        .field("start", "/auth/oidc/start")
        .field("sign_out", "/auth/oidc/sign-out")
        .end_object();
  }
  json.end_object();
  call.answer(json_response(200, std::move(out)));
}

void start_external(Call call) {
  ExternalSignIn* external = call.parts().external;
  if (external == nullptr) return call.refuse(not_configured());
  std::string path(call.request.parameter("return_to").value_or("/"));
  if (!is_own_path(path)) path = "/";
  std::string callback = own_address(call) + "/auth/oidc/callback";
  const auto kept = std::make_shared<Call>(std::move(call));
  using Begun = std::expected<ExternalSignIn::Begun, ExternalFailure>;
  ExternalSignIn::Wanted wanted{.return_to = std::move(path),
                                .callback = std::move(callback),
                                .from = neighbourhood(kept->request.remote)};
  external->begin(std::move(wanted), [kept](Begun begun) {
    kept->responder.hop([kept, begun = std::move(begun)] {
      if (!begun) return fail(*kept, begun.error());
      const CookieRules rules = rules_of(*kept);
      const std::size_t place = place_of_next_flow(cookies_of(*kept), rules);
      Response response = see_other(begun->location);
      response.with("Set-Cookie", set_flow_cookie(place, kept->parts().clock.now().wall,
                                                  begun->state, begun->sealed, rules));
      kept->answer(std::move(response));
    });
  });
}

void begin_session(const std::shared_ptr<Call>& call, ExternalSignIn::Finished finished) {
  const NewSecret secret = make_session_secret(call->parts());
  SignInExternally command{.vouched = std::move(finished.vouched),
                           .rules = call->parts().external->rules(),
                           .secret = secret.hash,
                           .user_agent = user_agent(*call),
                           .replaces = replaced_session(*call)};
  submit(call, Product{}, std::move(command),
         [secret, path = std::move(finished.return_to)](Call& from, Result<SignedIn> signed_in) {
           if (!signed_in) return from.answer(ended(from, back_with(word_of(signed_in.error()))));
           from.responder.describe(from.route, signed_in->user);
           Response response = ended(from, see_other(path));
           give_session_cookie(from, response, secret);
           from.answer(std::move(response));
         });
}

void callback(Call call) {
  ExternalSignIn* external = call.parts().external;
  if (external == nullptr) return call.refuse(not_configured());
  const auto given = [&](std::string_view name) {
    return std::string(call.request.parameter(name).value_or(""));
  };
  const auto flow = flow_cookie(cookies_of(call), given("state"), rules_of(call));
  ExternalSignIn::Returned returned{.state = given("state"),
                                    .code = given("code"),
                                    .error = given("error"),
                                    .issuer = given("iss"),
                                    .sealed = std::string(flow ? flow->sealed : ""),
                                    .from = neighbourhood(call.request.remote)};
  const auto kept = std::make_shared<Call>(std::move(call));
  using Finished = std::expected<ExternalSignIn::Finished, ExternalFailure>;
  external->finish(std::move(returned), [kept](Finished finished) {
    kept->responder.hop([kept, finished = std::move(finished)]() mutable {
      if (!finished) return fail(*kept, finished.error());
      begin_session(kept, *std::move(finished));
    });
  });
}

void sign_out_external(Call call) {
  const ExternalSignIn* external = call.parts().external;
  if (external == nullptr) return call.refuse(not_configured());
  call.answer(see_other(external->end_address(own_address(call) + "/").value_or("/")));
}

}  // namespace

void add_external_sign_in(Site& site) {
  site.routes.add("/api/v1/sign-in-methods",
                  {{Method::kGet, Access::kAnyone, Body::kNone, methods}});
  site.routes.add("/auth/oidc/start",
                  {{Method::kGet, Access::kAnyone, Body::kNone, start_external}});
  site.routes.add("/auth/oidc/callback", {{Method::kGet, Access::kAnyone, Body::kNone, callback}});
  // A page of ours leads there; one of others does not end anybody's session at the provider.
  site.routes.add("/auth/oidc/sign-out", {{Method::kGet, Access::kAnyone, Body::kNone,
                                           sign_out_external, Origins::kAlways}});
}

}  // namespace pastille::http
