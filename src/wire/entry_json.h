// A board entry as the contract writes it: {user, status, type, note, since, until, rev}. One
// function for the API and for frames, so that both say the same.
#pragma once

#include "core/entry.h"
#include "wire/json_writer.h"

namespace pastille {

void write_entry(JsonWriter& json, UserId user, const Entry& entry);
// {user, gone: true, rev}: an erased person.
void write_gone(JsonWriter& json, UserId user, std::uint64_t rev);

}  // namespace pastille
