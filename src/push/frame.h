// One frame for any number of connections: the JSON with its RFC 6455 header in front, complete, so
// that sending it is one system call without a copy. Immutable and shared by threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "push/websocket_codec.h"

namespace pastille::push {

class Frame {
 public:
  // `is`: a literal, the frame's kind. `seq`: the position that an SSE event gives as its id.
  Frame(std::string_view is, const std::string& json, std::optional<std::uint64_t> seq)
      : is_(is), seq_(seq) {
    const FrameHeader header = frame_header(Opcode::kText, json.size());
    header_size_ = header.size;
    bytes_.reserve(header.size + json.size());
    bytes_.append(header.view()).append(json);
  }

  std::string_view is() const { return is_; }
  std::optional<std::uint64_t> seq() const { return seq_; }
  const std::string& websocket() const { return bytes_; }
  std::string_view json() const { return std::string_view(bytes_).substr(header_size_); }

 private:
  std::string_view is_;
  std::optional<std::uint64_t> seq_;
  std::size_t header_size_ = 0;
  std::string bytes_;
};

using SharedFrame = std::shared_ptr<const Frame>;

inline SharedFrame shared_frame(std::string_view is, const std::string& json,
                                std::optional<std::uint64_t> seq = std::nullopt) {
  return std::make_shared<const Frame>(is, json, seq);
}

}  // namespace pastille::push
