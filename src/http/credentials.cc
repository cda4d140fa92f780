#include "http/credentials.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

#include "app/known_places.h"
#include "core/limits.h"
#include "core/password_rule.h"
#include "http/admission.h"
#include "http/command.h"
#include "http/cookies.h"
#include "wire/user_json.h"

namespace pastille::http {
namespace {

// Where it counts, and what other nodes are told of it.
SignInPlace counted_at(const Call& call, std::string_view folded_login) {
  const SecretHash fingerprint = call.parts().secrets.hash(folded_login);
  return {.login = fmt::format("{:02x}", fmt::join(fingerprint, "")),
          .remote = neighbourhood(call.request.remote)};
}

}  // namespace

std::string read_bounded(Fields& fields, std::string_view name, std::size_t most,
                         const Unicode& unicode) {
  const auto text = fields.text(name, Need::kRequired);
  if (!text) return "";
  const std::size_t length = unicode.code_points(*text);
  if (length >= 1 && length <= most) return *text;
  fields.fault(name, "1 to " + std::to_string(most) + " characters.");
  return "";
}

std::string read_password(Fields& fields, std::string_view name, const Unicode& unicode) {
  return normal_password(read_bounded(fields, name, limits::kPasswordLongest, unicode), unicode);
}

std::string read_new_password(Fields& fields, std::string_view name, Need need,
                              std::string_view login, const Unicode& unicode) {
  const auto given = fields.text(name, need);
  if (!given) return "";
  auto password = parse_new_password(*given, login, name, unicode);
  if (password) return *std::move(password);
  fields.fault(name, password.error().errors.at(0).detail);
  return "";
}

NewSecret make_session_secret(const Parts& parts) {
  ClearSecret text = parts.secrets.make("pss_");
  const SecretHash hash = parts.secrets.hash(text);
  return {std::move(text), hash};
}

std::string user_agent(const Call& call) {
  return std::string(call.request.field("user-agent").value_or(""));
}

SessionId replaced_session(const Call& call) {
  const Parts& parts = call.parts();
  return browser_session(call.request, *call.organisation, parts.secrets, parts.settings);
}

CookieRules rules_of(const Call& call) {
  return cookie_rules(call.request, call.parts().settings, *call.organisation);
}

void give_session_cookie(const Call& call, Response& response, const NewSecret& secret) {
  const auto life = call.parts().workspace.settings().session_absolute;
  response.with("Set-Cookie", set_session_cookie(secret.text, life, rules_of(call)));
}

void answer_signed_in(Call& call, UserId user, const NewSecret& secret) {
  const Person& person = *call.organisation->person(user);
  call.responder.describe(call.route, user);
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("user");
  write_self(json, person, *call.organisation);
  json.key("permissions");
  write_permissions(json, permissions_of(person, *call.organisation));
  json.end_object();
  Response response = json_response(200, std::move(out));
  give_session_cookie(call, response, secret);
  answer_changed(call, std::move(response));
}

std::shared_ptr<const void> begin_password(Call& call, std::string_view of, bool known) {
  const SignInPlace at = counted_at(call, of);
  auto place = call.parts().throttle.begin(at.login, at.remote, known);
  if (place == nullptr) {
    call.refuse({.problem = Problem::kTooMany,
                 .detail = "As many passwords as may be are being checked for this login, or from "
                           "this address. Try again in a moment.",
                 .retry_after = std::chrono::seconds(2)});
  }
  return place;
}

std::uint64_t place_of(const Call& call, std::string_view folded_login) {
  const std::string text = neighbourhood(call.request.remote) + ' ' + std::string(folded_login);
  return place_fingerprint(call.parts().secrets.hash(text));
}

std::optional<Refusal> must_wait(const Call& call, const Claim& claim) {
  const SignInPlace at = counted_at(call, claim.folded_login);
  const auto wait =
      call.parts().throttle.wait(at.login, at.remote, claim.known, call.parts().clock.now().steady);
  if (!wait) return std::nullopt;
  return Refusal{.problem = Problem::kTooMany,
                 .detail = "Too many wrong passwords; try again in " +
                           std::to_string(wait->count()) + " seconds.",
                 .retry_after = *wait};
}

void count_wrong(const Call& call, std::string_view folded_login) {
  const Parts& parts = call.parts();
  SignInPlace at = counted_at(call, folded_login);
  parts.throttle.failed(at.login, at.remote, parts.clock.now().steady);
  if (!parts.workspace.shared()) return;
  parts.workspace.submit(Product{}, TellWrongPassword{std::move(at)}, [](const Result<bool>&) {});
}

std::optional<SignInPlace> count_right(const Call& call, std::string_view folded_login) {
  SignInPlace at = counted_at(call, folded_login);
  const bool is_news = call.parts().throttle.succeeded(at.login, at.remote);
  if (!is_news || !call.parts().workspace.shared()) return std::nullopt;
  return at;
}

}  // namespace pastille::http
