#include "auth/sign_in_throttle.h"

#include <algorithm>

namespace pastille::auth {

std::optional<std::chrono::seconds> SignInThrottle::wait(std::string_view login,
                                                         std::string_view remote, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto of_login = free_at(by_login_, login, kPerLogin, now);
  const auto of_address = free_at(by_address_, remote, kPerAddress, now);
  const Instant free = std::max(of_login.value_or(now), of_address.value_or(now));
  if (free <= now) return std::nullopt;
  return std::chrono::ceil<std::chrono::seconds>(free - now);
}

void SignInThrottle::failed(std::string_view login, std::string_view remote, Instant now) {
  const std::lock_guard lock(mutex_);
  add(by_login_, login, now);
  add(by_address_, remote, now);
}

void SignInThrottle::succeeded(std::string_view login, std::string_view) {
  const std::lock_guard lock(mutex_);
  const auto found = by_login_.find(login);
  if (found != by_login_.end()) by_login_.erase(found);
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
