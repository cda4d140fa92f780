#include "app/own_status.h"

#include <utility>
#include <variant>

#include "app/showing.h"
#include "core/faults.h"
#include "core/label.h"
#include "core/limits.h"

namespace pastille {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};

Result<std::optional<Time>> end_of(const UntilAsked& asked, const Status& status,
                                   const Person& person, const Context& context) {
  using End = Result<std::optional<Time>>;
  const Time now = context.now.wall;
  return std::visit(
      Overloaded{
          [&](UntilDefault) -> End {
            if (!status.fields.default_duration) return std::nullopt;
            return now + *status.fields.default_duration;
          },
          [](UntilNever) -> End { return std::nullopt; },
          [&](UntilInstant instant) -> End {
            if (instant.at <= now) {
              return refuse_field("/until", "This time is over. Give one that is still to come.");
            }
            if (instant.at > now + limits::kFurthestUntil) {
              return refuse_field("/until", "At most 366 days ahead.");
            }
            return instant.at;
          },
          [&](UntilToday) -> End {
            return context.calendar.next_local_day(person.time_zone_or_default(), now);
          },
          [&](UntilFor until) -> End {
            if (until.length < limits::kShortestStay || until.length > limits::kLongestStay) {
              return refuse_field("/for_s", "60 to 2592000 seconds (a minute to 30 days).");
            }
            return now + until.length;
          }},
      asked);
}

OwnStatus shown(const Draft& draft, UserId user) {
  const Presence& presence = *draft.now().presence(user);
  return OwnStatus{.entry = presence.entry, .pending = presence.pending};
}

std::unexpected<Refusal> foreign(Draft& draft, const Acting& who, UserId target,
                                 const Context& context) {
  draft.change(AuditAdded{AuditItem{.at = context.now.wall,
                                    .by = who.author,
                                    .action = "own-status.set",
                                    .target = to_text(target),
                                    .problem = Problem::kOwnStatusOnly}});
  return refuse(Problem::kOwnStatusOnly,
                "A status belongs to the person who shows it: only they can change it, whatever "
                "your role. Change your own with PUT /api/v1/me/status.");
}

}  // namespace

Result<OwnStatus> SetOwnStatus::decide(Draft& draft, const Acting& who,
                                       const Context& context) const {
  if (const Result<void> may = require_scope(who, Scope::kStatus); !may) {
    return std::unexpected(may.error());
  }
  if (target && *target != who.user) return foreign(draft, who, *target, context);
  const Person* person = draft.now().person(who.user);
  if (person == nullptr) {
    return refuse(Problem::kOwnStatusOnly,
                  "The command line has no status of its own, and only a person sets theirs.");
  }
  Faults faults;
  const Status* wanted = draft.now().status(status);
  if (wanted == nullptr || wanted->deleted || wanted->fields.type == StatusType::kOffline) {
    faults.add("/status_id",
               "Not a status that can be chosen. GET /api/v1/catalogue lists those that can; "
               "Offline is shown when you are not signed in.");
  }
  const std::optional<std::string> tidy = faults.take(
      parse_text(note, {.pointer = "/note", .most = limits::kNote, .least = 0}, context.unicode));
  const Status none;
  const auto end = faults.take(end_of(until, wanted == nullptr ? none : *wanted, *person, context));
  if (const Result<void> verdict = faults.verdict(); !verdict) {
    return std::unexpected(verdict.error());
  }
  const Choice choice{.status = status, .type = wanted->fields.type, .note = *tidy, .until = *end};
  show(draft, who.user, choose(*draft.now().presence(who.user), choice, context.now.wall), context);
  return shown(draft, who.user);
}

Result<OwnStatus> ClearOwnStatus::decide(Draft& draft, const Acting& who,
                                         const Context& context) const {
  const SetOwnStatus connected{.target = {},
                               .status = system_status(StatusType::kConnected),
                               .note = {},
                               .until = UntilNever{}};
  return connected.decide(draft, who, context);
}

}  // namespace pastille
