#include "http/pages.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <iterator>
#include <span>

#include "http/ascii.h"
#include "http/content_coding.h"
#include "http/etag.h"
#include "http/parts.h"

namespace pastille::http {
namespace {

constexpr std::string_view kPlainPage =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Pastille</title>"
    "<h1>Pastille is running, its pages are missing</h1><p>They have not been built: run "
    "<code>scripts/build-pages</code> where the program was built, and start it again. The API is "
    "at "
    "<code>/api/v1</code>.</p></html>\n";

// Directories whose names carry a hash of the content.
constexpr std::string_view kHashed = "/assets/";

constexpr std::string_view kElements = "/elements/";

// For an address where nothing is; at its own there is nothing either.
constexpr std::string_view kNothing = "/not-found.html";

std::string_view type_of(std::string_view path) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kTypes = {
      {{".html", "text/html; charset=utf-8"},
       {".js", "text/javascript; charset=utf-8"},
       {".css", "text/css; charset=utf-8"},
       {".json", "application/json"},
       {".svg", "image/svg+xml"},
       {".png", "image/png"},
       {".ico", "image/x-icon"},
       {".woff2", "font/woff2"},
       {".webmanifest", "application/manifest+json"},
       {".map", "application/json"},
       {".txt", "text/plain; charset=utf-8"}}};
  for (const auto& [ending, type] : kTypes) {
    if (path.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

std::shared_ptr<const std::string> contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::filesystem::filesystem_error("cannot read", path, std::error_code());
  return std::make_shared<const std::string>(std::istreambuf_iterator<char>(in),
                                             std::istreambuf_iterator<char>());
}

// Of the content, so that it outlives restarts: FNV-1a.
std::string tag_of(const std::string& text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return fmt::format("\"{:016x}\"", hash);
}

// RFC 9110, 12.5.1. Browsers name it when somebody opens an address; programs and scripts do not.
bool reads_pages(const Request& request) {
  std::string_view rest = request.field("accept").value_or("");
  while (!rest.empty()) {
    const std::string_view each = take_until(rest, ',');
    if (trim_blanks(each.substr(0, each.find(';'))) == "text/html") return true;
  }
  return false;
}

// The Banner, and signing in on the way to it. The Maker is in nobody else's frame.
bool may_be_framed(std::string_view name) {
  return name == "/index.html" || name == "/banner.html";
}

std::string policy_for(std::span<const std::string> frame_origins) {
  std::string ancestors = "'self'";
  for (const std::string& origin : frame_origins) ancestors += ' ' + origin;
  return "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
         "form-action 'self'; frame-ancestors " +
         ancestors;
}

}  // namespace

Pages::Pages(const Settings& settings)
    : policy_(policy_for({})), framed_policy_(policy_for(settings.frame_origins)) {
  namespace fs = std::filesystem;
  if (!settings.pages.empty() && fs::is_directory(settings.pages)) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(settings.pages)) {
      const std::string extension = entry.path().extension();
      if (!entry.is_regular_file() || extension == ".gz" || extension == ".br") continue;
      const std::string name = "/" + fs::relative(entry.path(), settings.pages).generic_string();
      File file{.plain = contents(entry.path()), .type = std::string(type_of(name))};
      file.tag = tag_of(*file.plain);
      file.immutable = name.find(kHashed) != std::string::npos;
      file.framed = may_be_framed(name);
      const std::string base = entry.path().string();
      if (fs::exists(base + ".gz")) file.gzip = contents(base + ".gz");
      if (fs::exists(base + ".br")) file.brotli = contents(base + ".br");
      if (name == kNothing) {
        nothing_ = std::move(file);
      } else {
        files_.emplace(name, std::move(file));
      }
    }
  }
  if (files_.empty()) {
    File plain{.plain = std::make_shared<const std::string>(kPlainPage),
               .type = std::string(type_of(".html"))};
    plain.tag = tag_of(*plain.plain);
    plain.framed = true;
    for (const char* page : {"/index.html", "/banner.html", "/maker.html"})
      files_.emplace(page, plain);
  }
}

bool Pages::has(std::string_view path) const { return find(path) != nullptr; }

const Pages::File* Pages::find(std::string_view path) const {
  const auto decoded = decode_path_segment(path);
  if (!decoded) return nullptr;
  std::string name = *decoded;
  while (name.size() > 1 && name.back() == '/') name.pop_back();
  if (name == "/") name.clear();
  for (const std::string& candidate : {name, name + ".html", name + "/index.html"}) {
    if (const auto found = files_.find(candidate); found != files_.end()) return &found->second;
  }
  // "/maker/users/u4" is a view of the page "/maker".
  const std::size_t slash = name.find('/', 1);
  if (slash == std::string::npos || slash == 1 ||
      name.find('.', name.rfind('/')) != std::string::npos) {
    return nullptr;
  }
  return find(name.substr(0, slash));
}

Response Pages::page(const Request& request) const {
  const File& file = *find(request.path);
  if (none_match_names(request, file.tag)) {
    Response response = head_of(file, request);
    response.status = 304;
    return response;
  }
  return whole(file, request);
}

std::optional<Response> Pages::nothing(const Request& request) const {
  if (!nothing_ || !reads_pages(request)) return std::nullopt;
  Response response = whole(*nothing_, request);
  response.status = 404;
  return response;
}

Response Pages::head_of(const File& file, const Request& request) const {
  Response response;
  response.with("ETag", file.tag)
      .with("Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache")
      .with("Vary", "Accept-Encoding")
      .with("Content-Security-Policy", file.framed ? framed_policy_ : policy_);
  // Other applications load these modules; what they may read is decided elsewhere.
  if (request.path.starts_with(kElements)) {
    response.with("Access-Control-Allow-Origin", "*")
        .with("Cross-Origin-Resource-Policy", "cross-origin");
  }
  return response;
}

Response Pages::whole(const File& file, const Request& request) const {
  Response response = head_of(file, request);
  response.with("Content-Type", file.type);
  if (file.brotli != nullptr && accepts_coding(request, "br")) {
    response.with("Content-Encoding", "br");
    response.body = file.brotli;
  } else if (file.gzip != nullptr && accepts_coding(request, "gzip")) {
    response.with("Content-Encoding", "gzip");
    response.body = file.gzip;
  } else {
    response.body = file.plain;
  }
  return response;
}

}  // namespace pastille::http
