#include "http/invitation_link.h"

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

std::string invitation_link(const Call& call, std::string_view secret) {
  return own_address(call) + "/?invitation=" + std::string(secret);
}

}  // namespace pastille::http
