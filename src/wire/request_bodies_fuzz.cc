// Whatever bytes come as a body: they are refused or decoded, and every fault has a pointer.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "wire/body.h"
#include "wire/own_status_json.h"
#include "wire/session_json.h"
#include "wire/status_json.h"
#include "wire/user_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pastille;
  const auto body = parse_json({reinterpret_cast<const char*>(data), size});
  if (!body) return 0;
  std::vector<FieldError> faults;
  parse_set_status(*body, faults);
  parse_status_patch(*body, PatchOf::kNothing, faults);
  parse_status_patch(*body, PatchOf::kAStatus, faults);
  parse_user_patch(*body, faults);
  parse_profile_patch(*body, faults);
  parse_new_token(*body, faults);
  for (const FieldError& fault : faults) {
    if (fault.detail.empty()) std::abort();
    if (!fault.pointer.empty() && fault.pointer.front() != '/') std::abort();
  }
  return 0;
}
