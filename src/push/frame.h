// One frame for any number of connections: the JSON with its RFC 6455 header in front, complete, so
// that sending it is one system call without a copy. Immutable and shared by threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "push/frame_kind.h"
#include "push/websocket_codec.h"

namespace pastille::push {

class Frame {
 public:
  // `seq`: the position that it says, which an SSE event gives as its id.
  Frame(FrameKind kind, const std::string& json, std::optional<std::uint64_t> seq)
      : kind_(kind), seq_(seq) {
    const FrameHeader header = frame_header(Opcode::kText, json.size());
    header_size_ = header.size;
    bytes_.reserve(header.size + json.size());
    bytes_.append(header.view()).append(json);
  }

  FrameKind kind() const { return kind_; }
  std::optional<std::uint64_t> seq() const { return seq_; }
  const std::string& websocket() const { return bytes_; }
  std::string_view json() const { return std::string_view(bytes_).substr(header_size_); }

 private:
  FrameKind kind_;
  std::optional<std::uint64_t> seq_;
  std::size_t header_size_ = 0;
  std::string bytes_;
};

using SharedFrame = std::shared_ptr<const Frame>;

inline SharedFrame shared_frame(FrameKind kind, const std::string& json,
                                std::optional<std::uint64_t> seq = std::nullopt) {
  return std::make_shared<const Frame>(kind, json, seq);
}

}  // namespace pastille::push
