#include "app/import_statuses.h"

#include <algorithm>
#include <set>
#include <utility>

#include "app/create_status.h"
#include "app/modify_status.h"
#include "core/limits.h"
#include "core/status_changes.h"

namespace pastille {
namespace {

class StatusImport {
 public:
  StatusImport(Draft& draft, const Acting& who, const Context& context, const FieldFaults& unread)
      : faults(unread), draft_(draft), who_(who), context_(context), unread_(unread) {
    draft.now().statuses.for_each([&](StatusId, const Box<Status>& each) {
      if (each->deleted) return;
      for (const Label& tag : each->fields.tags) tags_.insert(tag.folded);
    });
  }

  void take(const ImportStatuses::Row& row) {
    const std::string name = row.fields.name.value_or(std::string());
    const std::string folded =
        context_.unicode.fold(context_.unicode.tidy(name).value_or(std::string()));
    if (!folded.empty() && !names_.insert(folded).second) {
      return fault(field_of(row, "name"), "\"" + name + "\" is in the file twice.");
    }
    const StatusId* there = draft_.now().status_names.find(folded);
    if (there == nullptr) {
      create(row);
    } else {
      modify(row, *there);
    }
  }

  FieldFaults faults;
  ImportStatuses::Answer answer;

 private:
  void create(const ImportStatuses::Row& row) {
    const auto made = CreateStatus{.fields = row.fields}.decide(draft_, who_, context_);
    if (!made) return note(row, made.error());
    const StatusFields& fields = draft_.now().status(*made)->fields;
    answer.steps.push_back({.name = fields.name.text,
                            .type = fields.type,
                            .created = true,
                            .changes = changes_of_new(fields)});
    note_tags(fields);
  }

  void modify(const ImportStatuses::Row& row, StatusId id) {
    const StatusFields before = draft_.now().status(id)->fields;
    const auto made =
        ModifyStatus{.status = id, .expected_version = {}, .patch = row.fields}.decide(draft_, who_,
                                                                                       context_);
    if (!made) return note(row, made.error());
    if (!*made) {
      return fault(field_of(row, "type"),
                   "More than " + std::to_string(limits::kPiecePeople) +
                       " people show this status. Change its type by itself.");
    }
    const StatusFields& after = draft_.now().status(id)->fields;
    answer.steps.push_back(
        {.name = before.name.text, .type = after.type, .changes = changes_between(before, after)});
    note_tags(after);
  }

  void note_tags(const StatusFields& fields) {
    for (const Label& each : fields.tags) {
      if (tags_.insert(each.folded).second) answer.new_tags.push_back(each.text);
    }
  }

  void note(const ImportStatuses::Row& row, const Refusal& refusal) {
    if (refusal.errors.empty()) fault(row.place, refusal.detail);
    for (const FieldError& error : refusal.errors) {
      std::string_view field = error.pointer;
      if (field.starts_with('/')) field.remove_prefix(1);
      FieldError here = error;
      here.pointer = field_of(row, field);
      fault(std::move(here));
    }
  }

  // A field that could not be read looks absent to the rule: it is said once.
  void fault(FieldError error) {
    const bool said = std::ranges::any_of(unread_.first(), [&](const FieldError& each) {
      return each.pointer == error.pointer || each.pointer.starts_with(error.pointer + '/');
    });
    if (!said) faults.add(std::move(error));
  }
  void fault(std::string pointer, std::string detail) {
    fault({.pointer = std::move(pointer), .detail = std::move(detail)});
  }

  static std::string field_of(const ImportStatuses::Row& row, std::string_view field) {
    return row.place + (row.place.starts_with('/') ? "/" : ", ") + std::string(field);
  }

  Draft& draft_;
  const Acting& who_;
  const Context& context_;
  const FieldFaults& unread_;
  std::set<std::string> names_;  // folded
  std::set<std::string> tags_;   // folded, of live statuses and those that were taken
};

}  // namespace

// Whoever lacks one of the two is told so once, and not status by status.
Result<void> ImportStatuses::permitted(const Organisation&, const Acting& who) const {
  if (auto create = require(who, Permission::kStatusesCreate); !create) return create;
  return require(who, Permission::kStatusesModify);
}

Result<ImportStatuses::Answer> ImportStatuses::decide(Draft& draft, const Acting& who,
                                                      const Context& context) const {
  if (auto may = permitted(draft.now(), who); !may) return std::unexpected(may.error());
  if (faults.count() > limits::kImportFaultsTold) return std::unexpected(refusal_of(faults));
  Draft copy(draft.now());
  StatusImport import(copy, who, context, faults);
  for (const Row& row : rows) import.take(row);
  if (!import.faults.none()) return std::unexpected(refusal_of(import.faults));
  if (!dry_run) {
    for (Change& change : copy.take_changes()) draft.change(std::move(change));
  }
  return std::move(import.answer);
}

}  // namespace pastille
