// An answer before it is written. Bodies that many share (catalogue, directory, pages) are shared.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/refusal.h"

namespace pastille::http {

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> fields;
  std::shared_ptr<const std::string> body;  // null: empty
  std::optional<Problem> problem;           // for the access log and the figures
  bool close = false;                       // the connection ends after it
  std::string_view route = {};              // for the access log: the pattern that answered
  UserId user = {};                         // and who asked

  Response& with(std::string name, std::string value) {
    fields.emplace_back(std::move(name), std::move(value));
    return *this;
  }
};

// application/json, not to be stored by anyone.
Response json_response(int status, std::string json);
Response no_content();

}  // namespace pastille::http
