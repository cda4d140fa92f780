#include "app/finding.h"

namespace pastille {

Result<const Status*> find_restorable_status(const Organisation& organisation, StatusId id) {
  const Status* status = organisation.status(id);
  if (status == nullptr) return refuse(Problem::kNotFound, "There is no such status.");
  if (status->system) {
    return refuse(Problem::kSystemStatus,
                  "\"" + status->fields.name.text +
                      "\" is a system status: it cannot be modified, tagged, duplicated or "
                      "deleted, and has no history.");
  }
  return status;
}

Result<const Status*> find_custom_status(const Organisation& organisation, StatusId id) {
  Result<const Status*> status = find_restorable_status(organisation, id);
  if (status && (*status)->deleted) {
    return refuse(Problem::kNotFound, "There is no such status; it was deleted.");
  }
  return status;
}

Result<const Person*> find_person(const Organisation& organisation, const Acting& who, UserId id) {
  const Person* person = organisation.person(id);
  const bool hidden =
      person != nullptr && !person->active && !require(who, Permission::kUsersManage);
  if (person == nullptr || person->erased || hidden) {
    return refuse(Problem::kNotFound, "There is no such person.");
  }
  return person;
}

Result<const Team*> find_team(const Organisation& organisation, TeamId id) {
  const Team* team = organisation.team(id);
  if (team == nullptr) return refuse(Problem::kNotFound, "There is no such team.");
  return team;
}

Result<const Role*> find_custom_role(const Organisation& organisation, RoleId id) {
  const Role* role = organisation.role(id);
  if (role == nullptr) return refuse(Problem::kNotFound, "There is no such role.");
  if (role->built_in) {
    return refuse(Problem::kBuiltInRole, "The role " + role->name.text +
                                             " is built in and cannot be changed. Create one "
                                             "of your own.");
  }
  return role;
}

Result<const Conversation*> find_own_conversation(const Organisation& organisation,
                                                  ConversationId id, UserId reader) {
  const Conversation* conversation = organisation.conversation(id);
  if (conversation == nullptr || !conversation->has(reader)) {
    return refuse(Problem::kNotFound, "There is no such conversation.");
  }
  return conversation;
}

Result<void> expect_version(std::optional<std::uint64_t> expected, std::uint64_t present,
                            Subject subject) {
  if (!expected || *expected == present) return {};
  return std::unexpected(
      Refusal{.problem = Problem::kStaleVersion,
              .detail = "Somebody changed this since you opened it. Look at what it is now, and "
                        "change that.",
              .current = subject});
}

}  // namespace pastille
