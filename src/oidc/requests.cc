#include "oidc/requests.h"

#include <pthread.h>
#include <rhonabwy.h>
#include <sodium.h>

#include <stdexcept>
#include <utility>

#include "core/limits.h"
#include "oidc/settings.h"

namespace pastille::oidc {
namespace {

constexpr int kLookAgainMs = 1'000;  // curl_multi_poll wakes by itself for what happens before

// Less than what was given ends the transfer.
std::size_t take(const char* data, std::size_t, std::size_t length, void* into) {
  auto& body = *static_cast<std::string*>(into);
  if (body.size() + length > limits::kOidcAnswerBytes) return 0;
  body.append(data, length);
  return length;
}

CURLM* begin_multi() {
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || r_global_init() != RHN_OK ||
      sodium_init() < 0) {
    throw std::runtime_error("libcurl, librhonabwy or libsodium does not start");
  }
  CURLM* multi = curl_multi_init();
  if (multi == nullptr) throw std::runtime_error("libcurl does not start");
  return multi;
}

}  // namespace

// One request and all that it needs until it is answered.
struct Requests::Transfer {
  struct EndCurl {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  };
  struct FreeFields {
    void operator()(curl_slist* fields) const { curl_slist_free_all(fields); }
  };

  Transfer(Request asked, Done then) : request(std::move(asked)), done(std::move(then)) {}

  void prepare(const std::filesystem::path& ca_file) {
    curl.reset(curl_easy_init());
    if (!curl) return;
    curl_slist* list = curl_slist_append(nullptr, "Accept: application/json");
    for (const std::string& each : request.fields) list = curl_slist_append(list, each.c_str());
    fields.reset(list);
    const auto milliseconds = [](auto span) {
      return static_cast<long>(std::chrono::milliseconds(span).count());
    };
    curl_easy_setopt(curl.get(), CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "https,http");
    curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl.get(), CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT_MS, milliseconds(limits::kOidcConnect));
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, milliseconds(limits::kOidcAnswer));
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, fields.get());
    curl_easy_setopt(curl.get(), CURLOPT_USERAGENT, "Pastille");
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer.body);
    if (!ca_file.empty()) curl_easy_setopt(curl.get(), CURLOPT_CAINFO, ca_file.c_str());
    if (!request.form.empty()) {
      const auto size = static_cast<long>(request.form.size());
      curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, size);
      curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, request.form.c_str());
    }
  }
  std::expected<Answer, std::string> outcome(CURLcode code) {
    if (code == CURLE_WRITE_ERROR) return std::unexpected("its answer is too large");
    if (code != CURLE_OK) return std::unexpected(curl_easy_strerror(code));
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &answer.status);
    return std::move(answer);
  }

  Request request;
  Done done;
  Answer answer;
  std::unique_ptr<curl_slist, FreeFields> fields;
  std::unique_ptr<CURL, EndCurl> curl;
};

Requests::Requests(std::filesystem::path ca_file)
    : ca_file_(std::move(ca_file)), multi_(begin_multi()), thread_([this] { work(); }) {}

Requests::~Requests() { stop(); }

void Requests::run(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    jobs_.push_back(std::move(job));
  }
  curl_multi_wakeup(multi_.get());
}

void Requests::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  curl_multi_wakeup(multi_.get());
  if (thread_.joinable()) thread_.join();
}

void Requests::ask(Request request, Done done) {
  if (!is_sound_url(request.url)) return done(std::unexpected("its address is not https"));
  waiting_.push_back(std::make_unique<Transfer>(std::move(request), std::move(done)));
}

bool Requests::take_jobs(std::deque<Job>& jobs) {
  const std::lock_guard lock(mutex_);
  jobs.swap(jobs_);
  return !stopping_;
}

void Requests::open_waiting() {
  while (!waiting_.empty() && open_.size() < limits::kOidcRequests) {
    std::unique_ptr<Transfer> next = std::move(waiting_.front());
    waiting_.pop_front();
    next->prepare(ca_file_);
    CURL* curl = next->curl.get();
    if (curl == nullptr || curl_multi_add_handle(multi_.get(), curl) != CURLM_OK) {
      next->done(std::unexpected("libcurl does not start"));
    } else {
      open_.emplace(curl, std::move(next));
    }
  }
}

void Requests::settle_ended() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;
    auto found = open_.extract(message->easy_handle);
    curl_multi_remove_handle(multi_.get(), found.key());
    Transfer& ended = *found.mapped();
    ended.done(ended.outcome(code));
  }
}

void Requests::work() {
  pthread_setname_np(pthread_self(), "provider");
  std::deque<Job> jobs;
  while (take_jobs(jobs)) {
    for (Job& job : std::exchange(jobs, {})) job();
    open_waiting();
    int running = 0;
    curl_multi_perform(multi_.get(), &running);
    settle_ended();
    if (waiting_.empty() || open_.size() == limits::kOidcRequests) {
      curl_multi_poll(multi_.get(), nullptr, 0, kLookAgainMs, nullptr);
    }
  }
  for (const auto& [curl, transfer] : open_) curl_multi_remove_handle(multi_.get(), curl);
  open_.clear();
  waiting_.clear();
}

}  // namespace pastille::oidc
