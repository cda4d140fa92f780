// The numbers that a batch gives to new rows, noted so that none is given twice, also after its row
// has gone: what SQLite does by itself (AUTOINCREMENT).
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>

#include "core/change.h"
#include "postgres/database.h"

namespace pastille::postgres {

// The greatest number of each table among what is put. One overload a kind.
class GivenNumbers {
 public:
  void operator()(const StatusPut& put) { give("statuses", put.status.id.number); }
  void operator()(const PersonPut& put) { give("people", put.person.id.number); }
  void operator()(const TeamPut& put) { give("teams", put.team.id.number); }
  void operator()(const RolePut& put) { give("roles", put.role.id.number); }
  void operator()(const SessionPut& put) { give("sessions", put.session.id.number); }
  void operator()(const TokenPut& put) { give("tokens", put.token.id.number); }
  void operator()(const InvitationPut& put) { give("invitations", put.invitation.id.number); }
  void operator()(const ConversationPut& put) { give("conversations", put.conversation.id.number); }
  void operator()(const MessageAdded& added) { give("messages", added.message.id.number); }
  template <class Other>
  void operator()(const Other&) {}

  void write(Database& database) const {
    for (const auto& [table, number] : greatest_) {
      database
          .statement(
              "INSERT INTO given_numbers (name, number) VALUES (?,?) ON CONFLICT (name) DO UPDATE"
              " SET number = greatest(given_numbers.number, excluded.number)")
          .bind(table)
          .bind(number)
          .run();
    }
  }

 private:
  void give(const char* table, std::uint64_t number) {
    std::uint64_t& greatest = greatest_[table];
    greatest = std::max(greatest, number);
  }
  std::map<std::string, std::uint64_t> greatest_;
};

}  // namespace pastille::postgres
