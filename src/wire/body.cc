#include "wire/body.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parser.hpp>
#include <set>
#include <string>
#include <vector>

#include "core/limits.h"
#include "wire/file_text.h"

namespace pastille {

namespace json = boost::json;

namespace {

// Walks through the text only to find a key that stands twice in one object: a tree keeps the last
// one silently, and two readers of the same text would disagree.
struct KeyWatch {
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);
  using Error = json::error_code;

  std::vector<std::set<std::string>> open;
  std::string key;
  bool twice = false;

  bool on_document_begin(Error&) { return true; }
  bool on_document_end(Error&) { return true; }
  bool on_object_begin(Error&) {
    open.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t, Error&) {
    open.pop_back();
    return true;
  }
  bool on_array_begin(Error&) { return true; }
  bool on_array_end(std::size_t, Error&) { return true; }
  bool on_key_part(json::string_view part, std::size_t, Error&) {
    key += part;
    return true;
  }
  bool on_key(json::string_view part, std::size_t, Error& error) {
    key += part;
    if (!open.back().insert(key).second) {
      twice = true;
      error = json::error::syntax;
      return false;
    }
    key.clear();
    return true;
  }
  bool on_string_part(json::string_view, std::size_t, Error&) { return true; }
  bool on_string(json::string_view, std::size_t, Error&) { return true; }
  bool on_number_part(json::string_view, Error&) { return true; }
  bool on_int64(std::int64_t, json::string_view, Error&) { return true; }
  bool on_uint64(std::uint64_t, json::string_view, Error&) { return true; }
  bool on_double(double, json::string_view, Error&) { return true; }
  bool on_bool(bool, Error&) { return true; }
  bool on_null(Error&) { return true; }
  bool on_comment_part(json::string_view, Error&) { return true; }
  bool on_comment(json::string_view, Error&) { return true; }
};

}  // namespace

Result<json::value> parse_json(std::string_view text) {
  // RFC 8259, 8.1: a mark may be ignored; PowerShell writes one.
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  json::parse_options options;
  options.max_depth = limits::kJsonDepth;

  json::basic_parser<KeyWatch> watch(options);
  json::error_code error;
  const std::size_t read = watch.write_some(false, text.data(), text.size(), error);
  if (watch.handler().twice) {
    return refuse(Problem::kMalformed,
                  "The key \"" + watch.handler().key + "\" stands twice in one object.");
  }
  if (!error && read < text.size()) error = json::error::extra_data;
  if (error) {
    return refuse(Problem::kMalformed, "The body is not JSON: " + error.message() + " at byte " +
                                           std::to_string(read) + ".");
  }
  json::parser parser({}, options);
  parser.write(text.data(), text.size(), error);
  if (error) return refuse(Problem::kMalformed, "The body is not JSON: " + error.message() + ".");
  return parser.release();
}

}  // namespace pastille
