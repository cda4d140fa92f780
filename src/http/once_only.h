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

// `first` encodes the answer that is given, `kept` the one that is stored.
template <class UseCase, class First, class Kept>
void run_kept(Call call, UseCase command, std::vector<FieldError> faults, First first, Kept kept) {
  auto key = idempotency_key(call, faults);
  if (!key) {
    return run_command(std::move(call), std::move(command), std::move(faults), std::move(first));
  }
  if (!call.take(Share::kKeys)) return;
  join(faults, call.query_faults());
  using Answer = typename UseCase::Answer;
  const auto from = std::make_shared<Call>(std::move(call));
  const std::string name = key->key;
  Once<UseCase> once{.command = std::move(command),
                     .key = std::move(*key),
                     .write = [kept, reader = from->who.user](const Organisation& organisation,
                                                              const Answer& answer) {
                       return keep(kept(organisation, reader, answer));
                     }};
  submit(from, from->actor, Faulty<Once<UseCase>>{std::move(once), std::move(faults)},
         [first, name](Call& asked, Result<std::variant<AnsweredBefore, Answer>> result) {
           if (!result) return asked.refuse(result.error());
           if (std::holds_alternative<AnsweredBefore>(*result)) {
             return answer_again(std::move(asked), name);
           }
           answer_changed(asked,
                          first(*asked.organisation, asked.who.user, std::get<Answer>(*result)));
         });
}

// Of a command that makes secrets: `encode(const Organisation&, UserId reader, const Answer&,
// const Shown*) -> Response`. What was made is in `shown` and nowhere else; the answer that is kept
// is encoded without it, with nullptr, and says "secret_shown": true.
template <class UseCase, class Shown, class Encode>
void run_secret_once(Call call, UseCase command, std::vector<FieldError> faults, Shown shown,
                     Encode encode) {
  using Answer = typename UseCase::Answer;
  const auto first = [encode, shown = std::make_shared<const Shown>(std::move(shown))](
                         const Organisation& organisation, UserId reader, const Answer& answer) {
    return encode(organisation, reader, answer, shown.get());
  };
  const auto kept = [encode](const Organisation& organisation, UserId reader,
                             const Answer& answer) {
    return encode(organisation, reader, answer, static_cast<const Shown*>(nullptr));
  };
  run_kept(std::move(call), std::move(command), std::move(faults), first, kept);
}

// Like run_command, of a command that makes no secret.
template <class UseCase, class Encode>
void run_once(Call call, UseCase command, std::vector<FieldError> faults, Encode encode) {
  run_kept(std::move(call), std::move(command), std::move(faults), encode, encode);
}

}  // namespace pastille::http
