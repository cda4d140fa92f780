// A secret in clear, on its way to the one person or browser that it is for. What is stored, put
// into events, kept as an answer or logged is made of texts and numbers, and this is neither: the
// database, the events and the log take its hash only (SecretHash) and refuse it when compiled.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace pastille {

class ClearSecret {
 public:
  explicit ClearSecret(std::string text) : text_(std::move(text)) {}
  // Only for where it is shown: the one answer to whom it is for, their cookie, the command line.
  const std::string& reveal() const { return text_; }
  // The address that a one-time link is: a secret itself.
  ClearSecret behind(std::string_view before) const {
    return ClearSecret(std::string(before) + text_);
  }

 private:
  std::string text_;
};

}  // namespace pastille
