#include "server/heard_sign_ins.h"

#include <variant>

namespace pastille::server {

void HeardSignIns::publish(std::shared_ptr<const Publication> publication) {
  for (const Event& event : publication->events) {
    for (const Change& change : event.changes) {
      const auto* tried = std::get_if<SignInTried>(&change);
      if (tried != nullptr && tried->node != publication->node) count(*tried);
    }
  }
  next_.publish(std::move(publication));
}

void HeardSignIns::count(const SignInTried& tried) {
  if (tried.right) {
    throttle_.succeeded(tried.login, tried.remote);
  } else {
    throttle_.failed(tried.login, tried.remote, clock_.now().steady);
  }
}

}  // namespace pastille::server
