#include "http/people_orders.h"

#include <algorithm>

#include "core/limits.h"

namespace pastille::http {

std::shared_ptr<PeopleOrders::Kept> PeopleOrders::find(const std::string& locale) {
  const std::lock_guard lock(mutex_);
  const auto found =
      std::ranges::find_if(kept_, [&](const auto& each) { return each->locale == locale; });
  if (found != kept_.end()) {
    kept_.splice(kept_.begin(), kept_, found);
  } else {
    kept_.push_front(std::make_shared<Kept>(locale));
    if (kept_.size() > limits::kPeopleOrders) kept_.pop_back();
  }
  return kept_.front();
}

std::shared_ptr<const PeopleOrder> PeopleOrders::get(const Organisation& organisation,
                                                     const std::string& locale,
                                                     const Unicode& unicode) {
  const std::shared_ptr<Kept> kept = find(locale);
  const std::lock_guard lock(kept->mutex);
  const PeopleOrder* before = kept->order.get();
  const bool later = before != nullptr && before->epoch == organisation.position().epoch &&
                     before->version > organisation.directory_version;
  if (before == nullptr || !(later || before->is_of(organisation))) {
    kept->order =
        std::make_shared<const PeopleOrder>(order_people(organisation, locale, unicode, before));
  }
  return kept->order;
}

}  // namespace pastille::http
