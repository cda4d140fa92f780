// The frames of the live protocol as the contract writes them, each one JSON object in one line.
// Pure; what they need of the organisation is read from the snapshot given.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/organisation.h"
#include "core/refusal.h"

namespace pastille {

struct ReadySays {
  Position position;
  std::uint64_t heartbeat_s = 0;
  bool resumed = false;
  bool stale = false;
};
// `me`: whose own entry it names; nullopt: nobody's.
std::string ready_frame(const ReadySays& says, std::optional<UserId> me,
                        const Organisation& organisation);

// What stands before and after the entries of a `changes` and of a `board`.
std::string changes_head(std::uint64_t seq);
inline constexpr std::string_view kEntriesTail = "]}";
struct BoardPage {
  std::uint64_t seq = 0;
  bool all = false;
  bool more = false;
  const std::string* ref = nullptr;
  const std::vector<std::string>* unknown = nullptr;
};
std::string board_head(const BoardPage& page);

// The seq of the last change of what boards and changes say of this person.
std::uint64_t board_rev(UserId user, const Organisation& organisation);
// The entry of this person as boards and changes name it (gone when erased), up to the number of
// its rev; entry_end() of entry_json.h ends it.
std::string board_entry_begin(UserId user, const Organisation& organisation);

std::string at_frame(std::uint64_t seq, Time now);
std::string counts_frame(std::uint64_t seq, const Organisation& organisation);
// Statuses and people that changed after that version.
std::string catalogue_frame(const std::vector<StatusId>& changed, const Organisation& organisation);
std::string people_frame(const std::vector<UserId>& changed, const Organisation& organisation);
std::string self_frame(const Person& person, const Organisation& organisation);
std::string config_frame(std::string_view what);
std::string message_frame(const Message& message);
std::string read_frame(ConversationId conversation, UserId user, MessageId up_to);
std::string conversations_frame();
std::string done_frame(const std::string& ref, UserId user, const Entry& entry);
std::string refused_frame(const std::optional<std::string>& ref, const Refusal& refusal);
std::string stale_frame(Time since);
std::string fresh_frame(std::uint64_t seq);

}  // namespace pastille
