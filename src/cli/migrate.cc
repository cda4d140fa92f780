// pastille migrate: makes the tables, or brings them up to date, and no organisation.
#include "cli/commands.h"

namespace pastille::cli {
namespace {

class Migrate final : public LocalCommand {
 public:
  CLI::App& declare(CLI::App& above) override {
    CLI::App& command = *above.add_subcommand(
        "migrate", "Makes the tables, or brings them up to date, as each start of a server does");
    place_.declare(command);
    command.footer(
        R"(For a role of PostgreSQL that owns the tables, where servers work as one that may not change them.

Example:
  pastille migrate --database postgres://pastille_owner@db.example.org/pastille)");
    return command;
  }

  Outcome run() override {
    const auto where = place_.where();
    if (!where) return failed(where.error(), kWrongUse);
    server::open_storage(*where, "", server::Sharing::kWithNodes);
    return {.out = "The tables in " + to_text(*where) + " are up to date.\n"};
  }

 private:
  Place place_;
};

}  // namespace

std::unique_ptr<Command> make_migrate() { return std::make_unique<Migrate>(); }

}  // namespace pastille::cli
