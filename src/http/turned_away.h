// A connection that is refused as a whole: it is told why, whatever it asks, and ended. What it
// still sends is read and dropped for a moment, so that the answer arrives. Owned by what is
// pending on it; one thread.
#pragma once

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>

#include "core/time.h"
#include "http/admission.h"

namespace pastille::http {

class TurnedAway : public std::enable_shared_from_this<TurnedAway> {
 public:
  // `place` is held until it has ended.
  TurnedAway(boost::asio::ip::tcp::socket socket, Admission::Place place);
  void tell(Admission::Full why, const Admission::Most& most, Time now);

 private:
  void drop_what_comes(std::size_t taken);

  boost::asio::ip::tcp::socket socket_;
  boost::asio::steady_timer deadline_;
  Admission::Place place_;
  std::string out_;
  std::array<char, 1024> in_;
};

}  // namespace pastille::http
