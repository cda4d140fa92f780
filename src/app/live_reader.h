// Who is at the other end of a live connection. Decided once, at the door, by what the connection
// came with, and carried by it to its end: what it may ask for and what it is told follow from this
// and from nothing else. Values; no thread.
#pragma once

#include <cstdint>

#include "app/actor.h"
#include "app/live_opening.h"

namespace pastille {

// Has no default: whoever makes a connection must say who reads it.
class LiveReader {
 public:
  enum class Kind : std::uint8_t {
    kOwnSession,   // a page of ours, with the person's own session
    kStatusToken,  // a person's token that may show and set their status
    kReadToken,    // a person's token that may look
    kElement,      // a page of another origin that shows colleagues, whatever it came with
    kNobody,       // whose session has ended: learns that and nothing else
  };
  constexpr explicit LiveReader(Kind kind) : kind_(kind) {}
  constexpr Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

// `on_other_page`: it comes from a page of another origin, which may show colleagues.
LiveReader reader_of(const Acting& who, bool on_other_page);

// Whether it may begin like this. A page of another origin makes nobody present and follows those
// whom it names: not everyone, and no counts.
bool may_open(LiveReader reader, const LiveOpening& opening);

// Whether it is told what its own person shows, named or not.
bool gets_own_entry(LiveReader reader);

}  // namespace pastille
