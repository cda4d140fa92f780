#include "server/server.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <boost/system/system_error.hpp>
#include <climits>
#include <cstdio>
#include <latch>
#include <mutex>
#include <optional>
#include <stdexcept>

#include "app/invitations.h"
#include "auth/sign_in_throttle.h"
#include "core/outside_text.h"
#include "http/router.h"
#include "oidc/sign_in.h"
#include "pastille/version.h"
#include "push/fanout.h"
#include "server/control_socket.h"
#include "server/descriptors.h"
#include "server/heard_sign_ins.h"
#include "server/last_words.h"
#include "server/live_relay.h"
#include "server/observers.h"
#include "server/pages_place.h"
#include "server/port_owner.h"
#include "server/readings.h"
#include "server/sd_notify.h"
#include "server/signals.h"
#include "tls/certificate.h"

namespace pastille::server {
namespace {

constexpr std::uint16_t kRestarting = 1012;
constexpr std::size_t kHostShown = 50;  // bytes of a host's name
constexpr std::chrono::days kRenewBefore{7};
constexpr std::chrono::milliseconds kAnswersWithin{1000};  // requests in hand, while stopping

void say(const std::string& line) {
  std::fputs((line + "\n").c_str(), stdout);
  std::fflush(stdout);
}

class Server {
 public:
  // `descriptors`: as many as this process may have.
  Server(const Config& config, std::size_t descriptors)
      : config_(config),
        connections_(connections_within(descriptors, config.connections_most)),
        log_(config.log_format, config.log_level),
        http_observer_(log_, metrics_),
        live_observer_(log_),
        shares_(config.quotas),
        engine_(engine_parts()),
        certificate_(given_certificate()),
        external_(given_provider()),
        router_(http_parts()) {
    make_threads();
    metrics_.add_readings(server_readings(engine_.workspace(), live_figures(), fanout_.figures()));
    if (engine_.workspace().shared()) {
      metrics_.add_readings(node_readings(engine_.workspace(), engine_.clock()));
    }
    if (certificate_) {
      metrics_.add_readings({certificate_reading([this] { return certificate_->expires(); })});
    }
  }

  // Also after start() threw: nobody asks for what is gone.
  ~Server() { end(); }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // From the first of these on others call in: everything that they find is there.
  void start(const CommandRunner& run_command) {
    engine_.set_address(public_address());
    if (config_.metrics_listen) announce_metrics(metrics_.listen(*config_.metrics_listen));
    if (!engine_.where().directory.empty()) {
      const ThreadName name("control");
      control_.emplace(engine_.where().directory, [this, run_command](const Texts& request) {
        return run_for_operator(run_command, request);
      });
    }
    for (const auto& each : threads_) each->start();
    log_.write(LogLevel::kInfo, "ready",
               {{"version", kVersion},
                {"listen", to_text(bound_)},
                {"data", to_text(engine_.where())},
                {"io_threads", static_cast<std::int64_t>(threads_.size())}});
    if (certificate_) warn_of_expiry();
    if (connections_ < config_.connections_most) {
      log_.write(LogLevel::kWarning, "fewer descriptors than connections.most: raise LimitNOFILE",
                 {{"connections", static_cast<std::int64_t>(connections_)}});
    }
    if (place_of_pages().empty()) {
      say("The pages are missing: only the API is served. Build them with scripts/build-pages.");
    }
    for (const std::string& each : config_.warnings) {
      log_.write(LogLevel::kWarning, "settings", {{"what", each}});
    }
    say(fmt::format("Pastille {} is ready on {}", kVersion, own_url()));
    sd_notify(fmt::format("READY=1\nSTATUS=Version {}, on {}", kVersion, to_text(bound_)));
    invite_first_administrator();
  }

  void run_until_told(const Signals& signals) {
    int taken = signals.wait();
    while (taken == SIGHUP) {
      renew_certificate();
      taken = signals.wait();
    }
    log_.write(LogLevel::kInfo, "stopping");
    sd_notify("STOPPING=1");
  }

