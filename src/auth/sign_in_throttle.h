// Slows the guessing of passwords. Only failures count: 10 for one login, 100 from one address,
// within 5 minutes; then 429 until the oldest of them is 5 minutes old, also for the right
// password. Nobody is locked out for longer. A whole contact centre comes from one address:
// successes clear what their login counted, and never count against the address.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <string>

#include "app/ports/throttle.h"

namespace pastille::auth {

class SignInThrottle final : public Throttle {
 public:
  static constexpr std::size_t kPerLogin = 10;
  static constexpr std::size_t kPerAddress = 100;
  static constexpr std::chrono::minutes kWindow{5};
  static constexpr std::size_t kRemembered = 100'000;  // logins and addresses; the oldest go first

  std::optional<std::chrono::seconds> wait(std::string_view login, std::string_view remote,
                                           Instant now) override;
  void failed(std::string_view login, std::string_view remote, Instant now) override;
  void succeeded(std::string_view login, std::string_view remote) override;

 private:
  using Failures = std::map<std::string, std::deque<Instant>, std::less<>>;
  static std::optional<Instant> free_at(Failures& failures, std::string_view key, std::size_t most,
                                        Instant now);
  static void add(Failures& failures, std::string_view key, Instant now);

  std::mutex mutex_;
  Failures by_login_;    // guarded by mutex_
  Failures by_address_;  // guarded by mutex_
};

}  // namespace pastille::auth
