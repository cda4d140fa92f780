// pastille_bench: carries out the scenarios that are named, prints a table, writes bench.json and
// bench.svg. Started by bench/run, which builds it. Exit codes: 0 all figures were produced
// (whether or not goals were met), 1 something did not arrive or could not be carried out, 2 wrong
// use.
#include <signal.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <iostream>

#include "bench/report.h"
#include "bench/scenarios.h"

namespace pastille::bench {
namespace {

std::string list() {
  std::string out = "Scenarios (all when none is named):";
  for (const Scenario& each : kScenarios) {
    out += "\n  " + std::string(each.name) + std::string(14 - each.name.size(), ' ') +
           std::string(each.about);
  }
  return out;
}

bool named(const std::vector<std::string>& names, std::string_view name) {
  return names.empty() || std::ranges::find(names, name) != names.end();
}

int measure(const RunSize& size, const std::vector<std::string>& names,
            const std::filesystem::path& out) {
  ::signal(SIGPIPE, SIG_IGN);
  std::filesystem::create_directories(size.work);
  std::filesystem::create_directories(out);
  raise_descriptor_limit();
  pin_to(kLoadCore);
  std::vector<Measured> all;
  bool sound = true;
  for (const Scenario& each : kScenarios) {
    if (!named(names, each.name)) continue;
    std::cout << each.name << " ..." << std::flush;
    try {
      all.push_back(each.measure(size));
    } catch (const std::exception& fault) {
      all.push_back({.scenario = std::string(each.name), .missing = {fault.what()}});
    }
    std::cout << table_of(all.back()) << '\n' << std::flush;
    sound = sound && all.back().missing.empty() && !all.back().figures.empty();
    std::filesystem::remove_all(size.work / each.name);
  }
  write_file(out / "bench.json", json_of(all, this_machine()));
  write_file(out / "bench.svg", svg_of(all));
  std::size_t figures = 0;
  for (const Measured& each : all) figures += each.figures.size();
  std::cout << "Written: " << (out / "bench.json").string() << ", " << (out / "bench.svg").string()
            << '\n'
            << all.size() << " scenarios, " << figures << " figures"
            << (sound ? "" : "; not sound, see above") << '\n';
  return sound ? 0 : 1;
}

}  // namespace
}  // namespace pastille::bench

int main(int count, char** words) {
  using namespace pastille::bench;
  CLI::App app("Measures a server of Pastille on this machine.");
  app.footer(list());
  RunSize size;
  std::vector<std::string> names;
  std::filesystem::path out;
  app.add_option("--server", size.binary, "the server's program")->required();
  app.add_option("--out", out, "folder for bench.json, bench.svg")->required();
  app.add_option("--with-postgres", size.with_postgres, "the script that starts a PostgreSQL");
  app.add_option("--connections", size.connections, "followers of broadcast and storm");
  app.add_option("--pairs", size.pairs, "slices of server and floor");
  app.add_flag("--small", size.small, "a few connections for a moment: only whether it works");
  app.add_flag("--tls", size.tls, "the same over TLS; the floor stays without");
  app.add_option("SCENARIO", names, "which; all when none is named");
  CLI11_PARSE(app, count, words);
  for (const std::string& name : names) {
    if (std::ranges::find(kScenarios, name, &Scenario::name) == kScenarios.end()) {
      std::cerr << "There is no scenario '" << name << "'.\n" << list() << '\n';
      return 2;
    }
  }
  if (size.small) {
    size.connections = 100;
    size.pairs = 2;
    size.slice = std::chrono::milliseconds(200);
    size.length = std::chrono::milliseconds(500);
  }
  size.work = out / "data";
  try {
    return measure(size, names, out);
  } catch (const std::exception& fault) {
    std::cerr << fault.what() << '\n';
    return 1;
  }
}
