// The kinds of frames that the server sends, and which kind of reader gets which (the table of
// docs/api and of the tests). Every frame passes may_get() on its way out (outgoing.h), so a kind
// that nobody has placed in the table does not compile, and none can go round it.
#pragma once

#include <cstdint>
#include <string_view>

#include "app/live_reader.h"

namespace pastille::push {

enum class FrameKind : std::uint8_t {
  kReady,
  kBoard,
  kChanges,
  kAt,
  kCounts,
  kCatalogue,
  kPeople,
  kSelf,
  kConfig,
  kMessage,
  kRead,
  kConversations,
  kDone,
  kRefused,
  kStale,
  kFresh,
};

// As the frame's `is` says it, and an event's `event`.
constexpr std::string_view name_of(FrameKind kind) {
  switch (kind) {
    case FrameKind::kReady:
      return "ready";
    case FrameKind::kBoard:
      return "board";
    case FrameKind::kChanges:
      return "changes";
    case FrameKind::kAt:
      return "at";
    case FrameKind::kCounts:
      return "counts";
    case FrameKind::kCatalogue:
      return "catalogue";
    case FrameKind::kPeople:
      return "people";
    case FrameKind::kSelf:
      return "self";
    case FrameKind::kConfig:
      return "config";
    case FrameKind::kMessage:
      return "message";
    case FrameKind::kRead:
      return "read";
    case FrameKind::kConversations:
      return "conversations";
    case FrameKind::kDone:
      return "done";
    case FrameKind::kRefused:
      return "refused";
    case FrameKind::kStale:
      return "stale";
    case FrameKind::kFresh:
      return "fresh";
  }
  return {};
}

// From the narrowest on: each gets what those after it get.
enum class Audience : std::uint8_t {
  kOwnSessions,  // what is between people, and what is one's own
  kSetters,      // who may set a status
  kAccounts,     // a person's sessions and tokens
  kEveryReader,  // pages of other origins, too
};

constexpr Audience audience_of(FrameKind kind) {
  switch (kind) {
    case FrameKind::kReady:
    case FrameKind::kBoard:
    case FrameKind::kChanges:
    case FrameKind::kAt:
    case FrameKind::kCatalogue:
    case FrameKind::kStale:
    case FrameKind::kFresh:
      return Audience::kEveryReader;
    case FrameKind::kCounts:
    case FrameKind::kPeople:
      return Audience::kAccounts;
    case FrameKind::kDone:
    case FrameKind::kRefused:  // who may only look is closed instead (Connection::refuse)
      return Audience::kSetters;
    case FrameKind::kSelf:
    case FrameKind::kConfig:
    case FrameKind::kMessage:
    case FrameKind::kRead:
    case FrameKind::kConversations:
      break;
  }
  return Audience::kOwnSessions;
}

constexpr bool may_get(LiveReader reader, FrameKind kind) {
  const Audience audience = audience_of(kind);
  switch (reader.kind()) {
    case LiveReader::Kind::kOwnSession:
      return true;
    case LiveReader::Kind::kStatusToken:
      return audience >= Audience::kSetters;
    case LiveReader::Kind::kReadToken:
      return audience >= Audience::kAccounts;
    case LiveReader::Kind::kElement:
      return audience >= Audience::kEveryReader;
    case LiveReader::Kind::kNobody:
      break;
  }
  return false;
}

}  // namespace pastille::push
