#include "http/response.h"

namespace pastille::http {

Response json_response(int status, std::string json) {
  Response response{.status = status, .body = std::make_shared<const std::string>(std::move(json))};
  response.with("Content-Type", "application/json");
  return response;
}

Response no_content() { return {.status = 204}; }

}  // namespace pastille::http
