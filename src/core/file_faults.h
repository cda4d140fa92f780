// What is wrong with a file: the first of it, which is told (limits::kImportFaultsTold), and how
// much there is. A file that is wrong in every cell costs no more memory than that.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "core/limits.h"
#include "core/line_fault.h"

namespace pastille {

template <class Fault>
class FileFaults {
 public:
  FileFaults() = default;
  explicit FileFaults(Fault only) { add(std::move(only)); }
  template <class Other, class Convert>
  FileFaults(const FileFaults<Other>& others, Convert convert) : count_(others.count()) {
    for (const Other& each : others.first()) first_.push_back(convert(each));
  }

  void add(Fault fault) {
    if (first_.size() < limits::kImportFaultsTold) first_.push_back(std::move(fault));
    ++count_;
  }
  bool none() const { return count_ == 0; }
  std::size_t count() const { return count_; }
  const std::vector<Fault>& first() const { return first_; }

 private:
  std::vector<Fault> first_;
  std::size_t count_ = 0;
};

using LineFaults = FileFaults<LineFault>;
using FieldFaults = FileFaults<FieldError>;

inline FieldFaults to_field_faults(const LineFaults& faults) { return {faults, to_field_error}; }

// kInvalid with the first of them; its detail says how many there are. There is one at least.
inline Refusal refusal_of(const FieldFaults& faults) {
  Refusal refusal{.problem = Problem::kInvalid,
                  .detail = faults.first().front().detail,
                  .errors = faults.first(),
                  .errors_untold = faults.count() - faults.first().size()};
  if (refusal.errors_untold > 0) {
    refusal.detail = std::to_string(faults.count()) + " things are wrong; the first " +
                     std::to_string(refusal.errors.size()) + " are named here. " + refusal.detail;
  }
  return refusal;
}
inline Refusal refusal_of(const LineFaults& faults) { return refusal_of(to_field_faults(faults)); }

}  // namespace pastille
