// One request on its way through a resource: who asks, what, on which published state. Moved along;
// answering consumes it.
#pragma once

#include <boost/json/value.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/actor.h"
#include "core/organisation.h"
#include "http/problem.h"
#include "http/query.h"
#include "http/request.h"
#include "http/responder.h"
#include "http/site.h"

namespace pastille::http {

struct Call {
  Site& site;
  Request request;
  std::string_view route;             // the pattern that was found
  bool names_all_parameters = false;  // see Resource
  std::vector<std::string> ids;       // what stood for {id} in the path, decoded
  boost::json::value body;            // of routes that take one
  Actor actor;
  Acting who;  // {} where anyone may ask
  std::shared_ptr<const Organisation> organisation;
  Responder responder;

  Parts& parts() const { return site.parts; }
  Context context() const {
    const Now now = parts().clock.now();
    return {now, parts().workspace.settings(), parts().unicode, parts().calendar,
            parts().workspace.distrusts_clock(now)};
  }
  void answer(Response response) { responder.answer(std::move(response)); }
  void refuse(const Refusal& refusal) {
    if (refusal.problem == Problem::kInternal) return refuse_internal(refusal);
    responder.answer(problem_response(refusal, organisation.get()));
  }
  void fail(std::string_view what, const Refusal& refusal) {
    if (refusal.problem != Problem::kInternal) parts().observer.failed(request.id, what);
    refuse(refusal);
  }
  // Whoever asked can name the request to the operator, whose log says what broke.
  void refuse_internal(Refusal refusal) {
    parts().observer.failed(request.id, refusal.cause);
    refusal.detail += " This request's id is " + request.id + ".";
    responder.answer(problem_response(refusal));
  }
  void invalid(std::vector<FieldError> faults) {
    refuse(Refusal{.problem = Problem::kInvalid,
                   .detail = faults.empty() ? std::string() : faults.front().detail,
                   .errors = std::move(faults)});
  }
  // What is wrong with the query, for commands to begin with.
  std::vector<FieldError> query_faults() const { return faults_of_unknown(request); }
  // Takes so much of what this person may do. False: it was refused.
  bool take(Share share, std::uint64_t amount = 1) {
    PersonShares& shares = parts().shares;
    const Quota& quota = shares.quota(share);
    const auto taken = shares.take(who.user, share, amount, parts().clock.now().steady);
    responder.limit(quota, taken);
    if (!taken.wait) return true;
    refuse(Refusal{.problem = Problem::kTooMany,
                   .detail = "That was more than one person may do in this time (" +
                             std::string(quota.name) + "). Try again in " +
                             std::to_string(taken.wait->count()) + " s.",
                   .retry_after = taken.wait});
    return false;
  }
  // The nth {id}; {} when the text is no such id, which nothing has.
  template <class AnyId>
  AnyId id(std::size_t nth = 0) const {
    return parse_id<AnyId>(ids[nth]).value_or(AnyId{});
  }
};

}  // namespace pastille::http
