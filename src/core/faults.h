// What is wrong with an input, gathered, so that one answer names all of it.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/refusal.h"

namespace pastille {

class Faults {
 public:
  void add(std::string pointer, std::string detail) {
    errors_.push_back({std::move(pointer), std::move(detail)});
  }
  void add(std::string pointer, std::string detail, std::string code,
           std::vector<std::pair<std::string, std::string>> params = {}) {
    errors_.push_back({std::move(pointer), std::move(detail), std::move(code), std::move(params)});
  }
  void add(FieldError error) { errors_.push_back(std::move(error)); }

  // The value, or nullopt with the refusal's errors noted.
  template <class T>
  std::optional<T> take(Result<T> parsed) {
    if (parsed) return *std::move(parsed);
    for (FieldError& each : parsed.error().errors) errors_.push_back(std::move(each));
    return std::nullopt;
  }

  bool none() const { return errors_.empty(); }
  const std::vector<FieldError>& errors() const { return errors_; }

  // kInvalid with all of them; success when there is none.
  Result<void> verdict() const {
    if (none()) return {};
    return std::unexpected(
        Refusal{.problem = Problem::kInvalid, .detail = errors_.front().detail, .errors = errors_});
  }

 private:
  std::vector<FieldError> errors_;
};

}  // namespace pastille
