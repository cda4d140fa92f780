// For tests of use cases: an organisation after its first start, a clock turned by hand, and the
// road of a command without threads and store: decided on a draft, kept or dropped whole.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "app/actor.h"
#include "app/create_person.h"
#include "app/create_role.h"
#include "app/create_status.h"
#include "app/first_start.h"
#include "app/ports/clock.h"
#include "app/showing.h"
#include "unicode/icu_calendar.h"
#include "unicode/icu_unicode.h"

namespace pastille {

class Stage {
 public:
  Stage() { must(FirstStart{}); }

  const Organisation& now() const { return state_; }
  const std::vector<Change>& changes() const { return changes_; }  // of the last command
  Context context() const { return {clock.now(), settings, unicode, calendar}; }

  // A refused command changes nothing.
  template <class UseCase>
  Result<typename UseCase::Answer> run(const UseCase& command, Actor actor = Operator{}) {
    changes_.clear();
    const Context given = context();
    const Result<Acting> who = acting(state_, actor, given);
    if (!who) return std::unexpected(who.error());
    Draft draft(state_);
    Result<typename UseCase::Answer> answer = command.decide(draft, *who, given);
    if (answer) keep(draft);
    return answer;
  }
  template <class UseCase>
  typename UseCase::Answer must(const UseCase& command, Actor actor = Operator{}) {
    auto answer = run(command, actor);
    if (!answer) ADD_FAILURE() << "refused: " << answer.error().detail;
    return answer ? *std::move(answer) : typename UseCase::Answer{};
  }
  // The problem it is refused with; a success fails the test.
  template <class UseCase>
  Refusal refused(const UseCase& command, Actor actor = Operator{}) {
    auto answer = run(command, actor);
    if (answer) {
      ADD_FAILURE() << "not refused";
      return Refusal{.problem = Problem::kUnavailable, .detail = "not refused"};
    }
    return answer.error();
  }
  // The pointers of what is invalid, in order, each with a space behind.
  template <class UseCase>
  std::string invalid(const UseCase& command, Actor actor = Operator{}) {
    const Refusal refusal = refused(command, actor);
    EXPECT_EQ(refusal.problem, Problem::kInvalid) << refusal.detail;
    std::string pointers;
    for (const FieldError& each : refusal.errors) pointers += each.pointer + ' ';
    return pointers;
  }

  template <class Edit>
  void change(Edit edit) {
    Draft draft(state_);
    edit(draft);
    keep(draft);
  }

  UserId person(const std::string& login, RoleId role = kAgentRole) {
    return must(CreatePerson{.fields = {.login = login, .display_name = login, .role = role}}).user;
  }
  // A person who holds exactly these permissions, signed in.
  SessionId holder_of(const std::string& login, std::initializer_list<std::string> permissions) {
    const RoleId role =
        must(CreateRole{.fields = {.name = "Role of " + login,
                                   .permissions = std::vector<std::string>(permissions)}});
    return session(person(login, role));
  }
  SessionId session(UserId user) {
    const SessionId id{state_.next.session};
    change([&](Draft& draft) {
      SecretHash secret{};
      secret[0] = static_cast<std::uint8_t>(id.number);
      secret[1] = static_cast<std::uint8_t>(id.number >> 8U);
      draft.change(SessionPut{Session{.id = id,
                                      .user = user,
                                      .secret = secret,
                                      .created_at = clock.now().wall,
                                      .seen_at = clock.now().wall}});
    });
    return id;
  }
  // A present connection of this session; the person shows `status`.
  void arrives(UserId user, SessionId from, const Choice& shown) {
    change([&](Draft& draft) {
      const ConnectionId id{++connections_};
      draft.change(ConnectionOpened{user, Connection{.id = id, .session = from, .token = {}}});
      show(draft, user, arrive(*draft.now().presence(user), Arrival{}, shown, clock.now().wall),
           context());
    });
  }
  StatusId status(const std::string& name, StatusType type = StatusType::kAbsent) {
    return must(CreateStatus{.fields = {.name = name, .type = type}});
  }

  // The last command's changes of this kind.
  template <class Kind>
  std::vector<Kind> made() const {
    std::vector<Kind> found;
    for (const Change& each : changes_) {
      if (const auto* kind = std::get_if<Kind>(&each)) found.push_back(*kind);
    }
    return found;
  }
  // "status.create s6" of the last command's audit items.
  std::vector<std::string> recorded() const {
    std::vector<std::string> items;
    for (const AuditAdded& each : made<AuditAdded>()) {
      items.push_back(each.item.action + ' ' + each.item.target);
    }
    return items;
  }

  FakeClock clock{
      Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + std::chrono::hours(9))};
  Settings settings;
  IcuUnicode unicode;
  IcuCalendar calendar;

 private:
  void keep(Draft& draft) {
    if (draft.durable()) draft.number_event();
    changes_ = draft.take_changes();
    state_ = draft.now();
  }

  Organisation state_;
  std::vector<Change> changes_;
  std::uint64_t connections_ = 0;
};

}  // namespace pastille
