// Fills a data directory before a server opens it, through the program's own commands: people as an
// import makes them, sign-in sessions as a password would begin them (without the 70 ms that each
// password costs), and own histories.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace pastille::bench {

struct SignedIn {
  std::string user;    // id
  std::string cookie;  // the session's secret
};

void add_people(const std::filesystem::path& directory, std::size_t count);
// Begins a session for the first `count` people (all when there are fewer).
std::vector<SignedIn> sign_in(const std::filesystem::path& directory, std::size_t count);
// People who can sign in, all with that password; their logins.
std::vector<std::string> add_people_with_password(const std::filesystem::path& directory,
                                                  std::size_t count, std::string password);
// Ids of two statuses that people may choose in turn.
std::vector<std::string> two_statuses(const std::filesystem::path& directory);
// Own histories of together `rows` steps within the last 29 days.
void add_histories(const std::filesystem::path& directory, std::size_t rows);

}  // namespace pastille::bench
