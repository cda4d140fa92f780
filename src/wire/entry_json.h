// A board entry as the contract writes it: {user, status, type, note, since, until, rev}. One
// function for the API and for frames, so that both say the same.
//
// `rev` is what the entry is told at: any seq from its last change on, up to that of the frame or
// answer. Told to others, it is not that of the change itself, which says when somebody left.
#pragma once

#include "core/entry.h"
#include "wire/json_writer.h"

namespace pastille {

// To the person themself: at their last change.
void write_own_entry(JsonWriter& json, UserId user, const Entry& entry);
void write_entry(JsonWriter& json, UserId user, const Entry& entry, std::uint64_t rev);

// An entry in two parts, so that the first is written once however often it is told: what stands
// before the number of its rev, and entry_end().
void write_entry_begin(JsonWriter& json, UserId user, const Entry& entry);
// {user, gone: true, rev}: an erased person.
void write_gone_begin(JsonWriter& json, UserId user);
std::string entry_end(std::uint64_t rev);

}  // namespace pastille
