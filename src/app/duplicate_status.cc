#include "app/duplicate_status.h"

#include <string>
#include <utility>

#include "app/create_status.h"
#include "app/finding.h"
#include "app/recording.h"
#include "core/limits.h"
#include "core/status_changes.h"

namespace pastille {
namespace {

// The first free one; the original's name is cut between graphemes so that the whole fits.
Label name_of_copy(const Organisation& organisation, const std::string& name,
                   const Unicode& unicode) {
  for (int number = 1;; ++number) {
    const std::string ending =
        number == 1 ? std::string(" (copy)") : " (copy " + std::to_string(number) + ")";
    const std::string kept = unicode.cut(name, limits::kStatusName - ending.size());
    std::string text = unicode.tidy(kept).value_or(kept) + ending;
    std::string folded = unicode.fold(text);
    if (!organisation.status_names.contains(folded)) {
      return Label{.text = std::move(text), .folded = std::move(folded)};
    }
  }
}

}  // namespace

Result<void> DuplicateStatus::permitted(const Organisation&, const Acting& who) const {
  return require(who, Permission::kStatusesCreate);
}

Result<StatusId> DuplicateStatus::decide(Draft& draft, const Acting& who,
                                         const Context& context) const {
  const Result<const Status*> found = find_custom_status(draft.now(), status);
  if (!found) return std::unexpected(found.error());
  if (auto may = permitted(draft.now(), who); !may) return std::unexpected(may.error());
  if (auto room = room_for_a_status(draft.now()); !room) return std::unexpected(room.error());
  Status copy{.id = StatusId{draft.now().next.status},
              .fields = (*found)->fields,
              .created_at = context.now.wall,
              .created_by = who.author};
  copy.fields.name = name_of_copy(draft.now(), copy.fields.name.text, context.unicode);
  const StatusId id = copy.id;
  auto changes = changes_of_new(copy.fields);
  put_status(draft, who, context, std::move(copy), StatusAction::kDuplicated, std::move(changes));
  return id;
}

}  // namespace pastille
