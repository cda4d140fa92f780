// Slows the guessing of passwords without locking the owner out. Only failures count, within 5
// minutes: 10 for one login from one address, 100 from one address, 100 for one login from
// everywhere; then 429 until the oldest of them is 5 minutes old, also for the right password. The
// last of these does not hold where the login has signed in before: who guesses from elsewhere
// keeps nobody from work. A whole contact centre comes from one address: successes clear what their
// login counted there, and never count against the address.
//
// With several nodes each one counts what all of them saw: a failure is one event
// (app/sign_in_tried.h), counted elsewhere as of when it is heard of. What is refused with 429 is
// no failure, so a node tells of an address at most kPerAddress times in kWindow, and all nodes
// together that much each until they have heard of one another, a fraction of a second later. From
// however many addresses, no more is told than passwords are checked (auth/password_pool.h). A node
// that starts, or begins anew, has counted nothing yet.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "app/ports/throttle.h"

namespace pastille::auth {

class SignInThrottle final : public Throttle {
 public:
  static constexpr std::size_t kPerLogin = 10;  // from one address
  static constexpr std::size_t kPerAddress = 100;
  static constexpr std::size_t kPerLoginEverywhere = 100;
  static constexpr std::chrono::minutes kWindow{5};
  static constexpr std::size_t kRemembered = 100'000;  // logins and addresses; the oldest go first

  std::optional<std::chrono::seconds> wait(std::string_view login, std::string_view remote,
                                           Instant now) override;
  void failed(std::string_view login, std::string_view remote, Instant now) override;
  bool succeeded(std::string_view login, std::string_view remote) override;

 private:
  using Failures = std::map<std::string, std::deque<Instant>, std::less<>>;
  static std::optional<Instant> free_at(Failures& failures, std::string_view key, std::size_t most,
                                        Instant now);
  static void add(Failures& failures, std::string_view key, Instant now);

  std::mutex mutex_;
  Failures by_login_;             // at one address; guarded by mutex_
  Failures by_address_;           // guarded by mutex_
  Failures by_login_everywhere_;  // guarded by mutex_
  std::set<std::string> known_;   // logins at addresses where they succeeded; guarded by mutex_
  std::deque<std::set<std::string>::const_iterator>
      known_order_;  // oldest first; guarded by mutex_
};

}  // namespace pastille::auth