  void stop() {
    router_.begin_shutdown();
    for (const auto& each : threads_) each->stop_accepting();
    engine_.workspace().break_off();
    control_.reset();
    close_live();
    for (const auto& each : threads_) each->close_http();
    if (external_) external_->stop();
    http_observer_.wait_until_none(kAnswersWithin);
    close_live();  // those that were on their way from http to push
    end();
    log_.write(LogLevel::kInfo, "stopped");
  }

 private:
  // Who has the directory may do all of it, so the log says what was done.
  Texts run_for_operator(const CommandRunner& run_command, const Texts& request) {
    const auto began = std::chrono::steady_clock::now();
    Texts answer = run_command(engine_, request);
    const auto took = std::chrono::steady_clock::now() - began;
    log_.write(LogLevel::kInfo, "command",
               {{"name", name_of_command(request)},
                {"exit_code", answer.empty() ? "" : std::string_view(answer.front())},
                {"took_ms", std::chrono::floor<std::chrono::milliseconds>(took).count()}});
    return answer;
  }

  // Each before what it calls into: readers and the writer answer on the I/O threads' contexts,
  // which live as long as this.
  void end() {
    control_.reset();
    metrics_.close();
    engine_.archive().interrupt();
    router_.end_reading();
    for (const auto& each : threads_) each->end();
    engine_.stop();
  }

  void close_live() {
    std::latch closed(static_cast<std::ptrdiff_t>(threads_.size()));
    for (const auto& each : threads_) each->close_live(kRestarting, [&] { closed.count_down(); });
    closed.wait();
  }

  Engine::Parts engine_parts() {
    return {
        .where = {.directory = config_.data, .database = config_.database},
        .settings = config_.organisation,
        .feed = heard_,
        .serving = true,
        .node = node_name(),
        .committed = [this](std::size_t events,
                            std::chrono::microseconds took) { metrics_.committed(events, took); },
        .report =
            [this](std::string_view what) {
              log_.write(LogLevel::kWarning, "workspace", {{"what", what}});
            }};
  }

  std::string node_name() const {
    if (!config_.node_name.empty()) return config_.node_name;
    char host[HOST_NAME_MAX + 1] = {};
    if (gethostname(host, sizeof host - 1) != 0) return "pastille";
    const std::string name = printable(host, kHostShown);
    return config_.listen.port == 0 ? name : fmt::format("{}:{}", name, config_.listen.port);
  }

  std::optional<tls::Certificate> given_certificate() const {
    return config_.tls ? std::optional<tls::Certificate>(std::in_place, *config_.tls)
                       : std::nullopt;
  }

  std::unique_ptr<oidc::SignIn> given_provider() {
    if (!config_.oidc) return nullptr;
    return std::make_unique<oidc::SignIn>(
        *config_.oidc, engine_.clock(), engine_.secrets(),
        [this] { return engine_.workspace().snapshot()->sealing_key; });
  }

  http::Parts http_parts() {
    const auto is_https = [](const std::string& url) { return url.starts_with("https://"); };
    return {
        .workspace = engine_.workspace(),
        .archive = engine_.archive(),
        .passwords = engine_.passwords(),
        .secrets = engine_.secrets(),
        .throttle = throttle_,
        .shares = shares_,
        .unicode = engine_.unicode(),
        .calendar = engine_.calendar(),
        .clock = engine_.clock(),
        .live = relay_,
        .observer = http_observer_,
        .settings = {.public_urls = config_.public_urls,
                     .frame_origins = config_.frame_origins,
                     .element_origins = config_.element_origins,
                     .trusted_proxies = config_.trusted_proxies,
                     .pages = place_of_pages(),
                     .secure = config_.tls || std::ranges::any_of(config_.public_urls, is_https),
                     .connections = {connections_, config_.connections_per_address}},
        .external = external_.get(),
        .node = {.name = node_name(),
                 .version = std::string(kVersion),
                 .started_at = engine_.clock().now().wall}};
  }

  void make_threads() {
    const auto cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    const int count = config_.io_threads > 0 ? config_.io_threads : cores;
    bound_ = config_.listen;
    for (int i = 0; i < count; ++i) {
      const IoThread::Parts parts{
          .router = router_,
          .workspace = engine_.workspace(),
          .fanout = fanout_,
          .clock = engine_.clock(),
          .observer = live_observer_,
          .shares = shares_,
          .live = {.heartbeat = config_.heartbeat, .seed = static_cast<std::uint64_t>(i) + 1},
          .certificate = certificate_ ? &*certificate_ : nullptr};
      threads_.push_back(listening(parts));
      bound_.port = threads_.back()->port();  // port 0: the others share what the first one got
      relay_.add(*threads_.back());
    }
  }

