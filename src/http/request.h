// A request as the resources see it: nothing of Beast, decoded once. A value, owned by its call.
// Its body comes later, when who asks and what may be known from the head alone has been looked at.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pastille::http {

enum class Method : std::uint8_t { kGet, kHead, kPost, kPut, kPatch, kDelete, kOptions, kOther };
Method parse_method(std::string_view text);  // "GET"

struct Request {
  std::string id;  // X-Request-Id: the client's when it is sound, else ours
  Method method = Method::kGet;
  std::string target;                                       // as it came, with the query
  std::string path;                                         // before the '?', still encoded
  std::vector<std::pair<std::string, std::string>> query;   // decoded, in order
  std::vector<std::string> unknown_parameters;              // of these, by the table of routes
  std::vector<std::pair<std::string, std::string>> fields;  // names in lower case, values as text
  bool has_body = false;                                    // one follows
  std::optional<std::uint64_t> body_length;  // as announced; nullopt: in chunks, or none
  std::string body;                          // once it was read
  std::string remote;                        // address of the client, without the port
  bool under_tls = false;                    // a listed proxy says so

  // The first field of this name (lower case).
  std::optional<std::string_view> field(std::string_view name) const;
  // The first query parameter of this name.
  std::optional<std::string_view> parameter(std::string_view name) const;
};

// "%41+b" -> "A b"; nullopt: a broken escape, or no text afterwards
// (core/outside_text.h).
std::optional<std::string> decode_query_text(std::string_view text);
// The same for a path segment, where '+' is itself.
std::optional<std::string> decode_path_segment(std::string_view text);
// "a=1&b=2"; nullopt when a part cannot be decoded.
std::optional<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view text);

}  // namespace pastille::http
