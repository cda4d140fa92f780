#include "server/readings.h"

#include <utility>

namespace pastille::server {
namespace {

double present_people(const Workspace& workspace) {
  const auto organisation = workspace.snapshot();
  const StatusId offline = system_status(StatusType::kOffline);
  std::size_t present = 0;
  organisation->shown.for_each([&](StatusId status, std::size_t people) {
    if (status != offline) present += people;
  });
  return static_cast<double>(present);
}

}  // namespace

Reading certificate_reading(std::function<std::chrono::system_clock::time_point()> expires) {
  return {.name = "pastille_tls_certificate_expiry_timestamp_seconds",
          .help = "When the certificate runs out, in Unix time.",
          .kind = Reading::Kind::kGauge,
          .read = [expires = std::move(expires)] {
            return std::chrono::duration<double>(expires().time_since_epoch()).count();
          }};
}

std::vector<Reading> node_readings(const Workspace& workspace, const Clock& clock) {
  using Kind = Reading::Kind;
  const auto counter = [&](std::string name, std::string help, auto figure) {
    return Reading{.name = std::move(name),
                   .help = std::move(help),
                   .kind = Kind::kCounter,
                   .read = [&workspace, figure] {
                     return static_cast<double>((workspace.figures().*figure).load());
                   }};
  };
  using Seconds = std::chrono::duration<double>;
  return {
      {.name = "pastille_node_lease_age_seconds",
       .help = "Since when this node has not renewed its lease, in seconds.",
       .kind = Kind::kGauge,
       .read = [&] { return Seconds(workspace.looked_ago(clock.now().steady)).count(); }},
      {.name = "pastille_node_event_lag_seconds",
       .help = "How long after its commit the newest event of another node came, in seconds.",
       .kind = Kind::kGauge,
       .read =
           [&] { return Seconds(Duration(workspace.figures().lag_milliseconds.load())).count(); }},
      counter("pastille_node_events_taken_in_total", "Events of other nodes taken in.",
              &WorkspaceFigures::taken_in),
      counter("pastille_node_batches_overtaken_total",
              "Batches decided again because another node was faster.",
              &WorkspaceFigures::moved_on),
      counter("pastille_node_begun_anew_total",
              "Times that this node was taken for dead, or found another database.",
              &WorkspaceFigures::begun_anew)};
}

std::vector<Reading> server_readings(const Workspace& workspace,
                                     std::vector<const push::Figures*> hubs,
                                     const push::Figures& encoded) {
  using Kind = Reading::Kind;
  std::vector<Reading> readings;
  const auto add = [&](std::string name, std::string help, Kind kind,
                       std::function<double()> read) {
    readings.push_back({std::move(name), std::move(help), kind, std::move(read)});
  };
  const auto of_hubs = [&](auto figure) {
    return [hubs, figure] {
      double sum = 0;
      for (const push::Figures* each : hubs) sum += static_cast<double>((each->*figure).load());
      return sum;
    };
  };
  const auto of_writer = [&](auto figure) {
    return
        [&workspace, figure] { return static_cast<double>((workspace.figures().*figure).load()); };
  };
  add("pastille_present_people", "People who are not Offline.", Kind::kGauge,
      [&workspace] { return present_people(workspace); });
  add("pastille_live_connections", "Live connections open now.", Kind::kGauge,
      of_hubs(&push::Figures::connections));
  add("pastille_live_present_connections", "Live connections that make their person present.",
      Kind::kGauge, of_hubs(&push::Figures::present));
  add("pastille_live_slow_connections", "Live connections whose socket takes nothing now.",
      Kind::kGauge, of_hubs(&push::Figures::slow));
  add("pastille_frames_sent_total", "Frames handed to sockets.", Kind::kCounter,
      of_hubs(&push::Figures::frames_sent));
  add("pastille_frame_bytes_total", "Bytes of frames handed to sockets, headers included.",
      Kind::kCounter, of_hubs(&push::Figures::bytes_sent));
  add("pastille_frames_received_total", "Frames received from clients.", Kind::kCounter,
      of_hubs(&push::Figures::frames_received));
  add("pastille_live_refusals_total", "Commands on live connections that were refused.",
      Kind::kCounter, of_hubs(&push::Figures::refusals));
  add("pastille_entries_encoded_total", "Board entries written once for all followers.",
      Kind::kCounter, [&encoded] { return static_cast<double>(encoded.entries_encoded.load()); });
  add("pastille_changes_total", "Changes committed.", Kind::kCounter,
      of_writer(&WorkspaceFigures::events));
  add("pastille_commands_total", "Commands decided.", Kind::kCounter,
      of_writer(&WorkspaceFigures::commands));
  add("pastille_commands_refused_total", "Commands that a rule refused.", Kind::kCounter,
      of_writer(&WorkspaceFigures::refusals));
  add("pastille_commands_waiting", "Commands that wait for the writer.", Kind::kGauge,
      of_writer(&WorkspaceFigures::waiting));
  add("pastille_commits_failed_total", "Commits that failed.", Kind::kCounter,
      of_writer(&WorkspaceFigures::failed_batches));
  add("pastille_store_stale", "1 while the store takes no changes.", Kind::kGauge,
      [&workspace] { return workspace.stale() ? 1.0 : 0.0; });
  return readings;
}

}  // namespace pastille::server
