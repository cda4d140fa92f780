#include "http/admission.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include "core/limits.h"

namespace pastille::http {

namespace ip = boost::asio::ip;

std::string neighbourhood(std::string_view address) {
  boost::system::error_code error;
  const auto parsed = ip::make_address(std::string(address), error);
  if (error || !parsed.is_v6()) return std::string(address);
  return ip::make_network_v6(parsed.to_v6(), 64).canonical().to_string();
}

Admission::Admission(Most most, std::vector<std::string> proxies)
    : most_(most), proxies_(std::move(proxies)) {}

std::expected<Admission::Place, Admission::Full> Admission::enter(std::string_view address) {
  const bool many = std::ranges::find(proxies_, address) != proxies_.end();
  const std::string key = many ? std::string() : neighbourhood(address);
  const std::lock_guard lock(mutex_);
  if (all_ >= most_.all) return std::unexpected(Full::kAll);
  Counted::value_type* counted = nullptr;
  if (!many) {
    counted = &*by_address_.try_emplace(key, 0).first;
    if (counted->second >= most_.per_address) return std::unexpected(Full::kAddress);
    ++counted->second;
  }
  ++all_;
  return Place(this, [self = shared_from_this(), counted](const void*) { self->leave(counted); });
}

void Admission::leave(Counted::value_type* counted) {
  const std::lock_guard lock(mutex_);
  --all_;
  if (counted == nullptr || --counted->second > 0) return;
  by_address_.erase(by_address_.find(counted->first));
}

Admission::Place Admission::tell_why() {
  const std::lock_guard lock(mutex_);
  if (told_ >= limits::kTurnedAwayAtOnce) return nullptr;
  ++told_;
  return Place(this, [self = shared_from_this()](const void*) {
    const std::lock_guard guard(self->mutex_);
    --self->told_;
  });
}

}  // namespace pastille::http
