#include "cli/link_address.h"

#include <chrono>

#include "app/invitations.h"
#include "core/limits.h"

namespace pastille::cli {

void LinkAddress::declare(CLI::App& command) {
  command.add_option("--url", url_,
                     "The address of the server in links, as https://status.example.org; needed "
                     "while none runs");
}

std::string LinkAddress::address(const server::Engine& engine) const {
  std::string found = url_.empty() ? engine.address() : url_;
  while (found.ends_with('/')) found.pop_back();
  return found;
}

std::string LinkAddress::link(const server::Engine& engine, const ClearSecret& secret) const {
  return secret.behind(address(engine) + std::string(kInvitationPlace)).reveal();
}

std::string LinkAddress::advice(const server::Engine& engine, const std::string& again) const {
  const auto hours = std::chrono::duration_cast<std::chrono::hours>(limits::kInvitationLife);
  std::string lines = "pastille: A link works once and for " + std::to_string(hours.count()) +
                      " hours. New ones: " + again + ".\n";
  if (address(engine).empty()) {
    lines +=
        "pastille: No server runs here, so its address is not known: put it before each link, "
        "or give --url.\n";
  }
  return lines;
}

}  // namespace pastille::cli
