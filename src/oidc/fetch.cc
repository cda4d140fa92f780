#include "oidc/fetch.h"

#include <curl/curl.h>

#include <memory>

#include "core/limits.h"
#include "oidc/settings.h"

namespace pastille::oidc {
namespace {

struct EndCurl {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
struct FreeFields {
  void operator()(curl_slist* fields) const { curl_slist_free_all(fields); }
};

// Less than what was given ends the transfer.
std::size_t take(const char* data, std::size_t, std::size_t length, void* into) {
  auto& body = *static_cast<std::string*>(into);
  if (body.size() + length > limits::kOidcAnswerBytes) return 0;
  body.append(data, length);
  return length;
}

int is_stopping(void* flag, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::atomic<bool>*>(flag)->load() ? 1 : 0;
}

}  // namespace

std::expected<FetchAnswer, std::string> fetch(const FetchRequest& request,
                                              const std::filesystem::path& ca_file,
                                              const std::atomic<bool>& stopping) {
  if (!is_sound_url(request.url)) return std::unexpected("its address is not https");
  const std::unique_ptr<CURL, EndCurl> owned(curl_easy_init());
  if (!owned) return std::unexpected("libcurl does not start");
  CURL* curl = owned.get();
  curl_slist* list = curl_slist_append(nullptr, "Accept: application/json");
  for (const std::string& each : request.fields) list = curl_slist_append(list, each.c_str());
  const std::unique_ptr<curl_slist, FreeFields> fields(list);
  FetchAnswer answer;
  const auto milliseconds = [](auto span) {
    return static_cast<long>(std::chrono::milliseconds(span).count());
  };
  curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https,http");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(limits::kOidcConnect));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, milliseconds(limits::kOidcAnswer));
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, fields.get());
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "Pastille");
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, is_stopping);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &stopping);
  if (!ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file.c_str());
  if (!request.form.empty()) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.form.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.form.c_str());
  }
  const CURLcode code = curl_easy_perform(curl);
  if (code == CURLE_WRITE_ERROR) return std::unexpected("its answer is too large");
  if (code != CURLE_OK) return std::unexpected(curl_easy_strerror(code));
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
  return answer;
}

}  // namespace pastille::oidc
