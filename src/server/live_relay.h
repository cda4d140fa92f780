// Hands live connections from http to the hubs, to one after the other, so that they are spread
// evenly however the system spread the sockets.
#pragma once

#include <atomic>
#include <vector>

#include "http/live_door.h"
#include "server/io_thread.h"

namespace pastille::server {

class LiveRelay final : public http::LiveDoor {
 public:
  // Before the threads are started.
  void add(IoThread& thread) { threads_.push_back(&thread); }

  void receive(http::HandedOver given) override {
    const std::size_t turn = turn_++ % threads_.size();
    threads_[turn]->adopt({.socket = given.socket,
                           .channel = std::move(given.channel),
                           .websocket = given.websocket,
                           .deflate = given.deflate,
                           .reader = given.reader,
                           .actor = given.actor,
                           .user = given.user,
                           .opening = std::move(given.opening),
                           .leftover = std::move(given.leftover),
                           .remote = std::move(given.remote),
                           .place = std::move(given.place),
                           .shared_with = std::move(given.shared_with)});
  }

 private:
  std::vector<IoThread*> threads_;
  std::atomic<std::size_t> turn_{0};
};

}  // namespace pastille::server
