// GET /live (WebSocket) and GET /live/events (SSE): checks who asks and how, then hands the
// connection over. What follows belongs to the push side.
#include "http/live.h"

#include "core/limits.h"
#include "http/call.h"
#include "http/origin.h"
#include "http/position.h"
#include "http/problem.h"
#include "http/query.h"
#include "http/resources.h"
#include "http/websocket_handshake.h"

namespace pastille::http {
namespace {

constexpr std::string_view kWebSocket = "/api/v1/live";

using Place = std::shared_ptr<const void>;

// Present or not, by session or by token: all of one person's are counted together.
Result<Place> take_place(const Call& call) {
  Place place = call.site.live_places->enter(call.who.user);
  if (place != nullptr) return place;
  return refuse(Problem::kLimitReached,
                "You have " + std::to_string(limits::kConnectionsPerPerson) +
                    " live connections open, the most one person may. Close some.");
}

void upgrade(Call call) {
  auto response = accept_websocket(call.request);
  if (!response) {
    Response refused = problem_response(response.error());
    refused.with("Sec-WebSocket-Version", "13");  // RFC 6455 4.4
    return call.answer(std::move(refused));
  }
  auto place = take_place(call);
  if (!place) return call.refuse(place.error());
  call.responder.hand_over({.websocket = true,
                            .deflate = offers_deflate(call.request),
                            .reader = reader_of(call.who, false),
                            .actor = call.actor,
                            .user = call.who.user,
                            .place = *std::move(place)},
                           std::move(*response));
}

enum class Whom { kAll, kNone };

std::optional<Whom> parse_whom(std::string_view text) {
  if (text == "all") return Whom::kAll;
  if (text == "none") return Whom::kNone;
  return std::nullopt;
}

Follow read_follow(Query& query) {
  const auto whom = query.choice("follow", parse_whom, "all, none").value_or(Whom::kNone);
  FollowSome some;
  for (const std::string& text : query.texts("user", 12, limits::kFollowSse)) {
    if (const auto user = parse_id<UserId>(text)) {
      some.users.push_back(*user);
    } else {
      query.fault("user", "There is no such person: " + text + ".");
    }
  }
  if (whom == Whom::kAll && !some.users.empty()) {
    query.fault("user", "With follow=all everyone is followed already.");
  }
  if (whom == Whom::kAll) return FollowAll{};
  if (some.users.empty()) return FollowNobody{};
  return some;
}

// Last-Event-ID wins over the query; what is no position begins anew.
std::optional<Position> read_position(const Request& request, Query& query) {
  constexpr std::uint64_t kSeqMost = (std::uint64_t{1} << 53) - 1;
  const auto epoch = query.text("epoch", 64);
  const auto seq = query.number("seq", 0, kSeqMost);
  if (const auto last = request.field("last-event-id")) return parse_position(*last);
  if (request.parameter("epoch") && !request.parameter("seq")) {
    query.fault("seq", "A position is epoch and seq together.");
  }
  if (request.parameter("seq") && !request.parameter("epoch")) {
    query.fault("epoch", "A position is epoch and seq together.");
  }
  if (!epoch || !seq) return std::nullopt;
  return Position{*epoch, *seq};
}

void stream(Call call) {
  Query query(call.request, call.parts().unicode);
  LiveOpening opening;
  opening.present = query.boolean("present").value_or(false);
  opening.follow = read_follow(query);
  opening.position = read_position(call.request, query);
  opening.counts = query.boolean("counts").value_or(false);
  const LiveReader reader = reader_of(call.who, !call.responder.shared_with().empty());
  if (!may_open(reader, opening)) {
    return call.refuse({.problem = Problem::kForeignOrigin,
                        .detail = "A page that shows colleagues names them, one user=ID each, and "
                                  "makes nobody present. Leave out present, counts and "
                                  "follow=all."});
  }
  if (opening.present) {
    if (const auto may = require_scope(call.who, Scope::kStatus); !may) {
      return call.refuse(may.error());
    }
  }
  if (!query.good()) return call.invalid(query.take_faults());
  auto place = take_place(call);
  if (!place) return call.refuse(place.error());
  call.responder.hand_over({.reader = reader,
                            .actor = call.actor,
                            .user = call.who.user,
                            .opening = std::move(opening),
                            .place = *std::move(place)},
                           std::nullopt);
}

}  // namespace

void tell_ended(Call call, const Refusal& refusal) {
  const Request& request = call.request;
  const bool from_own_page = request.field("origin") && !request.field("authorization") &&
                             is_own_origin({.origin = request.field("origin"),
                                            .host = request.field("host"),
                                            .sec_fetch_site = request.field("sec-fetch-site")},
                                           call.parts().settings.public_urls);
  auto response = accept_websocket(request);
  if (call.route != kWebSocket || !from_own_page || !response) return call.refuse(refusal);
  call.responder.hand_over(
      {.websocket = true, .reader = LiveReader(LiveReader::Kind::kNobody), .actor = {}, .user = {}},
      std::move(*response));
}

void add_live(Site& site) {
  site.routes.add(kWebSocket,
                  {{Method::kGet, Access::kReadToken, Body::kNone, upgrade, Origins::kAlways}});
  site.routes.add("/api/v1/live/events", {{Method::kGet, Access::kReadToken, Body::kNone, stream,
                                           Origins::kAlways, Sharing::kWithElements}});
}

}  // namespace pastille::http
