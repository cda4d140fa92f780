// Gives a command to the workspace and answers when it is durable. The reply comes on the workspace
// thread and hops to the connection's; the state that the answer is written from is at or after the
// command's own commit. POSTs that may carry an Idempotency-Key: http/once_only.h.
#pragma once

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "app/pieces.h"
#include "http/call.h"
#include "http/position.h"

namespace pastille::http {

// Whether this is said before or at 422 in the contract's order of errors.
inline bool comes_before_invalid(Problem problem) {
  switch (problem) {
    case Problem::kInvalid:
    case Problem::kStaleVersion:
    case Problem::kNameTaken:
    case Problem::kLoginTaken:
    case Problem::kLastAdministrator:
    case Problem::kRoleInUse:
    case Problem::kLimitReached:
    case Problem::kExternalSignIn:
      return false;
    case Problem::kMalformed:
    case Problem::kNotSignedIn:
    case Problem::kWrongCredentials:
    case Problem::kPermissionMissing:
    case Problem::kScopeMissing:
    case Problem::kOwnStatusOnly:
    case Problem::kSystemStatus:
    case Problem::kBuiltInRole:
    case Problem::kForeignOrigin:
    case Problem::kNotFound:
    case Problem::kMethod:
    case Problem::kTooLarge:
    case Problem::kMediaType:
    case Problem::kTooMany:
    case Problem::kInternal:
    case Problem::kUnavailable:
    case Problem::kStale:
      return true;
  }
  return true;
}

// A command whose input had faults already when it was decoded. It is decided all the same, on a
// copy: what comes earlier in the order of errors is refused (and recorded) first, and the rule's
// own findings join the faults, so that one answer names them all. It never succeeds.
template <class UseCase>
struct Faulty {
  using Answer = typename UseCase::Answer;
  UseCase command;
  std::vector<FieldError> faults;

  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const {
    if (faults.empty()) return command.decide(draft, who, context);
    Draft copy(draft.now());
    Result<Answer> result = command.decide(copy, who, context);
    for (Change& change : copy.take_changes()) {
      const auto* audit = std::get_if<AuditAdded>(&change);
      if (audit != nullptr && audit->item.problem) draft.change(std::move(change));
    }
    if (!result && comes_before_invalid(result.error().problem)) return result;
    Refusal refusal{
        .problem = Problem::kInvalid, .detail = faults.front().detail, .errors = faults};
    if (!result && result.error().problem == Problem::kInvalid) {
      for (FieldError& found : result.error().errors) add(refusal.errors, std::move(found));
    }
    return std::unexpected(std::move(refusal));
  }

  // A command in pieces (app/pieces.h) stays one.
  std::optional<Answer> go_on(Answer piece)
    requires InPieces<UseCase>
  {
    return command.go_on(std::move(piece));
  }
  void broken_off(Refusal& why) const
    requires InPieces<UseCase>
  {
    command.broken_off(why);
  }

 private:
  // A field that could not be read looks absent to the rule: it is said once.
  static void add(std::vector<FieldError>& errors, FieldError found) {
    const bool said = std::ranges::any_of(errors, [&](const FieldError& each) {
      return each.pointer == found.pointer || each.pointer.starts_with(found.pointer + '/');
    });
    if (!said) errors.push_back(std::move(found));
  }
};

// Gives `command` to the workspace as `actor`; `then(Call&, Result<Answer>)` runs on the
// connection's thread, with the call's organisation as it is after the commit.
template <class UseCase, class Then>
void submit(const std::shared_ptr<Call>& call, Actor actor, UseCase command, Then then) {
  Workspace& workspace = call->parts().workspace;
  workspace.submit(
      actor, std::move(command),
      [call, then = std::move(then)](Result<typename UseCase::Answer> result) mutable {
        call->responder.hop([call, then = std::move(then), result = std::move(result)]() mutable {
          call->organisation = call->parts().workspace.snapshot();
          then(*call, std::move(result));
        });
      });
}

inline void join(std::vector<FieldError>& faults, std::vector<FieldError> more) {
  std::ranges::move(more, std::back_inserter(faults));
}

// Answers with where the change can be seen.
inline void answer_changed(Call& call, Response response) {
  response.with("Pastille-Position", position_text(call.organisation->position()));
  call.answer(std::move(response));
}

// `encode(const Organisation&, UserId reader, const Answer&) -> Response`.
template <class UseCase, class Encode>
void run_command(Call call, UseCase command, std::vector<FieldError> faults, Encode encode) {
  join(faults, call.query_faults());
  const auto kept = std::make_shared<Call>(std::move(call));
  submit(kept, kept->actor, Faulty<UseCase>{std::move(command), std::move(faults)},
         [encode = std::move(encode)](Call& from, Result<typename UseCase::Answer> result) {
           if (!result) return from.refuse(result.error());
           answer_changed(from, encode(*from.organisation, from.who.user, *result));
         });
}

}  // namespace pastille::http
