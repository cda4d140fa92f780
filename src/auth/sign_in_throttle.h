// Slows the guessing of passwords without locking anybody out.
//
// Only failures count, within 5 minutes: 10 for one login from one network, 100 from one network,
// 100 for one login from everywhere; then 429 until the oldest of them is 5 minutes old, also for
// the right password. The last two do not hold where the login has signed in before
// (app/known_places.h): who guesses, from elsewhere or behind the same address, keeps nobody from
// work. A whole contact centre comes from one address: successes clear what their login counted
// there, and never count against the network.
//
// Of passwords in work at once, waiting or being checked, one login has 2 and one network 20, known
// logins aside: who signs in without end fills no queue for others.
//
// With several nodes each one counts what all of them saw: a failure is one event
// (app/sign_in_tried.h), counted elsewhere as of when it is heard of. What is refused with 429 is
// no failure, so a node tells of a network at most kPerNetwork times in kWindow, and all nodes
// together that much each until they have heard of one another, a fraction of a second later. From
// however many networks, no more is told than passwords are checked (auth/password_pool.h). A node
// that starts, or begins anew, has counted nothing yet. Passwords in work each node counts alone.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <string>

#include "app/ports/throttle.h"

namespace pastille::auth {

class SignInThrottle final : public Throttle {
 public:
  static constexpr std::size_t kPerLogin = 10;  // from one network
  static constexpr std::size_t kPerNetwork = 100;
  static constexpr std::size_t kPerLoginEverywhere = 100;
  static constexpr std::chrono::minutes kWindow{5};
  static constexpr std::size_t kRemembered = 100'000;  // logins and networks; the oldest go first

  std::optional<std::chrono::seconds> wait(std::string_view login, std::string_view network,
                                           bool known, Instant now) override;
  void failed(std::string_view login, std::string_view network, Instant now) override;
  bool succeeded(std::string_view login, std::string_view network) override;
  std::shared_ptr<const void> begin(std::string_view login, std::string_view network,
                                    bool known) override;

 private:
  using Failures = std::map<std::string, std::deque<Instant>, std::less<>>;
  using Counts = std::map<std::string, std::size_t, std::less<>>;
  static std::optional<Instant> free_at(Failures& failures, std::string_view key, std::size_t most,
                                        Instant now);
  static void add(Failures& failures, std::string_view key, Instant now);
  static bool is_full(const Counts& counts, std::string_view key, std::size_t most);
  static void drop(Counts& counts, const std::string& key);

  std::mutex mutex_;   // guards all below
  Failures by_login_;  // at one network
  Failures by_network_;
  Failures by_login_everywhere_;
  Counts in_work_by_login_,
      in_work_by_network_;  // bounded by what may wait for a password's thread
};

}  // namespace pastille::auth
