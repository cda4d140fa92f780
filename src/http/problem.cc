#include "http/problem.h"

#include "wire/problem_json.h"

namespace pastille::http {

Response problem_response(const Refusal& refusal, const Organisation* organisation) {
  std::string body;
  JsonWriter json(body);
  write_problem(json, refusal, organisation);
  const int status = problem_status(refusal.problem);
  Response response{.status = status,
                    .body = std::make_shared<const std::string>(std::move(body)),
                    .problem = refusal.problem};
  response.with("Content-Type", "application/problem+json");
  if (status == 401) response.with("WWW-Authenticate", "Bearer");
  if (status == 503 || status == 429) {
    const auto wait = refusal.retry_after.value_or(std::chrono::seconds(1));
    response.with("Retry-After", std::to_string(wait.count()));
  }
  return response;
}

}  // namespace pastille::http
