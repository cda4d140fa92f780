// What comes out of a commit. Called on the workspace thread, after the commit and before the
// replies to its commands; must not block: an implementation hands the publication to its threads.
#pragma once

#include <memory>
#include <vector>

#include "core/organisation.h"

namespace pastille {

struct Publication {
  std::shared_ptr<const Organisation> after;  // state after the last of the events
  std::vector<Event> events;                  // ascending; changes of this process only have seq 0
  NodeId node = {};                           // this one, where there are several
};

class Feed {
 public:
  virtual ~Feed() = default;
  virtual void publish(std::shared_ptr<const Publication> publication) = 0;
  // The store cannot commit since then / can again.
  virtual void stale(Time since) = 0;
  virtual void fresh() = 0;
  // This node was taken for dead, or the store is another one: what it had published since may not
  // be so. Everyone who is connected goes, and it begins anew with this.
  virtual void begun_anew(std::shared_ptr<const Organisation> state) = 0;
};

}  // namespace pastille
