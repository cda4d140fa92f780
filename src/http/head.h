// The head of an answer as bytes: status line, fields that every answer carries (security, request
// id, date), its own fields, length. Pure.
#pragma once

#include <string>
#include <string_view>

#include "core/time.h"
#include "http/response.h"

namespace pastille::http {

struct HeadContext {
  std::string_view request_id;
  Time now = {};
  bool under_tls = false;
  bool keep_alive = true;
};

std::string response_head(const Response& response, const HeadContext& context);
std::string_view reason_phrase(int status);

}  // namespace pastille::http
