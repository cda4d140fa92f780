// The table of routes: patterns ("/api/v1/statuses/{id}"), the methods of each, and what a request
// needs before its resource sees it. Filled once, then read by all threads.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/request.h"

namespace pastille::http {

struct Call;

// Who may come in. Tokens of scope `status` may all that `read` may.
// kInvitation: whoever has the one-time link that the path is.
enum class Access { kAnyone, kInvitation, kSession, kReadToken, kStatusToken };
enum class Body { kNone, kJson, kMergePatch, kCsv, kJsonOrCsv };

// A live connection begins with a GET, and its Origin counts all the same.
enum class Origins { kOfChanges, kAlways };
// Whether pages of Settings::element_origins may read it, too.
enum class Sharing { kNone, kWithElements };

using Handler = std::function<void(Call)>;

struct Route {
  Method method;
  Access access;
  Body body;
  Handler handler;
  Origins origins = Origins::kOfChanges;
  Sharing sharing = Sharing::kNone;
  // Of the query. Others are refused, but of what is no part of /api/v1 and of live connections.
  std::vector<std::string_view> parameters = {};

  // The same route with these.
  Route taking(std::vector<std::string_view> names) && {
    parameters = std::move(names);
    return std::move(*this);
  }
  // The most bytes that the body of such a request has.
  std::size_t body_most() const;
};

inline bool begins_live(const Route& route) { return route.origins == Origins::kAlways; }

struct Resource {
  std::string_view pattern;
  std::vector<Route> routes;

  // Whether a parameter that its route does not have is refused.
  bool names_all_parameters() const;

  // HEAD is answered wherever GET is, but for live connections: they have no end, so no head
  // either.
  const Route* route(Method method) const;
  std::string allow() const;  // "GET, HEAD, PATCH"
};

struct Found {
  const Resource* resource = nullptr;  // nullptr: no such path
  std::vector<std::string> ids;
};

class Routes {
 public:
  void add(std::string_view pattern, std::vector<Route> routes) {
    resources_.push_back({pattern, std::move(routes)});
  }
  Found find(std::string_view path) const;

 private:
  std::vector<Resource> resources_;
};

}  // namespace pastille::http
