// How many sign-ins are on their way at once: limits::kOidcWaiting, and of them at most
// limits::kOidcPerAddress from one address, so that nobody takes the places of all. Thread-safe;
// outlives the turns.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "core/limits.h"

namespace pastille::oidc {

class Turns {
 public:
  using Turn = std::shared_ptr<void>;  // over when it is destroyed

  // nullptr: too many.
  Turn take(const std::string& from) {
    const std::lock_guard lock(mutex_);
    std::size_t& of_address = taken_[from];
    if (all_ >= limits::kOidcWaiting || of_address >= limits::kOidcPerAddress) {
      if (of_address == 0) taken_.erase(from);
      return nullptr;
    }
    ++all_;
    ++of_address;
    return {this, [this, from](void*) { give_back(from); }};
  }

 private:
  void give_back(const std::string& from) {
    const std::lock_guard lock(mutex_);
    --all_;
    const auto found = taken_.find(from);
    if (--found->second == 0) taken_.erase(found);
  }

  std::mutex mutex_;  // guards both below
  std::size_t all_ = 0;
  std::map<std::string, std::size_t> taken_;
};

}  // namespace pastille::oidc
