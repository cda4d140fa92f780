// Writes JSON straight into a string: no tree in between (a tree costs six times as much for a
// board of 5,000). Takes valid UTF-8, which the edge has checked. Not thread-safe; values only.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/ids.h"
#include "core/time.h"

namespace pastille {

// The text with its quotes, control characters and quotes escaped.
void append_json_text(std::string& out, std::string_view text);
// RFC 3339, UTC, milliseconds: 2026-11-23T05:30:00.000Z
std::string time_text(Time time);
// Accepts any RFC 3339 instant, offsets included; nullopt: none, or outside years 1970 to 9999.
std::optional<Time> parse_time(std::string_view text);

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);

  JsonWriter& value(std::string_view text);
  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(Time time) { return value(std::string_view(time_text(time))); }
  template <std::integral Number>
  JsonWriter& value(Number number) {
    if constexpr (std::same_as<Number, bool>) {
      return raw(number ? "true" : "false");
    } else {
      return raw(std::to_string(number));
    }
  }
  template <char Letter>
  JsonWriter& value(Id<Letter> id) {
    return value(std::string_view(to_text(id)));
  }
  template <class T>
  JsonWriter& value(const std::optional<T>& maybe) {
    return maybe ? value(*maybe) : null();
  }
  JsonWriter& null() { return raw("null"); }
  // JSON that is already text.
  JsonWriter& raw(std::string_view json);

  template <class T>
  JsonWriter& field(std::string_view name, const T& content) {
    key(name);
    return value(content);
  }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void separate() {
    if (comma_) out_ += ',';
  }

  std::string& out_;
  bool comma_ = false;  // something stands before at this level
};

}  // namespace pastille
