// One request to the provider: https, or http to a loopback address; no redirects followed, within
// limits::kOidcAnswer, at most limits::kOidcAnswerBytes. Blocks; for threads of the adapter only.
#pragma once

#include <atomic>
#include <expected>
#include <filesystem>
#include <string>
#include <vector>

namespace pastille::oidc {

struct FetchRequest {
  std::string url;
  std::vector<std::string> fields = {};  // "Authorization: Bearer ..."
  std::string form = {};                 // posted when there is one
};
struct FetchAnswer {
  long status = 0;
  std::string body;
};

// Why it failed, for the operator: host and cause, no secret. Ends early once `stopping` is set.
std::expected<FetchAnswer, std::string> fetch(const FetchRequest& request,
                                              const std::filesystem::path& ca_file,
                                              const std::atomic<bool>& stopping);

}  // namespace pastille::oidc
