// The built pages: files of one directory, read once at start, with entity tags; names that hold a
// hash never change and may be kept for ever. Without a build, "/" says where the API is.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/request.h"
#include "http/response.h"

namespace pastille::http {

struct Settings;

class Pages {
 public:
  // Reads the directory; throws std::filesystem::filesystem_error when it is there and unreadable.
  explicit Pages(const Settings& settings);

  // Thread-safe, like page(), which may be called for what is there.
  bool has(std::string_view path) const;
  Response page(const Request& request) const;
  // For a person at an address where nothing is: 404 with a page. nullopt for a program, which says
  // by its Accept that it reads no page, and where the pages have not been built. Thread-safe.
  std::optional<Response> nothing(const Request& request) const;

 private:
  struct File {
    std::shared_ptr<const std::string> plain, gzip, brotli;
    std::string type;
    std::string tag;
    bool immutable = false;
    bool framed = false;  // by the listed origins
  };

  const File* find(std::string_view path) const;
  Response head_of(const File& file, const Request& request) const;
  Response whole(const File& file, const Request& request) const;

  std::map<std::string, File, std::less<>> files_;  // by path, "/banner.html"
  std::optional<File> nothing_;                     // shown where nothing is
  std::string policy_, framed_policy_;              // Content-Security-Policy
};

}  // namespace pastille::http
