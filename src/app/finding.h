// What a command is about, or why it cannot be: each begins by finding its subject here, so that
// unknown, locked and stale ones are refused alike everywhere.
#pragma once

#include <cstdint>
#include <optional>

#include "app/actor.h"
#include "core/organisation.h"

namespace pastille {

// A live status that people made. Refuses kNotFound: unknown or deleted; kSystemStatus (R6).
Result<const Status*> find_custom_status(const Organisation& organisation, StatusId id);
// The same, deleted or not.
Result<const Status*> find_restorable_status(const Organisation& organisation, StatusId id);
// Refuses kNotFound: unknown or erased, or inactive and `who` does not manage people: who has left
// is known to those alone.
Result<const Person*> find_person(const Organisation& organisation, const Acting& who, UserId id);
Result<const Team*> find_team(const Organisation& organisation, TeamId id);
// Refuses kNotFound, and kBuiltInRole: Administrator and Agent are locked.
Result<const Role*> find_custom_role(const Organisation& organisation, RoleId id);
// Refuses kNotFound also to who is not a member: others do not know that it exists.
Result<const Conversation*> find_own_conversation(const Organisation& organisation,
                                                  ConversationId id, UserId reader);

// Refuses kStaleVersion when a version was expected (If-Match) and it is another by now.
Result<void> expect_version(std::optional<std::uint64_t> expected, std::uint64_t present,
                            Subject subject);

}  // namespace pastille
