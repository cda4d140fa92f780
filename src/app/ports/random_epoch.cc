#include "app/ports/random_epoch.h"

#include <random>

namespace pastille {

std::string random_epoch() {
  std::random_device device;
  std::string id;
  for (int count = 0; count < 13; ++count) id += "0123456789abcdefghjkmnpqrstvwxyz"[device() % 32];
  return id;
}

}  // namespace pastille
