// Whatever bytes come as a body: they are refused or decoded, and every fault has a pointer.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "wire/body.h"
#include "wire/fields.h"
#include "wire/own_status_json.h"
#include "wire/session_json.h"
#include "wire/status_json.h"
#include "wire/user_json.h"

namespace {

// The small bodies of roles, teams, messages, read marks, invitations and pins, which are read
// member by member: every kind of member there is, under the names they have.
void read_members(const boost::json::value& body, std::vector<pastille::FieldError>& faults) {
  using namespace pastille;
  Fields fields(body, faults);
  (void)fields.text("name", Need::kRequired);
  (void)fields.texts("permissions");
  (void)fields.id<MessageId>("up_to", "message", Need::kRequired);
  (void)fields.id<UserId>("with", "person");
  (void)fields.number("expires_in_days");
  (void)fields.boolean("active");
  (void)fields.nullable_text("note");
  (void)fields.nullable_number("default_duration_s");
  (void)fields.text_by_key("names", true);
  (void)fields.text_by_key("descriptions", false);
  if (const auto* inner = fields.nested("role")) (void)Fields(*inner, faults).text("id");
  fields.nothing_else({"id", "version"});
}

}  // namespace

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
  read_members(*body, faults);
  for (const FieldError& fault : faults) {
    if (fault.detail.empty()) std::abort();
    if (!fault.pointer.empty() && fault.pointer.front() != '/') std::abort();
  }
  return 0;
}
