// Requests to the provider: https, or http to a loopback address; no redirects followed, each
// within limits::kOidcAnswer, at most limits::kOidcAnswerBytes. One thread has all of them and
// waits for none (libcurl's multi interface): limits::kOidcRequests are open at once, the others
// wait in order. Thread-safe; whatever is given is called on that thread, one after the other.
#pragma once

#include <curl/curl.h>

#include <deque>
#include <expected>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace pastille::oidc {

struct Request {
  std::string url;
  std::vector<std::string> fields = {};  // "Authorization: Bearer ..."
  std::string form = {};                 // posted when there is one
};
struct Answer {
  long status = 0;
  std::string body;
};

class Requests {
 public:
  using Job = std::move_only_function<void()>;
  // Why it failed is for the operator: a cause, no secret.
  using Done = std::move_only_function<void(std::expected<Answer, std::string>)>;

  explicit Requests(std::filesystem::path ca_file);  // "": what the system trusts
  ~Requests();
  Requests(const Requests&) = delete;
  Requests& operator=(const Requests&) = delete;

  // Has a job done on the thread. Dropped after stop().
  void run(Job job);
  // On the thread alone.
  void ask(Request request, Done done);
  // What is open ends, what waits is dropped, without a word to either.
  void stop();

 private:
  struct Transfer;
  struct EndMulti {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
  };

  void work();
  bool take_jobs(std::deque<Job>& jobs);
  void open_waiting();
  void settle_ended();

  const std::filesystem::path ca_file_;
  const std::unique_ptr<CURLM, EndMulti> multi_;
  std::mutex mutex_;
  std::deque<Job> jobs_;   // guarded by mutex_
  bool stopping_ = false;  // guarded by mutex_
  // Of the thread alone.
  std::deque<std::unique_ptr<Transfer>> waiting_;
  std::map<CURL*, std::unique_ptr<Transfer>> open_;
  std::thread thread_;
};

}  // namespace pastille::oidc
