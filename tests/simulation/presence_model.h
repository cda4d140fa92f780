// What the board should show, said a second time and as plainly as possible: a handful of people,
// their connections, and the rules of the contract on 'A person's own status'. Times are the wall
// clock's, so that a grace is moved with it when that alone is moved.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/people.h"
#include "core/status.h"
#include "core/time.h"

namespace pastille {

struct ModelShown {
  StatusId status;
  std::string note;
  std::optional<Time> until;
  bool operator==(const ModelShown&) const = default;
};

struct ModelPerson {
  bool wants_last = false;  // what signing in shows
  StatusId last_chosen = system_status(StatusType::kConnected);
  std::map<ConnectionId, std::size_t> connections;  // and with which of their sessions each came
  std::optional<Time> grace_ends;
  std::optional<std::size_t> grace_of;  // the session of the last connection; nullopt: a restart
  std::optional<ModelShown> shown;      // nullopt: Offline
  std::optional<ModelShown> pending;
  std::optional<Time> away_since;  // was there when the server stopped, and did not come back
  std::size_t moves = 0;           // of what is shown, for a cause: each is an event
  std::size_t steps = 0;  // of them, those of status or note: each is a row of the own history

  bool online() const { return !connections.empty() || grace_ends.has_value(); }
};

class PresenceModel {
 public:
  static constexpr std::chrono::seconds kGrace{30};

  explicit PresenceModel(std::size_t people) : people_(people) {}
  ModelPerson& operator[](std::size_t index) { return people_[index]; }
  std::size_t size() const { return people_.size(); }

  void arrive(std::size_t index, ConnectionId connection, std::size_t session, Time now) {
    ModelPerson& person = people_[index];
    if (!person.online()) {
      const bool good = person.pending && (!person.pending->until || *person.pending->until > now);
      ModelShown shown = good ? *person.pending : ModelShown{connected(), "", std::nullopt};
      if (!good && person.wants_last) shown.status = person.last_chosen;
      show(person, shown);
      person.pending.reset();
    }
    person.connections[connection] = session;
    person.away_since.reset();
    person.grace_ends.reset();
  }

  void leave(std::size_t index, ConnectionId connection, Time now) {
    ModelPerson& person = people_[index];
    const auto found = person.connections.find(connection);
    if (found == person.connections.end()) return;
    person.grace_of = found->second;
    person.connections.erase(found);
    if (person.connections.empty()) person.grace_ends = now + kGrace;
  }

  void sign_out(std::size_t index, std::size_t session) {
    ModelPerson& person = people_[index];
    const std::size_t closed =
        std::erase_if(person.connections, [&](const auto& each) { return each.second == session; });
    if (closed > 0) person.grace_of = session;
    if (person.connections.empty() && person.grace_of == session) go_offline(person);
  }

  void choose(std::size_t index, const ModelShown& choice) {
    ModelPerson& person = people_[index];
    person.last_chosen = choice.status;
    if (person.online()) {
      show(person, choice);
    } else {
      person.pending = choice;
    }
  }

  // A custom status was deleted; `instead` is the system status of its type.
  void remove_status(StatusId status, StatusId instead) {
    for (ModelPerson& person : people_) {
      if (person.last_chosen == status) person.last_chosen = instead;
      if (person.shown && person.shown->status == status) {
        show(person, ModelShown{instead, person.shown->note, person.shown->until});
      }
      if (person.pending && person.pending->status == status) person.pending->status = instead;
    }
  }

  void pass(Time now) {
    for (ModelPerson& person : people_) {
      if (person.shown && person.shown->until && *person.shown->until <= now) {
        show(person, ModelShown{connected(), "", std::nullopt});
      }
      if (person.pending && person.pending->until && *person.pending->until <= now) {
        person.pending.reset();
      }
      if (person.grace_ends && *person.grace_ends <= now) go_offline(person);
    }
  }

  // Somebody moved the wall clock by that, to `now`: no grace is longer or shorter for it.
  void move_clock(Duration by, Time now) {
    for (ModelPerson& person : people_) {
      if (person.grace_ends) *person.grace_ends += by;
    }
    pass(now);
  }

  // The server was down and starts `now`: who was there gets the grace, and goes
  // Offline as of when it stopped.
  void restart(Time stopped, Time now) {
    for (ModelPerson& person : people_) {
      if (!person.online()) continue;
      person.connections.clear();
      person.grace_ends = now + kGrace;
      person.grace_of.reset();
      person.away_since = stopped;
    }
    pass(now);
  }

 private:
  static StatusId connected() { return system_status(StatusType::kConnected); }
  static void go_offline(ModelPerson& person) {
    person.grace_ends.reset();
    show(person, std::nullopt);
  }
  static void show(ModelPerson& person, const std::optional<ModelShown>& shown) {
    if (person.shown == shown) return;
    const bool kept = person.shown && shown && person.shown->status == shown->status &&
                      person.shown->note == shown->note;
    ++person.moves;
    if (!kept) ++person.steps;
    person.shown = shown;
  }

  std::vector<ModelPerson> people_;
};

}  // namespace pastille
