// What a run of the bench found: figures, some with a goal, and samples to draw. Written as a
// table, as JSON and as a picture (SVG).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pastille::bench {

struct Figure {
  std::string name;
  double value = 0;
  std::string unit;
  std::optional<double> at_most = std::nullopt;
  std::optional<double> at_least = std::nullopt;

  bool met() const { return (!at_most || value <= *at_most) && (!at_least || value >= *at_least); }
};

struct Measured {
  std::string scenario;
  std::string about;  // one line
  std::vector<Figure> figures;
  std::vector<double> ratios;        // to the floor, one a pair
  std::vector<std::string> missing;  // what did not happen and should have
};

// Lower quartile, median and upper quartile. Not of nothing.
struct Quartiles {
  double lower = 0;
  double median = 0;
  double upper = 0;
};
Quartiles quartiles_of(std::vector<double> values);

std::string table_of(const Measured& measured);
std::string json_of(const std::vector<Measured>& all, const std::string& machine);
// Each figure that has a goal as a bar, its goal as a line; the ratios as dots below.
std::string svg_of(const std::vector<Measured>& all);
// Processor, kernel, date.
std::string this_machine();
void write_file(const std::filesystem::path& path, const std::string& text);

}  // namespace pastille::bench
