#include "http/responder.h"

#include "http/problem.h"

namespace pastille::http {

Responder::~Responder() {
  if (line_ == nullptr) return;
  answer(problem_response(Refusal{.problem = Problem::kUnavailable,
                                  .detail = "The server could not answer; try again.",
                                  .retry_after = std::chrono::seconds(1)}));
}

void Responder::describe(std::string_view route, UserId user) {
  route_ = route;
  user_ = user;
}

void Responder::share_with(std::string origin) {
  depends_on_origin_ = true;
  shared_with_ = std::move(origin);
}

// draft-ietf-httpapi-ratelimit-headers: r is what is left, t the seconds until it is all there
// again.
void Responder::limit(const Quota& quota, const PersonShares::Taken& taken) {
  const std::string name = (limits_.empty() ? "\"" : ", \"") + std::string(quota.name) + '"';
  limits_ +=
      name + ";r=" + std::to_string(taken.left) + ";t=" + std::to_string(taken.full_in.count());
  policies_ +=
      name + ";q=" + std::to_string(quota.most) + ";w=" + std::to_string(quota.window.count());
}

void Responder::answer(Response response) {
  if (!faults_.empty() && response.status < 400) {
    response = problem_response(
        Refusal{.problem = Problem::kInvalid, .detail = faults_.front().detail, .errors = faults_});
  }
  if (!limits_.empty()) {
    response.with("RateLimit", limits_).with("RateLimit-Policy", policies_);
  }
  if (depends_on_origin_) response.with("Vary", "Origin");
  if (!shared_with_.empty()) {
    response.with("Access-Control-Allow-Origin", shared_with_)
        .with("Access-Control-Allow-Credentials", "true");
  }
  response.route = route_;
  response.user = user_;
  const std::unique_ptr<AnswerLine> line = std::move(line_);
  line->answer(std::move(response));
}

void Responder::hand_over(LivePass pass, std::optional<Response> response) {
  pass.shared_with = shared_with_;
  const std::unique_ptr<AnswerLine> line = std::move(line_);
  line->hand_over(std::move(pass), std::move(response), route_);
}

}  // namespace pastille::http