  std::unique_ptr<IoThread> listening(const IoThread::Parts& parts) const {
    try {
      return std::make_unique<IoThread>(parts, http::ListenAt{.address = bound_.host,
                                                              .port = bound_.port,
                                                              .beside_another = !threads_.empty()});
    } catch (const boost::system::system_error& failure) {
      throw std::runtime_error(fmt::format("Cannot listen on {}: {}.", to_text(bound_),
                                           failure.code() == boost::asio::error::address_in_use
                                               ? address_in_use()
                                               : failure.code().message()));
    }
  }

  std::string address_in_use() const {
    const auto owner = owner_of_port(bound_.port);
    Address free = bound_;
    free.port = bound_.port < 65'535 ? static_cast<std::uint16_t>(bound_.port + 1) : 8081;
    return fmt::format(
        "{} has this port. Stop it, or give another address, such as --listen {}",
        owner ? fmt::format("process {} ({})", owner->process, owner->program) : "another process",
        to_text(free));
  }

  std::vector<const push::Figures*> live_figures() const {
    std::vector<const push::Figures*> all;
    all.reserve(threads_.size());
    for (const auto& each : threads_) all.push_back(&each->live_figures());
    return all;
  }

  static void announce_metrics(const Address& where) {
    say(fmt::format("Metrics are on {}/metrics", url_of(where)));
  }

  std::string public_address() const {
    return config_.public_urls.empty() ? own_url() : config_.public_urls.front();
  }

  std::string own_url() const { return url_of(bound_, certificate_ ? "https" : "http"); }

  void renew_certificate() {
    if (!certificate_) {
      log_.write(LogLevel::kInfo, "SIGHUP: settings are read at start; nothing to do");
    } else if (const auto renewed = certificate_->reload()) {
      log_.write(LogLevel::kInfo, "SIGHUP: the certificate was read again");
      warn_of_expiry();
    } else {
      log_.write(LogLevel::kError, "SIGHUP: the certificate stays as it was",
                 {{"why", renewed.error()}});
    }
  }

  void warn_of_expiry() {
    const auto left = certificate_->expires() - std::chrono::system_clock::now();
    if (left > kRenewBefore) return;
    log_.write(LogLevel::kWarning, "the certificate runs out soon, or has",
               {{"hours_left", std::chrono::floor<std::chrono::hours>(left).count()}});
  }

  void invite_first_administrator() {
    const ClearSecret secret = engine_.secrets().make("");
    const auto invited =
        engine_.execute(InviteFirstAdministrator{.secret = engine_.secrets().hash(secret)});
    if (!invited || !*invited) return;
    say(fmt::format("First administrator: {}{}{} (valid 24 h, works once)", public_address(),
                    kInvitationPlace, secret.reveal()));
  }

  const Config& config_;
  const std::size_t connections_;  // at most
  Log log_;
  Metrics metrics_;
  HttpObserver http_observer_;
  LiveObserver live_observer_;
  push::Fanout fanout_;
  auth::SignInThrottle throttle_;
  PersonShares shares_;
  SystemClock clock_;
  HeardSignIns heard_{fanout_, throttle_, clock_};
  LiveRelay relay_;
  Engine engine_;
  std::optional<tls::Certificate> certificate_;
  std::unique_ptr<oidc::SignIn> external_;  // null: passwords only
  http::Router router_;
  std::vector<std::unique_ptr<IoThread>> threads_;
  Address bound_;
  std::optional<ControlSocket> control_;
};

}  // namespace

void serve(const Config& config, const CommandRunner& run_command) {
  end_with_last_words(config.log_format);
  Signals signals;
  Server server(config, most_descriptors());
  server.start(run_command);
  server.run_until_told(signals);
  signals.end_at_next_or_after(kStopWithin);
  server.stop();
}

}  // namespace pastille::server
