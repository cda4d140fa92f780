#include "app/erase_own_history.h"

namespace pastille {

Result<bool> EraseOwnHistory::decide(Draft& draft, const Acting& who, const Context&) const {
  if (const Result<void> may = require_session(who); !may) return std::unexpected(may.error());
  draft.change(OwnHistoryErased{who.user});
  return true;
}

}  // namespace pastille
