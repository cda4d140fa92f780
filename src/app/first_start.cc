#include "app/first_start.h"

#include <string_view>

namespace pastille {
namespace {

struct SystemName {
  StatusType type;
  std::string_view english;
  std::string_view french;
};

constexpr std::array kSystemNames = {
    SystemName{StatusType::kConnected, "Connected", "Connecté"},
    SystemName{StatusType::kAbsent, "Absent", "Absent"},
    SystemName{StatusType::kBusy, "Busy", "Occupé"},
    SystemName{StatusType::kInACall, "In a call", "En appel"},
    SystemName{StatusType::kOffline, "Offline", "Hors ligne"},
};

Label label(std::string_view text, const Context& context) {
  return Label{.text = std::string(text), .folded = context.unicode.fold(text)};
}

}  // namespace

Result<bool> FirstStart::decide(Draft& draft, const Acting& who, const Context& context) const {
  if (!draft.now().statuses.empty()) return false;
  for (const SystemName& name : kSystemNames) {
    Status status;
    status.id = system_status(name.type);
    status.fields.name = label(name.english, context);
    status.fields.names = {{"en", label(name.english, context)},
                           {"fr", label(name.french, context)}};
    status.fields.type = name.type;
    status.system = true;
    status.rev = draft.seq();
    status.created_at = status.updated_at = context.now.wall;
    status.created_by = status.updated_by = who.author;
    draft.change(StatusPut{std::move(status)});
  }
  Role administrator;
  administrator.id = kAdministratorRole;
  administrator.name = label("Administrator", context);
  administrator.permissions = Permissions::all();
  administrator.built_in = true;
  draft.change(RolePut{std::move(administrator)});
  Role agent;
  agent.id = kAgentRole;
  agent.name = label("Agent", context);
  agent.built_in = true;
  draft.change(RolePut{std::move(agent)});
  return true;
}

}  // namespace pastille
