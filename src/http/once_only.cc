#include "http/once_only.h"

#include <algorithm>

#include "core/limits.h"
#include "http/ascii.h"

namespace pastille::http {

std::optional<IdempotencyKey> idempotency_key(const Call& call, std::vector<FieldError>& faults) {
  const auto field = call.request.field("idempotency-key");
  if (!field) return std::nullopt;
  const bool visible = std::ranges::all_of(*field, [](char c) { return c > ' ' && c < '\x7F'; });
  if (field->empty() || field->size() > limits::kIdempotencyKey || !visible) {
    faults.push_back({"Idempotency-Key", "1 to 64 visible ASCII characters."});
    return std::nullopt;
  }
  const std::string request = "POST " + call.request.target + '\n' + call.request.body;
  return IdempotencyKey{.key = std::string(*field),
                        .fingerprint = call.parts().secrets.hash(request)};
}

WrittenAnswer keep(const Response& response) {
  WrittenAnswer kept{.status = response.status,
                     .headers = {},
                     .body = response.body ? *response.body : std::string()};
  for (const auto& [name, value] : response.fields) {
    kept.headers.append(name).append(": ").append(value).append(1, '\n');
  }
  return kept;
}

Response kept_response(const AnswerKept& kept) {
  Response response{.status = kept.status, .body = std::make_shared<const std::string>(kept.body)};
  std::string_view rest = kept.headers;
  while (!rest.empty()) {
    const std::string_view line = take_until(rest, '\n');
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    response.with(std::string(line.substr(0, colon)), std::string(line.substr(colon + 2)));
  }
  return response;
}

void answer_again(Call call, const std::string& key) {
  run_read(std::move(call), [key](const Call& from, Archive& archive) {
    const auto kept = archive.answer(from.who.user, key);
    if (!kept) return problem_response(store_unreachable());
    Response response = kept_response(*kept);
    response.with("Pastille-Position", position_text(from.organisation->position()));
    return response;
  });
}

}  // namespace pastille::http
