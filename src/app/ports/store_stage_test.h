// What the tests of store_contract.h stand on: rows as they are written, and commits one after the
// other.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/ports/archive.h"
#include "app/ports/store.h"

namespace pastille {

template <class Fixture>
class StoreContract : public ::testing::Test {
 protected:
  static constexpr Time kStart{Duration(1'795'000'000'000)};
  static constexpr UserId kAnna{1};

  Store& store() { return fixture_.store(); }
  Archive& archive() { return fixture_.archive(); }
  void reopen() { fixture_.reopen(); }

  static Label label(const std::string& text) { return Label{.text = text, .folded = text}; }

  static Role role(std::uint64_t id) {
    Role role;
    role.id = RoleId{id};
    role.name = label("role " + std::to_string(id));
    role.permissions.add(Permission::kStatusesCreate);
    return role;
  }
  static Status status(std::uint64_t id, const std::string& name) {
    Status status;
    status.id = StatusId{id};
    status.fields.name = label(name);
    status.fields.names = {{"fr", label("Pause café")}};
    status.fields.type = StatusType::kAbsent;
    status.fields.tags = {label("Break"), label("HR")};
    status.fields.icon = "☕";
    status.fields.default_duration = std::chrono::seconds(900);
    status.rev = 1;
    status.created_at = status.updated_at = kStart;
    status.created_by = {.kind = Author::Kind::kPerson, .user = kAnna};
    return status;
  }
  static Person person(std::uint64_t id) {
    Person person{.id = UserId{id}, .own_version = 4, .known_places = {7, 9'007'199'254'740'991}};
    person.login = label("login" + std::to_string(id));
    person.display_name = label("Đặng " + std::to_string(id));
    person.role = RoleId{1};
    person.teams = {TeamId{1}, TeamId{3}};
    person.pinned = {UserId{7}};
    person.password_hash = "$argon2id$";
    person.external = External{"https://id.example.org", "subject " + std::to_string(id)};
    person.rev = 1;
    person.created_at = kStart;
    return person;
  }

  // Commits these changes as one event; expects it to work.
  void commit(std::vector<Change> changes, Time at = kStart) {
    Batch batch{.id = id_of(next_seq_), .expected_seq = next_seq_ - 1, .events = {}};
    batch.events.push_back(Event{.seq = next_seq_, .at = at, .changes = std::move(changes)});
    ASSERT_TRUE(std::holds_alternative<Committed>(store().commit(batch)));
    ++next_seq_;
  }
  void forget(const Retention& before) {
    while (store().forget(before, 2)) continue;
  }
  static BatchId id_of(std::uint64_t number) {
    BatchId id{};
    id[0] = static_cast<std::uint8_t>(number);
    id[1] = static_cast<std::uint8_t>(number >> 8U);
    return id;
  }
  void found() {
    commit({RolePut{role(1)}, StatusPut{status(1, "Connected")}, StatusPut{status(5, "Offline")},
            StatusPut{status(6, "Lunch")}, PersonPut{person(1)}, PersonPut{person(2)}});
  }

  std::uint64_t next_seq_ = 1;

 private:
  Fixture fixture_;
};

}  // namespace pastille
