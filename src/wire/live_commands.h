// What clients say over a live connection, from text to values. The server is strict: what cannot
// be read closes the connection, what is wrong in a frame with a `ref` is refused by that ref.
// Pure; the text is valid UTF-8 (the codec has checked).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/live_opening.h"
#include "core/presence.h"
#include "core/refusal.h"

namespace pastille {

struct OpenFrame {
  LiveOpening opening;
  std::vector<std::string> unknown;  // followed ids that are no ids at all
};
struct FollowFrame {
  std::optional<std::string> ref;
  std::optional<bool> all;
  std::vector<UserId> add;
  std::vector<UserId> drop;
  std::vector<std::string> unknown;  // in add
  bool names_people = false;         // has add or drop
  std::optional<bool> counts;
};
struct SetFrame {
  std::string ref;
  StatusId status;
  std::string note;  // as given; the rule makes it tidy
  UntilAsked until;
};
struct ClearFrame {
  std::string ref;
};
// Close with 4400.
struct MalformedFrame {
  std::string why;  // for the close frame
};
// Answer `refused`, with this ref.
struct FaultyFrame {
  std::string ref;
  Refusal refusal;
};

using ClientFrame =
    std::variant<OpenFrame, FollowFrame, SetFrame, ClearFrame, MalformedFrame, FaultyFrame>;

ClientFrame parse_client_frame(std::string_view text);

}  // namespace pastille
