#include "bench/report.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/utsname.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <string_view>

namespace pastille::bench {
namespace {

constexpr int kRow = 22;
constexpr int kLabels = 390;  // width
constexpr int kUnitWidth = 240;
constexpr double kMostDrawn = 2.0;  // times the goal

std::string rounded(double value) {
  if (value >= 1'000) return fmt::format("{:.0f}", value);
  if (value >= 100) return fmt::format("{:.1f}", value);
  return fmt::format("{:.3g}", value);
}

std::string goal_of(const Figure& figure) {
  if (figure.at_most) return "<= " + rounded(*figure.at_most);
  if (figure.at_least) return ">= " + rounded(*figure.at_least);
  return "";
}

std::string verdict_of(const Figure& figure) {
  if (!figure.at_most && !figure.at_least) return "";
  return figure.met() ? "met" : "MISSED";
}

// 1: exactly the goal; less is better, whichever way the goal goes.
double share_of_goal(const Figure& figure) {
  if (figure.at_most) return *figure.at_most > 0 ? figure.value / *figure.at_most : kMostDrawn;
  return figure.value > 0 ? *figure.at_least / figure.value : kMostDrawn;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char each : text) {
    if (each == '<') {
      out += "&lt;";
    } else if (each == '&') {
      out += "&amp;";
    } else {
      out += each;
    }
  }
  return out;
}

std::string bar(const Figure& figure, int y) {
  const double width = std::min(share_of_goal(figure), kMostDrawn) * kUnitWidth;
  return fmt::format(R"(<text x="{}" y="{}" text-anchor="end">{}</text>)"
                     R"(<rect x="{}" y="{}" width="{:.1f}" height="14" fill="{}"/>)"
                     R"(<text x="{:.1f}" y="{}">{} {} (goal {})</text>)"
                     "\n",
                     kLabels - 8, y + 12, escaped(figure.name), kLabels, y, width,
                     figure.met() ? "#2f855a" : "#c53030", kLabels + width + 6, y + 12,
                     rounded(figure.value), escaped(figure.unit), escaped(goal_of(figure)));
}

std::string dots(const std::vector<double>& ratios, int y) {
  std::string out = fmt::format(
      R"(<text x="{}" y="{}" text-anchor="end">CPU per delivery, times the floor: each pair</text>)"
      "\n",
      kLabels - 8, y + 12);
  for (const double ratio : ratios) {
    out += fmt::format(R"(<circle cx="{:.1f}" cy="{}" r="4" fill="#2b6cb0" fill-opacity="0.5"/>)"
                       "\n",
                       kLabels + std::min(ratio, kMostDrawn) * kUnitWidth, y + 7);
  }
  return out;
}

}  // namespace

Quartiles quartiles_of(std::vector<double> values) {
  std::ranges::sort(values);
  const auto at = [&](double share) {
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const auto above = std::min(below + 1, values.size() - 1);
    const double part = place - static_cast<double>(below);
    return values[below] * (1 - part) + values[above] * part;
  };
  return {at(0.25), at(0.5), at(0.75)};
}

std::string table_of(const Measured& measured) {
  std::string out = fmt::format("\n{}: {}\n", measured.scenario, measured.about);
  for (const Figure& each : measured.figures) {
    out += fmt::format("  {:<58} {:>10} {:<12} {:<10} {}\n", each.name, rounded(each.value),
                       each.unit, goal_of(each), verdict_of(each));
  }
  for (const std::string& each : measured.missing) out += "  NOT SOUND: " + each + '\n';
  return out;
}

std::string json_of(const std::vector<Measured>& all, const std::string& machine) {
  boost::json::array scenarios;
  for (const Measured& each : all) {
    boost::json::array figures;
    for (const Figure& figure : each.figures) {
      boost::json::object one{
          {"name", figure.name}, {"value", figure.value}, {"unit", figure.unit}};
      if (figure.at_most) one["at_most"] = *figure.at_most;
      if (figure.at_least) one["at_least"] = *figure.at_least;
      if (figure.at_most || figure.at_least) one["met"] = figure.met();
      figures.push_back(std::move(one));
    }
    scenarios.push_back({{"scenario", each.scenario},
                         {"about", each.about},
                         {"figures", std::move(figures)},
                         {"ratios", boost::json::value_from(each.ratios)},
                         {"missing", boost::json::value_from(each.missing)}});
  }
  const auto now =
      std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
  return boost::json::serialize(boost::json::object{{"machine", machine},
                                                    {"at", fmt::format("{:%FT%TZ}", now)},
                                                    {"scenarios", std::move(scenarios)}}) +
         '\n';
}

std::string svg_of(const std::vector<Measured>& all) {
  std::string body;
  int y = 40;
  for (const Measured& each : all) {
    body += fmt::format(R"(<text x="8" y="{}" font-weight="bold">{}</text>)"
                        "\n",
                        y + 12, escaped(each.scenario));
    y += kRow;
    for (const Figure& figure : each.figures) {
      if (!figure.at_most && !figure.at_least) continue;
      body += bar(figure, y);
      y += kRow;
    }
    if (each.ratios.empty()) continue;
    body += dots(each.ratios, y);
    y += kRow;
  }
  constexpr int kGoalAt = kLabels + kUnitWidth;
  return fmt::format(
             R"(<svg xmlns="http://www.w3.org/2000/svg" width="1100" height="{0}" )"
             R"(font-family="sans-serif" font-size="12"><rect width="1100" height="{0}" )"
             R"(fill="white"/><text x="{1}" y="20" text-anchor="middle">goal (shorter is better))"
             R"(</text><line x1="{1}" y1="28" x2="{1}" y2="{0}" stroke="#718096" )"
             R"(stroke-dasharray="4"/>)"
             "\n",
             y + 10, kGoalAt) +
         body + "</svg>\n";
}

std::string this_machine() {
  utsname system{};
  ::uname(&system);
  std::ifstream processors("/proc/cpuinfo");
  std::string line;
  std::string model = "unknown processor";
  int count = 0;
  while (std::getline(processors, line)) {
    if (line.starts_with("processor")) ++count;
    if (line.starts_with("model name")) model = line.substr(line.find(": ") + 2);
  }
  return fmt::format("{} cores of {}, {} {}", count, model, system.sysname, system.release);
}

void write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream out(path);
  out << text;
  if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace pastille::bench
