// pastille backup: a consistent copy of everything in one file, also while the server works; and
// whether such a file is whole.
#include "sqlite/backup.h"

#include <fmt/format.h>
#include <unistd.h>

#include "cli/commands.h"
#include "sqlite/backup_file.h"

namespace pastille::cli {
namespace {

class Backup final : public OrganisationCommand {
 public:
  CLI::App& declare(CLI::App& above) override {
    CLI::App& command = *above.add_subcommand(
        "backup", "Copies everything into one file, also while the server works");
    command.add_option("file", file_, "The new file; - is standard output")->required();
    command.add_flag("--verify", verify_, "Says whether a backup that is there is whole");
    place_.declare(command);
    command.footer(R"(A backup ends with a checksum of itself, which --verify and restore look at.

Examples:
  pastille backup pastille-monday.backup --data data
  pastille backup - --data data | ssh vault 'cat > pastille-monday.backup'
  pastille backup --verify pastille-monday.backup)");
    return command;
  }

  std::optional<Outcome> run_alone() override {
    if (verify_) return verified();
    if (file_ != "-") return std::nullopt;
    const auto directory = place_.directory();
    if (!directory) return failed(directory.error(), kWrongUse);
    if (isatty(STDOUT_FILENO) != 0) {
      return failed("A backup is not for a terminal: send it into a file or a program.", kWrongUse);
    }
    back_up(*directory, STDOUT_FILENO);
    return Outcome{};
  }

  // The server has another working directory.
  std::expected<std::string, Outcome> read_input() override {
    return std::filesystem::absolute(file_).string();
  }

  Outcome run(server::Engine& engine, const std::string& input) override {
    if (!engine.where().embedded()) return failed(kOfPostgres, kWrongUse);
    back_up(engine.where().directory, input);
    return {.out = "Everything is copied to " + input + ".\n"};
  }

 private:
  Outcome verified() const {
    const VerifiedBackup found = verify_backup(file_);
    return {.out = fmt::format("'{}' is whole: {} bytes, {}, and every page can be read.\n", file_,
                               found.bytes,
                               found.sealed ? "its checksum is right"
                                            : "of an earlier version, without a checksum")};
  }

  std::string file_;
  bool verify_ = false;
};

}  // namespace

std::unique_ptr<Command> make_backup() { return std::make_unique<Backup>(); }

}  // namespace pastille::cli
