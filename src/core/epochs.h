// The epochs of an organisation, oldest first. Copies share one list, as every draft has them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace pastille {

struct Epoch {
  std::string id;               // opaque, random
  std::uint64_t first_seq = 0;  // the first event of this epoch has this seq or a greater one
  friend bool operator==(const Epoch&, const Epoch&) = default;
};

class Epochs {
 public:
  Epochs() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): the same list, held otherwise
  Epochs(std::vector<Epoch> all)
      : all_(std::make_shared<const std::vector<Epoch>>(std::move(all))) {}

  const std::vector<Epoch>& all() const { return *all_; }
  std::size_t size() const { return all_->size(); }
  bool empty() const { return all_->empty(); }
  const Epoch& front() const { return all_->front(); }
  const Epoch& back() const { return all_->back(); }
  void push_back(Epoch epoch) {
    std::vector<Epoch> longer = *all_;
    longer.push_back(std::move(epoch));
    *this = Epochs(std::move(longer));
  }
  friend bool operator==(const Epochs& left, const Epochs& right) {
    return *left.all_ == *right.all_;
  }

 private:
  std::shared_ptr<const std::vector<Epoch>> all_ = std::make_shared<const std::vector<Epoch>>();
};

}  // namespace pastille
