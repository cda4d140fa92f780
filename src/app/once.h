// A command with an Idempotency-Key: the same person and key, within 24 h, are decided once. The
// first answer is written before the commit and stored in the same event as the change. It holds no
// secret: `write` is given none. Who asks again needs the permission again: the use case has
//   Result<void> permitted(const Organisation& organisation, const Acting& who) const;
// Of a long work (app/pieces.h) the answer is stored with the last piece, and the use case has
//   std::optional<Answer> whole(const Answer& piece) const;  // what go_on() will give
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "app/actor.h"
#include "app/draft.h"
#include "app/pieces.h"
#include "core/limits.h"

namespace pastille {

struct IdempotencyKey {
  std::string key;
  SecretHash fingerprint{};  // SHA-256 of method, target and body
};

// Decided before: read the answer with Archive::answer. It is durable by the time one hears of it.
struct AnsweredBefore {};

struct WrittenAnswer {
  int status = 0;
  std::string headers;  // "Name: value" lines
  std::string body;
};

template <class UseCase>
struct Once {
  using Answer = std::variant<AnsweredBefore, typename UseCase::Answer>;
  UseCase command;
  IdempotencyKey key;
  // Writes the answer from the state with the change in it. Called on the workspace thread.
  std::function<WrittenAnswer(const Organisation&, const typename UseCase::Answer&)> write;

  // Refuses kInvalid when the key was used with another request, and what the command refuses; a
  // refusal is not kept, so that the key may be tried again.
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const {
    const std::pair name(who.user, key.key);
    if (const RecordedAnswer* before = draft.now().answers.find(name)) {
      const bool fresh = is_fresh(draft.now(), who.user, *before, context.now.wall);
      if (fresh && before->fingerprint == key.fingerprint) {
        if (auto may = command.permitted(draft.now(), who); !may) {
          return std::unexpected(std::move(may.error()));
        }
        return AnsweredBefore{};
      }
      if (fresh) {
        return refuse_field("Idempotency-Key",
                            "This key was used with another request. Make a new key.");
      }
    }
    Result<typename UseCase::Answer> answer = command.decide(draft, who, context);
    if (!answer) return std::unexpected(std::move(answer.error()));
    if constexpr (InPieces<UseCase>) {
      const auto whole = command.whole(*answer);
      if (whole) keep(draft, who.user, write(draft.now(), *whole), context);
    } else {
      keep(draft, who.user, write(draft.now(), *answer), context);
    }
    return *std::move(answer);
  }

  // Of a long work alone. Somebody asked twice at once: the answer that was there first is given.
  std::optional<Answer> go_on(Answer piece)
    requires InPieces<UseCase>
  {
    if (std::holds_alternative<AnsweredBefore>(piece)) return piece;
    auto whole = command.go_on(std::get<typename UseCase::Answer>(std::move(piece)));
    return whole ? std::optional<Answer>(*std::move(whole)) : std::nullopt;
  }
  void broken_off(Refusal& why) const
    requires InPieces<UseCase>
  {
    command.broken_off(why);
  }

 private:
  void keep(Draft& draft, UserId user, WrittenAnswer written, const Context& context) const {
    draft.change(AnswerKept{.user = user,
                            .key = key.key,
                            .fingerprint = key.fingerprint,
                            .at = context.now.wall,
                            .status = written.status,
                            .headers = std::move(written.headers),
                            .body = std::move(written.body)});
  }

  // Whose sign-in was renewed since is somebody else to whoever asked first.
  static bool is_fresh(const Organisation& organisation, UserId user, const RecordedAnswer& answer,
                       Time now) {
    if (answer.at + limits::kIdempotencyLife <= now) return false;
    const Person* person = organisation.person(user);
    return person == nullptr || !person->sign_in.renewed || person->sign_in.renewed->at < answer.at;
  }
};

}  // namespace pastille
