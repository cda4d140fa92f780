// What the server counts, for Prometheus, served on a listener of its own. Every name is listed in
// docs/operations/metrics.md, and a test compares. Thread-safe.
#pragma once

#include <prometheus/counter.h>
#include <prometheus/exposer.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/refusal.h"
#include "server/address.h"

namespace pastille::server {

// A number that somebody else keeps, read when Prometheus asks.
struct Reading {
  enum class Kind : std::uint8_t { kCounter, kGauge };
  std::string name;
  std::string help;
  Kind kind;
  std::function<double()> read;  // any thread
};

class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  void answered(std::string_view route, std::string_view method, int status,
                std::chrono::microseconds took);
  void refused(Problem problem);
  void committed(std::size_t events, std::chrono::microseconds took);
  void http_connections_changed(int by);
  void turned_away();

  // Before listen(). What the readings look at must live until close().
  void add_readings(std::vector<Reading> readings);
  // Returns the address with the port that was taken. Throws std::exception when it cannot be had.
  Address listen(const Address& where);
  void close();

  std::vector<std::string> names() const;  // those that have a value by now

 private:
  class Readings;

  std::shared_ptr<prometheus::Registry> registry_;
  std::shared_ptr<Readings> readings_;
  prometheus::Family<prometheus::Counter>& requests_;
  prometheus::Histogram& request_seconds_;
  prometheus::Family<prometheus::Counter>& refusals_;
  prometheus::Histogram& batch_events_;
  prometheus::Histogram& commit_seconds_;
  prometheus::Gauge& http_connections_;
  prometheus::Counter& turned_away_;
  std::unique_ptr<prometheus::Exposer> exposer_;
};

}  // namespace pastille::server
