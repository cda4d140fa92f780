#include "app/live_reader.h"

#include <variant>

namespace pastille {

LiveReader reader_of(const Acting& who, bool on_other_page) {
  using Kind = LiveReader::Kind;
  if (on_other_page) return LiveReader(Kind::kElement);
  if (!who.scope) return LiveReader(Kind::kOwnSession);
  switch (*who.scope) {
    case Scope::kStatus:
      return LiveReader(Kind::kStatusToken);
    case Scope::kRead:
      break;
  }
  return LiveReader(Kind::kReadToken);
}

bool gets_own_entry(LiveReader reader) {
  switch (reader.kind()) {
    case LiveReader::Kind::kOwnSession:
    case LiveReader::Kind::kStatusToken:
    case LiveReader::Kind::kReadToken:
      return true;
    case LiveReader::Kind::kElement:
    case LiveReader::Kind::kNobody:
      break;
  }
  return false;
}

bool may_open(LiveReader reader, const LiveOpening& opening) {
  switch (reader.kind()) {
    case LiveReader::Kind::kOwnSession:
    case LiveReader::Kind::kStatusToken:
    case LiveReader::Kind::kReadToken:  // to be present takes a scope, which the rule looks at
      return true;
    case LiveReader::Kind::kElement:
      return !opening.present && !opening.counts &&
             !(opening.follow && std::holds_alternative<FollowAll>(*opening.follow));
    case LiveReader::Kind::kNobody:
      break;
  }
  return false;
}

}  // namespace pastille
