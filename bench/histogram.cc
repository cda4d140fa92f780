#include "bench/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace pastille::bench {

std::size_t Histogram::class_of(std::uint64_t value) {
  if (value < (std::uint64_t{1} << kBits)) return static_cast<std::size_t>(value);
  const auto octave = static_cast<unsigned>(std::bit_width(value)) - kBits;  // 1 for 64 to 127
  const std::uint64_t step = (value >> (octave - 1)) - (std::uint64_t{1} << kBits);
  return static_cast<std::size_t>((std::uint64_t{octave} << kBits) + step);
}

std::uint64_t Histogram::upper_end(std::size_t index) {
  const std::uint64_t octave = index >> kBits;
  const std::uint64_t step = index & ((std::uint64_t{1} << kBits) - 1);
  if (octave == 0) return step;
  return ((step + (std::uint64_t{1} << kBits) + 1) << (octave - 1)) - 1;
}

void Histogram::add(Nanos duration, std::uint64_t times) {
  const auto value = static_cast<std::uint64_t>(std::max<Nanos::rep>(0, duration.count()));
  counts_[std::min(class_of(value), kClasses - 1)] += times;
  total_ += times;
  most_ = std::max(most_, value);
}

void Histogram::add(const Histogram& other) {
  for (std::size_t i = 0; i < kClasses; ++i) counts_[i] += other.counts_[i];
  total_ += other.total_;
  most_ = std::max(most_, other.most_);
}

void Histogram::clear() {
  std::ranges::fill(counts_, 0);
  total_ = most_ = 0;
}

Nanos Histogram::quantile(double share) const {
  if (total_ == 0) return Nanos(0);
  const auto wanted = std::max<std::uint64_t>(
      1, static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(total_))));
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < kClasses; ++i) {
    seen += counts_[i];
    if (seen >= wanted) return Nanos(static_cast<Nanos::rep>(std::min(upper_end(i), most_)));
  }
  return most();
}

}  // namespace pastille::bench
