#include "push/outgoing.h"

#include <algorithm>
#include <utility>

#include "push/sse.h"

namespace pastille::push {
namespace {

constexpr std::size_t kPartsAtOnce = 1024;  // IOV_MAX of Linux

iovec part_of(std::string_view bytes) {
  return {const_cast<char*>(bytes.data()), bytes.size()};  // sending only reads it
}

// What follows the first `skip` bytes of the parts.
std::string rest_of(std::span<const iovec> parts, std::size_t skip) {
  std::string rest;
  for (const iovec& part : parts) {
    const std::size_t over = std::min(skip, part.iov_len);
    skip -= over;
    rest.append(static_cast<const char*>(part.iov_base) + over, part.iov_len - over);
  }
  return rest;
}

}  // namespace

void Outgoing::send(const SharedFrame& frame, std::string_view epoch) {
  if (!takes(frame->kind())) return;
  ++figures_.frames_sent;
  if (websocket_) {
    const iovec whole = part_of(frame->websocket());
    write({&whole, 1}, &frame);
    return;
  }
  const std::string event = sse_event(frame->kind(), epoch, frame->seq());
  const iovec parts[] = {part_of(event), part_of(frame->json()), part_of(kSseTail)};
  write(parts, nullptr);
}

void Outgoing::send(const Gathered& frame, std::string_view epoch) {
  if (!takes(frame.kind)) return;
  ++figures_.frames_sent;
  std::vector<iovec> parts;
  parts.reserve(2 * frame.pieces.size() + 4);
  parts.push_back({});  // the header
  parts.push_back(part_of(frame.head));
  std::size_t size = frame.head.size() + frame.tail.size();
  bool first = true;
  for (std::string_view piece : frame.pieces) {
    if (first) piece.remove_prefix(1);
    first = false;
    size += piece.size() + frame.piece_end.size();
    parts.push_back(part_of(piece));
    parts.push_back(part_of(frame.piece_end));
  }
  parts.push_back(part_of(frame.tail));
  if (websocket_) {
    const FrameHeader header = frame_header(Opcode::kText, size);
    parts.front() = part_of(header.view());
    write(parts, nullptr);
    return;
  }
  const std::string event = sse_event(frame.kind, epoch, frame.seq);
  parts.front() = part_of(event);
  parts.push_back(part_of(kSseTail));
  write(parts, nullptr);
}

void Outgoing::send_deflated(FrameKind kind, std::string_view head, std::string_view rest) {
  if (!takes(kind)) return;
  ++figures_.frames_sent;
  const FrameHeader header = frame_header(Opcode::kText, head.size() + rest.size(), true);
  const iovec parts[] = {part_of(header.view()), part_of(head), part_of(rest)};
  write(parts, nullptr);
}

void Outgoing::say(FrameKind kind, const std::string& json, std::optional<std::uint64_t> seq,
                   std::string_view epoch) {
  if (!takes(kind)) return;
  ++figures_.frames_sent;
  ++figures_.frames_encoded;
  std::string bytes = websocket_ ? std::string(frame_header(Opcode::kText, json.size()).view())
                                 : sse_event(kind, epoch, seq);
  bytes += json;
  if (!websocket_) bytes += kSseTail;
  say_bytes(bytes);
}

void Outgoing::say_bytes(std::string_view bytes) {
  if (over_) return;
  std::size_t sent = 0;
  if (idle()) {
    const iovec whole = part_of(bytes);
    sent = try_send({&whole, 1});
  }
  outbox_.append(bytes.substr(sent));
}

void Outgoing::write(std::span<const iovec> parts, const SharedFrame* owner) {
  if (over_) return;
  std::span<const iovec> left = parts;
  while (!left.empty()) {
    const std::span<const iovec> now = left.first(std::min(left.size(), kPartsAtOnce));
    std::size_t wanted = 0;
    for (const iovec& part : now) wanted += part.iov_len;
    const std::size_t sent = try_send(now);
    if (sent < wanted) {
      if (over_) return;
      if (owner != nullptr) {
        rest_sent_ = sent;
        rest_ = std::shared_ptr<const std::string>(*owner, &(*owner)->websocket());
      } else {
        rest_sent_ = 0;
        rest_ = std::make_shared<const std::string>(rest_of(left, sent));
      }
      return;
    }
    left = left.subspan(now.size());
  }
}

std::size_t Outgoing::try_send(std::span<const iovec> parts) {
  const Socket::Moved moved = socket_.send(parts);
  figures_.bytes_sent += moved.bytes;
  if (moved.state == Socket::State::kOver) over_ = true;
  return moved.bytes;
}

bool Outgoing::flush() {
  bool any = false;
  if (rest_ != nullptr) {
    const iovec part = part_of(std::string_view(*rest_).substr(rest_sent_));
    const std::size_t sent = try_send({&part, 1});
    any = sent > 0;
    rest_sent_ += sent;
    if (rest_sent_ < rest_->size()) return any;
    rest_ = nullptr;
  }
  if (outbox_.empty()) return any;
  const iovec part = part_of(std::string_view(outbox_).substr(outbox_sent_));
  const std::size_t sent = try_send({&part, 1});
  outbox_sent_ += sent;
  if (outbox_sent_ == outbox_.size()) {
    outbox_ = std::string();
    outbox_sent_ = 0;
  }
  return any || sent > 0;
}

}  // namespace pastille::push
