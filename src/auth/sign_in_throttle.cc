#include "auth/sign_in_throttle.h"

#include <algorithm>

#include "core/limits.h"

namespace pastille::auth {

namespace {

// A network has no spaces, so no two pairs are alike.
std::string at_network(std::string_view login, std::string_view network) {
  return std::string(network).append(" ").append(login);
}

}  // namespace

std::optional<std::chrono::seconds> SignInThrottle::wait(std::string_view login,
                                                         std::string_view network, bool known,
                                                         Instant now) {
  const std::lock_guard lock(mutex_);
  Instant free = free_at(by_login_, at_network(login, network), kPerLogin, now).value_or(now);
  if (!known) {
    const auto of_network = free_at(by_network_, network, kPerNetwork, now);
    const auto everywhere = free_at(by_login_everywhere_, login, kPerLoginEverywhere, now);
    free = std::max({free, of_network.value_or(now), everywhere.value_or(now)});
  }
  if (free <= now) return std::nullopt;
  return std::chrono::ceil<std::chrono::seconds>(free - now);
}

void SignInThrottle::failed(std::string_view login, std::string_view network, Instant now) {
  const std::lock_guard lock(mutex_);
  add(by_login_, at_network(login, network), now);
  add(by_network_, network, now);
  add(by_login_everywhere_, login, now);
}

bool SignInThrottle::succeeded(std::string_view login, std::string_view network) {
  const std::lock_guard lock(mutex_);
  return by_login_.erase(at_network(login, network)) > 0;
}

std::shared_ptr<const void> SignInThrottle::begin(std::string_view login, std::string_view network,
                                                  bool known) {
  const std::string of_login(login);
  const std::string of_network(known ? std::string_view() : network);  // "": not counted
  const std::lock_guard lock(mutex_);
  if (is_full(in_work_by_login_, of_login, limits::kPasswordsPerLogin)) return nullptr;
  if (!known && is_full(in_work_by_network_, of_network, limits::kPasswordsPerNetwork)) {
    return nullptr;
  }
  ++in_work_by_login_[of_login];
  if (!known) ++in_work_by_network_[of_network];
  return {this, [of_login, of_network](SignInThrottle* self) {
            const std::lock_guard guard(self->mutex_);
            drop(self->in_work_by_login_, of_login);
            if (!of_network.empty()) drop(self->in_work_by_network_, of_network);
          }};
}

bool SignInThrottle::is_full(const Counts& counts, std::string_view key, std::size_t most) {
  const auto found = counts.find(key);
  return found != counts.end() && found->second >= most;
}

void SignInThrottle::drop(Counts& counts, const std::string& key) {
  const auto found = counts.find(key);
  if (--found->second == 0) counts.erase(found);
}

// When one more may be tried; nullopt: now.
std::optional<Instant> SignInThrottle::free_at(Failures& failures, std::string_view key,
                                               std::size_t most, Instant now) {
  const auto found = failures.find(key);
  if (found == failures.end()) return std::nullopt;
  std::deque<Instant>& times = found->second;
  while (!times.empty() && times.front() + kWindow <= now) times.pop_front();
  if (times.empty()) {
    failures.erase(found);
    return std::nullopt;
  }
  if (times.size() < most) return std::nullopt;
  return times[times.size() - most] + kWindow;
}

void SignInThrottle::add(Failures& failures, std::string_view key, Instant now) {
  if (failures.size() >= kRemembered && !failures.contains(key)) {
    std::erase_if(failures, [&](const auto& each) { return each.second.back() + kWindow <= now; });
    if (failures.size() >= kRemembered) {
      failures.erase(std::ranges::min_element(failures, {},
                                              [](const auto& each) { return each.second.back(); }));
    }
  }
  failures[std::string(key)].push_back(now);
}

}  // namespace pastille::auth
