// Items of the three histories as the contract writes them.
#pragma once

#include "app/ports/archive.h"
#include "core/history.h"
#include "wire/json_writer.h"

namespace pastille {

// {field, before, after}
void write_field_change(JsonWriter& json, const FieldChange& change);
void write_status_history(JsonWriter& json, std::uint64_t row, const StatusHistoryItem& item);
void write_own_history(JsonWriter& json, std::uint64_t row, const OwnHistoryStep& step);
// `problem`: the slug of a refusal, "" when it was done.
void write_audit(JsonWriter& json, std::uint64_t row, const AuditItem& item,
                 std::string_view problem);

}  // namespace pastille
