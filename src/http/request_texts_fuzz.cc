// Whatever a client puts into its target and its fields: it is refused or read, and what is read is
// UTF-8 without leftovers.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/limits.h"
#include "http/content_coding.h"
#include "http/cookies.h"
#include "http/cursor.h"
#include "http/etag.h"
#include "http/flow_cookies.h"
#include "http/forwarded.h"
#include "http/origin.h"
#include "http/position.h"
#include "http/request.h"
#include "http/websocket_handshake.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pastille::http;
  const std::string text(reinterpret_cast<const char*>(data), size);
  Request request;
  request.path = text.substr(0, text.find('?'));
  if (auto query = parse_query(text)) request.query = std::move(*query);
  for (const char* name :
       {"if-match", "if-none-match", "accept-encoding", "connection", "upgrade",
        "sec-websocket-key", "sec-websocket-protocol", "x-forwarded-for", "x-forwarded-proto"}) {
    request.fields.emplace_back(name, text);
  }
  (void)if_match(request);
  (void)none_match_names(request, "\"1\"");
  (void)accepts_coding(request, "gzip");
  (void)accept_websocket(request);
  (void)find_cookie(text, "pastille_session_01234567");
  (void)flow_cookie(text, "state", {});
  if (place_of_next_flow(text, {}) >= pastille::limits::kOidcFlowsPerBrowser) std::abort();
  const std::vector<std::string> proxies = {"127.0.0.1"};
  (void)client_address(request, proxies.front(), proxies);
  (void)came_under_tls(request, proxies.front(), proxies);
  (void)parse_position(text);
  (void)is_own_origin({text, text, std::nullopt}, {});
  (void)decode_path_segment(text);
  (void)read_cursor(text, request);
  if (read_cursor(make_cursor("k" + text, request), request) != "k" + text &&
      make_cursor("k" + text, request).size() <= 1'000) {
    std::abort();
  }
  return 0;
}
