// A person's own status (R12, R13, R15).
#pragma once

#include <optional>
#include <string>

#include "app/actor.h"
#include "app/draft.h"
#include "core/presence.h"

namespace pastille {

struct OwnStatus {
  Entry entry;
  std::optional<Pending> pending;
};

// Sets it. `target` is whom the request names: anyone else than oneself is refused, by whomever
// (kOwnStatusOnly), and the refusal recorded in the audit.
struct SetOwnStatus {
  using Answer = OwnStatus;
  std::optional<UserId> target;  // nullopt: oneself
  StatusId status;
  std::string note;  // as given; made tidy here
  UntilAsked until = UntilDefault{};
  // Refuses kOwnStatusOnly, kScopeMissing, kInvalid (/status_id, /note, /until, /for_s).
  Result<OwnStatus> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// Connected, without note and end.
struct ClearOwnStatus {
  using Answer = OwnStatus;
  Result<OwnStatus> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
