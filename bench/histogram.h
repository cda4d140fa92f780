// Counts durations in classes that grow with their value, as HdrHistogram does: 64 classes between
// two powers of two, so that a quantile is right to 1.6 %, whatever its size. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

namespace pastille::bench {

using Nanos = std::chrono::nanoseconds;

class Histogram {
 public:
  Histogram() : counts_(kClasses) {}

  void add(Nanos duration, std::uint64_t times = 1);
  void add(const Histogram& other);
  void clear();

  std::uint64_t count() const { return total_; }
  // The smallest recorded value (the upper end of its class) that `share` of all do not exceed;
  // 0 when nothing was recorded. `share` from 0 to 1.
  Nanos quantile(double share) const;
  Nanos most() const { return Nanos(static_cast<Nanos::rep>(most_)); }

 private:
  static constexpr unsigned kBits = 6;  // 64 classes an octave
  static constexpr std::size_t kClasses = (64 - kBits) << kBits;
  static std::size_t class_of(std::uint64_t value);
  static std::uint64_t upper_end(std::size_t index);

  std::vector<std::uint64_t> counts_;
  std::uint64_t total_ = 0;
  std::uint64_t most_ = 0;
};

// Milliseconds with a fraction.
inline double in_ms(Nanos duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

}  // namespace pastille::bench
