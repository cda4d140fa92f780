#include "app/erase_own_history.h"

#include <algorithm>

#include "app/showing.h"

namespace pastille {

Result<bool> EraseOwnHistory::decide(Draft& draft, const Acting& who,
                                     const Context& context) const {
  if (const Result<void> may = require_session(who); !may) return std::unexpected(may.error());
  draft.change(OwnHistoryErased{who.user});
  if (const Presence* shown = draft.now().presence(who.user); shown != nullptr) {
    const Entry entry = shown->entry;
    add_to_history(draft, who.user, entry, context, std::max(context.now.wall, shown->last_step));
  }
  return true;
}

}  // namespace pastille
