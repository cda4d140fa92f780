// Commands of POSTs that may carry an Idempotency-Key: with the same key and request, the first
// answer comes again, from the archive.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "app/once.h"
#include "http/command.h"
#include "http/read.h"

namespace pastille::http {

// Of the request. A key that is too long or not visible ASCII is a fault.
std::optional<IdempotencyKey> idempotency_key(const Call& call, std::vector<FieldError>& faults);

WrittenAnswer keep(const Response& response);
Response kept_response(const AnswerKept& kept);
// Reads the first answer and gives it again.
void answer_again(Call call, const std::string& key);

// Like run_command.
template <class UseCase, class Encode>
void run_once(Call call, UseCase command, std::vector<FieldError> faults, Encode encode) {
  auto key = idempotency_key(call, faults);
  if (!key) {
    return run_command(std::move(call), std::move(command), std::move(faults), std::move(encode));
  }
  if (!call.take(Share::kKeys)) return;
  join(faults, call.query_faults());
  using Answer = typename UseCase::Answer;
  const auto kept = std::make_shared<Call>(std::move(call));
  const std::string name = key->key;
  Once<UseCase> once{.command = std::move(command),
                     .key = std::move(*key),
                     .write = [encode, reader = kept->who.user](const Organisation& organisation,
                                                                const Answer& answer) {
                       return keep(encode(organisation, reader, answer));
                     }};
  submit(kept, kept->actor, Faulty<Once<UseCase>>{std::move(once), std::move(faults)},
         [encode, name](Call& from, Result<std::variant<AnsweredBefore, Answer>> result) {
           if (!result) return from.refuse(result.error());
           if (std::holds_alternative<AnsweredBefore>(*result)) {
             return answer_again(std::move(from), name);
           }
           answer_changed(from,
                          encode(*from.organisation, from.who.user, std::get<Answer>(*result)));
         });
}

}  // namespace pastille::http
