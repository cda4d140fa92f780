// Reads the parameters of a query one by one and notes every fault as "?name". Those that the route
// does not have are faults already (Request::unknown_parameters).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/refusal.h"
#include "core/time.h"
#include "core/unicode.h"
#include "http/request.h"

namespace pastille::http {

std::vector<FieldError> faults_of_unknown(const Request& request);

class Query {
 public:
  Query(const Request& request, const Unicode& unicode)
      : request_(request), unicode_(unicode), faults_(faults_of_unknown(request)) {}

  std::optional<std::string> text(std::string_view name, std::size_t most);
  std::vector<std::string> texts(std::string_view name, std::size_t most, std::size_t most_of_them);
  std::optional<bool> boolean(std::string_view name);
  std::optional<std::uint64_t> number(std::string_view name, std::uint64_t least,
                                      std::uint64_t most);
  std::optional<Time> time(std::string_view name);
  std::size_t limit();  // 1 to 200, 50 when absent
  // What an earlier page said to go on with, "" when this is the first page.
  std::string cursor();

  template <class Parse>
  auto choice(std::string_view name, Parse parse, std::string_view known)
      -> decltype(parse(std::string_view())) {
    const auto given = request_.parameter(name);
    if (!given) return std::nullopt;
    auto parsed = parse(*given);
    if (!parsed) {
      fault(name, "One of: " + std::string(known) + ".", "choice", {{"known", std::string(known)}});
    }
    return parsed;
  }

  using Params = std::vector<std::pair<std::string, std::string>>;
  void fault(std::string_view name, std::string detail, std::string code = "invalid",
             Params params = {});
  std::vector<FieldError> take_faults() { return std::move(faults_); }
  bool good() const { return faults_.empty(); }

 private:
  const Request& request_;
  const Unicode& unicode_;
  std::vector<FieldError> faults_;
};

}  // namespace pastille::http
