#include "server/descriptors.h"

#include <sys/resource.h>

#include <algorithm>

#include "core/limits.h"

namespace pastille::server {

std::size_t most_descriptors() {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return 0;
  const rlimit raised{.rlim_cur = files.rlim_max, .rlim_max = files.rlim_max};
  return setrlimit(RLIMIT_NOFILE, &raised) == 0 ? raised.rlim_cur : files.rlim_cur;
}

std::size_t connections_within(std::size_t descriptors, std::size_t wanted) {
  constexpr std::size_t kLeast = 10;
  const std::size_t kept = std::min(descriptors, limits::kDescriptorsKept);
  return std::min(wanted, std::max(kLeast, descriptors - kept));
}

}  // namespace pastille::server
