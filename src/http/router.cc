#include "http/router.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "app/sign_in.h"
#include "core/limits.h"
#include "http/ascii.h"
#include "http/authenticate.h"
#include "http/call.h"
#include "http/invitation_link.h"
#include "http/live.h"
#include "http/media_type.h"
#include "http/origin.h"
#include "http/position.h"
#include "http/resources.h"
#include "wire/body.h"

namespace pastille::http {
namespace {

bool changes(Method method) { return method != Method::kGet && method != Method::kHead; }

// The origin of a listed page that asks for what elements may read; "" otherwise.
std::string shared_with(const Request& request, const Route& route, const Settings& settings) {
  const auto origin = request.field("origin");
  if (!origin || changes(request.method) || route.sharing == Sharing::kNone) return "";
  return is_among(*origin, settings.element_origins) ? std::string(*origin) : "";
}

// What a browser asks before it lets such a page send a token along (Fetch, CORS preflight).
Response options_of(const Resource& resource, const Request& request, const Settings& settings) {
  Response response = no_content();
  response.with("Allow", resource.allow());
  const Route* route = resource.route(Method::kGet);
  const auto origin = request.field("origin");
  if (route == nullptr || !origin || route->sharing == Sharing::kNone) return response;
  response.with("Vary", "Origin");
  if (!is_among(*origin, settings.element_origins)) return response;
  return response.with("Access-Control-Allow-Origin", std::string(*origin))
      .with("Access-Control-Allow-Credentials", "true")
      .with("Access-Control-Allow-Methods", "GET")
      .with("Access-Control-Allow-Headers", "Authorization")
      .with("Access-Control-Max-Age", "600");
}

Result<void> check_origin(const Request& request, const Route& route, const Settings& settings) {
  if (!changes(request.method) && route.origins == Origins::kOfChanges) return {};
  if (!shared_with(request, route, settings).empty()) return {};
  const OriginClues clues{.origin = request.field("origin"),
                          .host = request.field("host"),
                          .sec_fetch_site = request.field("sec-fetch-site")};
  if (is_own_origin(clues, settings.public_urls)) return {};
  return refuse(Problem::kForeignOrigin,
                "This was sent by a page that is not one of ours. If it is, add its address to "
                "public_url in the configuration.");
}

Result<void> check_access(const Acting& who, Access access) {
  switch (access) {
    case Access::kAnyone:
    case Access::kInvitation:
      return {};
    case Access::kSession:
      return require_session(who);
    case Access::kReadToken:
      return require_scope(who, Scope::kRead);
    case Access::kStatusToken:
      return require_scope(who, Scope::kStatus);
  }
  return {};
}

std::vector<std::string_view> media_types(Body body) {
  switch (body) {
    case Body::kCsv:
      return {kCsvType};
    case Body::kJsonOrCsv:
      return {"application/json", kCsvType};
    case Body::kMergePatch:
      return {"application/merge-patch+json", "application/json"};
    case Body::kJson:
    case Body::kNone:
      break;
  }
  return {"application/json"};
}

Result<void> check_media_type(const Request& request, Body body) {
  const std::string_view field = request.field("content-type").value_or("");
  const auto types = media_types(body);
  bool good = std::ranges::find(types, media_type(request)) != types.end();
  const std::size_t charset = field.find("charset=");
  if (charset != std::string_view::npos) {
    std::string_view name = field.substr(charset + 8);
    name = trim_blanks(name.substr(0, name.find(';')));
    if (name.size() >= 2 && name.front() == '"') name = name.substr(1, name.size() - 2);
    good = good && lower_ascii(name) == "utf-8";
  }
  if (good) return {};
  std::string known;
  for (const std::string_view each : types)
    known += (known.empty() ? "" : " or ") + std::string(each);
  return refuse(Problem::kMediaType, "Send " + known + " in UTF-8.");
}

std::unexpected<Refusal> too_large(const Route& route) {
  return refuse(Problem::kTooLarge,
                "A body has at most " + std::to_string(route.body_most()) + " bytes.");
}

// What the head says of the body.
Result<void> check_announced_body(const Request& request, const Route& route) {
  if (request.body_length.value_or(0) > route.body_most()) return too_large(route);
  if (route.body == Body::kNone) return {};
  return check_media_type(request, route.body);
}

Result<boost::json::value> parse_body(const Request& request, Body body) {
  if (body == Body::kNone) return nullptr;
  if (media_type(request) == kCsvType) return nullptr;  // its resource reads it, on another thread
  return parse_json(request.body);
}

Response method_not_allowed(const Resource& resource) {
  Response response = problem_response(Refusal{
      .problem = Problem::kMethod, .detail = "This resource allows " + resource.allow() + "."});
  response.with("Allow", resource.allow());
  return response;
}

// Where no resource is there may be a page.
Response page_or_nothing(const Site& site, const Request& request) {
  if (!site.pages.has(request.path)) {
    if (auto page = site.pages.nothing(request); page && !request.path.starts_with("/api/")) {
      return *std::move(page);
    }
    return problem_response(
        Refusal{.problem = Problem::kNotFound, .detail = "There is nothing at this path."});
  }
  if (!changes(request.method)) return site.pages.page(request);
  Response response = problem_response(
      Refusal{.problem = Problem::kMethod, .detail = "This resource allows GET, HEAD."});
  response.with("Allow", "GET, HEAD");
  return response;
}

// Notes that the session is in use; nobody waits for it.
void touch(const Call& call) {
  const Session* session = call.organisation->session(call.who.session);
  if (session == nullptr || !TouchSession::due(*session, call.parts().clock.now().wall)) return;
  call.parts().workspace.submit(call.actor, TouchSession{}, [](const Result<bool>&) {});
}

bool needs_session_or_token(const Route& route) {
  return route.access != Access::kAnyone && route.access != Access::kInvitation;
}

// A session, a token or an invitation that this node has not heard of.
bool names_unknown(const Call& call, const Route& route) {
  const Parts& parts = call.parts();
  if (route.access == Access::kInvitation) {
    return call.organisation->invitation_secrets.find(parts.secrets.hash(given_invitation(call))) ==
           nullptr;
  }
  return needs_session_or_token(route) &&
         names_unknown_access(call.request, *call.organisation, parts.secrets, parts.settings);
}

// All that any node has committed before this was sent, not only what this one has heard of.
bool wants_newest(const Request& request) { return request.field("pastille-position") == "newest"; }

Result<void> identify(Call& call, const Route& route) {
  const Parts& parts = call.parts();
  if (!needs_session_or_token(route)) return {};
  const auto identified =
      authenticate(call.request, *call.organisation, call.context(), parts.secrets, parts.settings);
  if (!identified) return std::unexpected(identified.error());
  call.actor = identified->actor;
  call.who = identified->who;
  call.responder.describe(call.route, call.who.user);
  return {};
}

// What stands between the table and the resource and is known from the head, in the contract's
// order.
Result<void> admit(Call& call, const Route& route) {
  const Parts& parts = call.parts();
  if (const auto known = identify(call, route); !known) return known;
  if (call.who.user) touch(call);
  if (const auto own = check_origin(call.request, route, parts.settings); !own) return own;
  if (const auto may = check_access(call.who, route.access); !may) return may;
  return check_announced_body(call.request, route);
}

Result<void> read_query(Call& call, const Route& route) {
  Request& request = call.request;
  auto query = parse_query(std::string_view(request.target)
                               .substr(std::min(request.target.size(), request.path.size() + 1)));
  if (!query)
    return refuse(Problem::kMalformed,
                  "The query is no percent-encoded UTF-8 without control characters.");
  request.query = std::move(*query);
  if (!call.names_all_parameters) return {};
  for (const auto& [name, value] : request.query) {
    if (std::ranges::find(route.parameters, name) != route.parameters.end()) continue;
    if (std::ranges::find(request.unknown_parameters, name) == request.unknown_parameters.end()) {
      request.unknown_parameters.push_back(name);
    }
  }
  if (!changes(request.method)) call.responder.fault(call.query_faults());
  return {};
}

}  // namespace

Router::Router(Parts parts) : site_(std::make_unique<Site>(std::move(parts))) {
  add_audit(*site_);
  add_board(*site_);
  add_catalogue(*site_);
  add_conversations(*site_);
  add_directory(*site_);
  add_external_sign_in(*site_);
  add_health(*site_);
  add_invitations(*site_);
  add_live(*site_);
  add_messages(*site_);
  add_me(*site_);
  add_nodes(*site_);
  add_own_history(*site_);
  add_own_password(*site_);
  add_own_status(*site_);
  add_renewal(*site_);
  add_roles(*site_);
  add_session(*site_);
  add_sessions(*site_);
  add_status_history(*site_);
  add_statuses_file(*site_);  // before {id}: "export" and "import" are none
  add_statuses(*site_);
  add_tags(*site_);
  add_teams(*site_);
  add_tokens(*site_);
  add_users_import(*site_);
  add_users(*site_);
}

Router::~Router() = default;

const Parts& Router::parts() const { return site_->parts; }

Admission& Router::admission() { return *site_->admission; }

HeldBytes& Router::held() { return *site_->held; }

void Router::begin_shutdown() { site_->shutting_down = true; }

void Router::end_reading() {
  site_->readers.stop();
  site_->shared.stop();
}

bool Router::has_reached_position(const Request& request) const {
  const auto field = request.field("pastille-position");
  if (!field) return true;
  const auto wanted = parse_position(*field);
  // What is no position is refused by nobody: it cannot be waited for.
  if (!wanted) return true;
  const auto organisation = site_->parts.workspace.snapshot();
  return organisation->knows(*wanted) && wanted->seq <= organisation->seq;
}

void Router::handle(Request request, Responder responder) {
  const Found found = site_->routes.find(request.path);
  if (found.resource == nullptr) return responder.answer(page_or_nothing(*site_, request));
  responder.describe(found.resource->pattern, {});
  if (request.method == Method::kOptions) {
    return responder.answer(options_of(*found.resource, request, site_->parts.settings));
  }
  const Route* route = found.resource->route(request.method);
  if (route == nullptr) return responder.answer(method_not_allowed(*found.resource));
  if (route->sharing == Sharing::kWithElements) {
    responder.share_with(shared_with(request, *route, site_->parts.settings));
  }

  Call call{.site = *site_,
            .request = std::move(request),
            .route = found.resource->pattern,
            .names_all_parameters = found.resource->names_all_parameters(),
            .ids = found.ids,
            .organisation = site_->parts.workspace.snapshot(),
            .responder = std::move(responder)};
  if (site_->parts.workspace.shared() &&
      (wants_newest(call.request) || names_unknown(call, *route))) {
    return look_first(std::make_shared<Call>(std::move(call)), *route);
  }
  proceed(std::move(call), *route);
}

// What another node made a moment ago is looked up before it is refused. However many come at once,
// it is one look at the database.
void Router::look_first(std::shared_ptr<Call> call, const Route& route) {
  site_->parts.workspace.look_then([this, call = std::move(call), &route] {
    call->responder.hop([this, call, &route] {
      const Workspace& workspace = site_->parts.workspace;
      call->organisation = workspace.snapshot();
      if (workspace.stale() && names_unknown(*call, route)) {
        return call->refuse({.problem = Problem::kStale,
                             .detail = "The database is not to be reached, so nobody can say who "
                                       "this is. Try again in a moment.",
                             .retry_after = std::chrono::seconds(1)});
      }
      proceed(std::move(*call), route);
    });
  });
}

bool Router::came_too_late(NodeId accepted_as, const Request& request) const {
  return changes(request.method) && accepted_as != site_->parts.workspace.node();
}

void Router::look() {
  if (site_->parts.workspace.shared()) site_->parts.workspace.look_then([] {});
}

void Router::proceed(Call call, const Route& route) {
  const std::string id = call.request.id;
  try {
    if (const auto admitted = admit(call, route); !admitted) {
      const bool nobody = admitted.error().problem == Problem::kNotSignedIn;
      if (nobody && begins_live(route)) return tell_ended(std::move(call), admitted.error());
      return call.refuse(admitted.error());
    }
    if (changes(call.request.method) && call.who.user && !call.take(Share::kChanges)) return;
    if (!call.request.has_body) return carry_on(std::move(call), route);
    take_body(std::make_shared<Call>(std::move(call)), route);
  } catch (const std::exception& broken) {
    // The environment; the responder has answered 503 on its way out.
    site_->parts.observer.failed(id, broken.what());
  }
}

// Who asked may have been signed out while the body was on its way.
void Router::take_body(const std::shared_ptr<Call>& call, const Route& route) {
  const std::size_t bytes = call->request.body_length.value_or(route.body_most());
  HeldBytes::Place place;
  if (call->who.user && bytes > limits::kHeldCounted) {
    place = site_->held->hold(call->who.user, bytes);
    if (place == nullptr) return call->refuse(too_much_held());
  }
  call->responder.read_body(
      route.body_most(), [this, call, &route, place = std::move(place)](Result<std::string> body) {
        if (!body) return call->refuse(body.error());
        call->request.body = *std::move(body);
        const auto now = site_->parts.workspace.snapshot();
        if (now != call->organisation) {
          call->organisation = now;
          if (const auto known = identify(*call, route); !known) {
            return call->refuse(known.error());
          }
        }
        carry_on(std::move(*call), route);
      });
}

void Router::carry_on(Call call, const Route& route) {
  const std::string id = call.request.id;
  try {
    auto body = parse_body(call.request, route.body);
    if (!body) return call.refuse(body.error());
    call.body = std::move(*body);
    if (const auto read = read_query(call, route); !read) return call.refuse(read.error());
    route.handler(std::move(call));
  } catch (const std::exception& broken) {
    // The environment; the responder has answered 503 on its way out.
    site_->parts.observer.failed(id, broken.what());
  }
}

}  // namespace pastille::http
