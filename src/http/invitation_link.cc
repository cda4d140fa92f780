#include "http/invitation_link.h"

#include "app/invitations.h"

namespace pastille::http {

std::string own_address(const Call& call) {
  const Settings& settings = call.parts().settings;
  std::string link;
  if (settings.public_urls.empty()) {
    link = settings.secure || call.request.under_tls ? "https://" : "http://";
    link += call.request.field("host").value_or("localhost");
  } else {
    link = settings.public_urls.front();
  }
  while (link.ends_with('/')) link.pop_back();
  return link;
}

ClearSecret invitation_link(const Call& call, const ClearSecret& secret) {
  return secret.behind(own_address(call) + std::string(kInvitationPlace));
}

std::string_view given_invitation(const Call& call) {
  if (!call.ids.empty()) return call.ids[0];
  return call.request.field("pastille-invitation").value_or("");
}

}  // namespace pastille::http
