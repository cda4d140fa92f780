#include "auth/sign_in_throttle.h"

#include <algorithm>

namespace pastille::auth {

namespace {

// An address has no spaces, so no two pairs are alike.
std::string at_address(std::string_view login, std::string_view remote) {
  return std::string(remote).append(" ").append(login);
}

}  // namespace

std::optional<std::chrono::seconds> SignInThrottle::wait(std::string_view login,
                                                         std::string_view remote, Instant now) {
  const std::string here = at_address(login, remote);
  const std::lock_guard lock(mutex_);
  const auto of_login = free_at(by_login_, here, kPerLogin, now);
  const auto of_address = free_at(by_address_, remote, kPerAddress, now);
  Instant free = std::max(of_login.value_or(now), of_address.value_or(now));
  if (!known_.contains(here)) {
    const auto everywhere = free_at(by_login_everywhere_, login, kPerLoginEverywhere, now);
    free = std::max(free, everywhere.value_or(now));
  }
  if (free <= now) return std::nullopt;
  return std::chrono::ceil<std::chrono::seconds>(free - now);
}

void SignInThrottle::failed(std::string_view login, std::string_view remote, Instant now) {
  const std::lock_guard lock(mutex_);
  add(by_login_, at_address(login, remote), now);
  add(by_address_, remote, now);
  add(by_login_everywhere_, login, now);
}

bool SignInThrottle::succeeded(std::string_view login, std::string_view remote) {
  std::string here = at_address(login, remote);
  const std::lock_guard lock(mutex_);
  const bool cleared = by_login_.erase(here) > 0;
  const auto [place, is_new] = known_.insert(std::move(here));
  if (!is_new) return cleared;
  known_order_.push_back(place);
  if (known_order_.size() <= kRemembered) return true;
  known_.erase(known_order_.front());
  known_order_.pop_front();
  return true;
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
