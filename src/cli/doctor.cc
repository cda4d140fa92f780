// pastille doctor: looks at a data directory and says what is wrong with it.
#include "cli/commands.h"
#include "sqlite/examination.h"

namespace pastille::cli {
namespace {

class Doctor final : public LocalCommand {
 public:
  CLI::App& declare(CLI::App& above) override {
    CLI::App& command = *above.add_subcommand(
        "doctor", "Checks the data directory and says what is wrong; changes nothing");
    place_.declare(command);
    command.footer("Example:\n  pastille doctor --data data");
    return command;
  }

  Outcome run() override {
    const auto directory = place_.directory();
    if (!directory) return failed(directory.error(), kWrongUse);
    Outcome outcome;
    for (const Finding& each : examine(*directory)) {
      outcome.out += std::string(mark(each.level)) + " " + each.what + "\n";
      if (!each.what_to_do.empty()) outcome.out += "         " + each.what_to_do + "\n";
      if (each.level == Finding::Level::kBad) outcome.code = kFailed;
    }
    return outcome;
  }

 private:
  static std::string_view mark(Finding::Level level) {
    switch (level) {
      case Finding::Level::kGood:
        return "good    ";
      case Finding::Level::kWarning:
        return "warning ";
      case Finding::Level::kBad:
        return "wrong   ";
    }
    return "";
  }

  Place place_;
};

}  // namespace

std::unique_ptr<Command> make_doctor() { return std::make_unique<Doctor>(); }

}  // namespace pastille::cli
