// Who may still connect: counts the connections that are open, HTTP and live, in all and by
// address, so that whoever opens them without end meets a limit before everybody else does. An
// address is one of IPv4, or the /64 that one host has of IPv6. Listed proxies stand for many
// people and are not limited by address. Thread-safe; no I/O.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pastille::http {

class Admission : public std::enable_shared_from_this<Admission> {
 public:
  // Held for as long as a connection is open, and given back by its destruction, on any thread.
  using Place = std::shared_ptr<const void>;
  enum class Full : std::uint8_t { kAll, kAddress };

  struct Most {
    std::size_t all = 0;
    std::size_t per_address = 0;
  };

  // By make_shared only.
  Admission(Most most, std::vector<std::string> proxies);

  const Most& most() const { return most_; }
  std::expected<Place, Full> enter(std::string_view address);
  // For one that is turned away and is told why; null: there are many of them already.
  Place tell_why();

 private:
  using Counted = std::unordered_map<std::string, std::size_t>;

  void leave(Counted::value_type* counted);

  const Most most_;
  const std::vector<std::string> proxies_;
  std::mutex mutex_;  // guards all below
  std::size_t all_ = 0;
  std::size_t told_ = 0;
  Counted by_address_;  // its nodes stay where they are
};

// "203.0.113.9" as it is, "2001:db8:1:2:3::4" -> "2001:db8:1:2::/64".
std::string neighbourhood(std::string_view address);

}  // namespace pastille::http
