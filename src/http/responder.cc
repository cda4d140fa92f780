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

void Responder::answer(Response response) {
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
