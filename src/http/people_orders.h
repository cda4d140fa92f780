// The sorted lists of all people that are kept, one a language, for readers: the first who asks in
// a language after the directory changed makes it anew, from the one before. Thread-safe; the
// readers of one language wait for each other while it is made.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "app/people_order.h"

namespace pastille::http {

class PeopleOrders {
 public:
  // Of this state, or of a later one. Takes 2 us a person when it is the first of its language.
  std::shared_ptr<const PeopleOrder> get(const Organisation& organisation,
                                         const std::string& locale, const Unicode& unicode);

 private:
  struct Kept {
    explicit Kept(std::string of) : locale(std::move(of)) {}
    const std::string locale;
    std::mutex mutex;
    std::shared_ptr<const PeopleOrder> order;  // guarded by mutex
  };
  std::shared_ptr<Kept> find(const std::string& locale);

  std::mutex mutex_;
  std::list<std::shared_ptr<Kept>> kept_;  // guarded by mutex_; used last first
};

}  // namespace pastille::http
