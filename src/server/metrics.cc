#include "server/metrics.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "wire/problem_json.h"

namespace pastille::server {
namespace {

using prometheus::Histogram;

Histogram& histogram(prometheus::Registry& registry, const std::string& name,
                     const std::string& help, const Histogram::BucketBoundaries& buckets) {
  return prometheus::BuildHistogram().Name(name).Help(help).Register(registry).Add({}, buckets);
}

// Anybody can send any method; a label takes only those that there are.
std::string method_label(std::string_view method) {
  constexpr std::array<std::string_view, 7> kKnown = {"GET",   "HEAD",   "POST",   "PUT",
                                                      "PATCH", "DELETE", "OPTIONS"};
  return std::ranges::find(kKnown, method) == kKnown.end() ? "other" : std::string(method);
}

double seconds(std::chrono::microseconds took) {
  return std::chrono::duration<double>(took).count();
}

}  // namespace

class Metrics::Readings final : public prometheus::Collectable {
 public:
  void add(std::vector<Reading> readings) {
    for (Reading& each : readings) readings_.push_back(std::move(each));
  }
  std::vector<prometheus::MetricFamily> Collect() const override {
    std::vector<prometheus::MetricFamily> families;
    for (const Reading& each : readings_) {
      prometheus::ClientMetric metric;
      const bool counter = each.kind == Reading::Kind::kCounter;
      (counter ? metric.counter.value : metric.gauge.value) = each.read();
      families.push_back(
          {.name = each.name,
           .help = each.help,
           .type = counter ? prometheus::MetricType::Counter : prometheus::MetricType::Gauge,
           .metric = {metric}});
    }
    return families;
  }

 private:
  std::vector<Reading> readings_;
};

Metrics::Metrics()
    : registry_(std::make_shared<prometheus::Registry>()),
      readings_(std::make_shared<Readings>()),
      requests_(prometheus::BuildCounter()
                    .Name("pastille_http_requests_total")
                    .Help("Requests answered, by route, method and status.")
                    .Register(*registry_)),
      request_seconds_(histogram(*registry_, "pastille_http_request_seconds",
                                 "Time from the request to its answer, in seconds.",
                                 {0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5})),
      refusals_(prometheus::BuildCounter()
                    .Name("pastille_refusals_total")
                    .Help("Requests refused, by problem.")
                    .Register(*registry_)),
      batch_events_(histogram(*registry_, "pastille_commit_batch_events",
                              "Changes that were committed together.",
                              {1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2000})),
      commit_seconds_(histogram(*registry_, "pastille_commit_seconds",
                                "Time that one commit took, in seconds.",
                                {0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5})),
      http_connections_(prometheus::BuildGauge()
                            .Name("pastille_http_connections")
                            .Help("HTTP connections open now, live ones left out.")
                            .Register(*registry_)
                            .Add({})),
      turned_away_(prometheus::BuildCounter()
                       .Name("pastille_connections_turned_away_total")
                       .Help("Connections refused as a whole, because there were too many.")
                       .Register(*registry_)
                       .Add({})) {}

Metrics::~Metrics() = default;

void Metrics::answered(std::string_view route, std::string_view method, int status,
                       std::chrono::microseconds took) {
  requests_
      .Add({{"route", route.empty() ? "none" : std::string(route)},
            {"method", method_label(method)},
            {"status", std::to_string(status)}})
      .Increment();
  request_seconds_.Observe(seconds(took));
}

void Metrics::refused(Problem problem) {
  refusals_.Add({{"problem", std::string(problem_slug(problem))}}).Increment();
}

void Metrics::committed(std::size_t events, std::chrono::microseconds took) {
  batch_events_.Observe(static_cast<double>(events));
  commit_seconds_.Observe(seconds(took));
}

void Metrics::http_connections_changed(int by) { http_connections_.Increment(by); }

void Metrics::turned_away() { turned_away_.Increment(); }

void Metrics::add_readings(std::vector<Reading> readings) { readings_->add(std::move(readings)); }

Address Metrics::listen(const Address& where) {
  try {
    exposer_ = std::make_unique<prometheus::Exposer>(to_text(where), 1);
  } catch (const std::exception&) {  // it says no reason that helps
    throw std::runtime_error("Cannot listen on " + to_text(where) +
                             " for metrics: is the address this machine's, and the port free?");
  }
  exposer_->RegisterCollectable(registry_);
  exposer_->RegisterCollectable(readings_);
  return {.host = where.host,
          .port = static_cast<std::uint16_t>(exposer_->GetListeningPorts().front())};
}

void Metrics::close() { exposer_.reset(); }

std::vector<std::string> Metrics::names() const {
  std::vector<std::string> names;
  for (const auto& family : registry_->Collect()) names.push_back(family.name);
  for (const auto& family : readings_->Collect()) names.push_back(family.name);
  return names;
}

}  // namespace pastille::server
