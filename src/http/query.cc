#include "http/query.h"

#include <charconv>

#include "core/limits.h"
#include "http/cursor.h"
#include "wire/json_writer.h"

namespace pastille::http {

std::vector<FieldError> faults_of_unknown(const Request& request) {
  std::vector<FieldError> faults;
  for (const std::string& name : request.unknown_parameters) {
    faults.push_back({"?" + name, "There is no such parameter here.", "unknown"});
  }
  return faults;
}

void Query::fault(std::string_view name, std::string detail, std::string code, Params params) {
  faults_.push_back(
      {"?" + std::string(name), std::move(detail), std::move(code), std::move(params)});
}

std::optional<std::string> Query::text(std::string_view name, std::size_t most) {
  const auto given = request_.parameter(name);
  if (!given) return std::nullopt;
  if (unicode_.code_points(*given) > most) {
    fault(name, "At most " + std::to_string(most) + " characters.", "length",
          {{"most", std::to_string(most)}});
    return std::nullopt;
  }
  return std::string(*given);
}

std::vector<std::string> Query::texts(std::string_view name, std::size_t most,
                                      std::size_t most_of_them) {
  std::vector<std::string> out;
  for (const auto& [key, value] : request_.query) {
    if (key != name) continue;
    if (unicode_.code_points(value) > most) {
      fault(name, "At most " + std::to_string(most) + " characters.", "length",
            {{"most", std::to_string(most)}});
    }
    out.push_back(value);
  }
  if (out.size() > most_of_them) {
    fault(name, "At most " + std::to_string(most_of_them) + " of them.");
    out.clear();
  }
  return out;
}

std::optional<bool> Query::boolean(std::string_view name) {
  const auto given = request_.parameter(name);
  if (!given) return std::nullopt;
  if (*given == "true") return true;
  if (*given == "false") return false;
  fault(name, "This is true or false.", "type");
  return std::nullopt;
}

std::optional<std::uint64_t> Query::number(std::string_view name, std::uint64_t least,
                                           std::uint64_t most) {
  const auto given = request_.parameter(name);
  if (!given) return std::nullopt;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(given->data(), given->data() + given->size(), number);
  if (error != std::errc() || end != given->data() + given->size() || number < least ||
      number > most) {
    fault(name,
          "A whole number from " + std::to_string(least) + " to " + std::to_string(most) + ".",
          "number", {{"least", std::to_string(least)}, {"most", std::to_string(most)}});
    return std::nullopt;
  }
  return number;
}

std::optional<Time> Query::time(std::string_view name) {
  const auto given = request_.parameter(name);
  if (!given) return std::nullopt;
  const auto time = parse_time(*given);
  if (!time) fault(name, "An instant as in RFC 3339, like 2026-03-02T09:30:00.000Z.", "type");
  return time;
}

std::size_t Query::limit() {
  return number("limit", 1, limits::kPageMost).value_or(limits::kPageDefault);
}

std::string Query::cursor() {
  const auto given = request_.parameter("cursor");
  if (!given) return "";
  auto key = read_cursor(*given, request_);
  if (key) return *key;
  fault("cursor", "This is no cursor of this query; begin again without it.", "cursor");
  return "";
}

}  // namespace pastille::http
