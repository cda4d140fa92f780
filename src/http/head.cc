#include "http/head.h"

#include <fmt/format.h>

#include <array>
#include <iterator>

namespace pastille::http {
namespace {

bool has(const Response& response, std::string_view name) {
  for (const auto& field : response.fields) {
    if (field.first == name) return true;
  }
  return false;
}

std::string http_date(Time now) {
  constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(now);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(now - day));
  return fmt::format(
      "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[std::chrono::weekday(day).c_encoding()],
      static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
      static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
      clock.seconds().count());
}

}  // namespace

std::string_view reason_phrase(int status) {
  switch (status) {
    case 100:
      return "Continue";
    case 101:
      return "Switching Protocols";
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 204:
      return "No Content";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    default:
      return "Answer";
  }
}

std::string response_head(const Response& response, const HeadContext& context) {
  std::string out =
      fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason_phrase(response.status));
  const auto field = [&](std::string_view name, std::string_view value) {
    fmt::format_to(std::back_inserter(out), "{}: {}\r\n", name, value);
  };
  field("Date", http_date(context.now));
  if (!context.request_id.empty()) field("X-Request-Id", context.request_id);
  for (const auto& [name, value] : response.fields) field(name, value);
  if (response.status == 101) return out + "\r\n";
  // What an answer does not say of itself.
  const auto unless_said = [&](std::string_view name, std::string_view value) {
    if (!has(response, name)) field(name, value);
  };
  field("X-Content-Type-Options", "nosniff");
  unless_said("Referrer-Policy", "same-origin");
  // Pages of others neither load what is here nor hold a window of ours, and ours use no devices.
  unless_said("Cross-Origin-Resource-Policy", "same-origin");
  unless_said("Cross-Origin-Opener-Policy", "same-origin");
  unless_said("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  // A year. Not of other hosts below this name: they are not ours to decide about.
  if (context.under_tls) field("Strict-Transport-Security", "max-age=31536000");
  // What is personal is stored nowhere; what may be kept says so itself.
  unless_said("Cache-Control", "no-store");
  unless_said("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  if (response.status != 204 && response.status != 304) {
    field("Content-Length", std::to_string(response.body ? response.body->size() : 0));
  }
  field("Connection", context.keep_alive ? "keep-alive" : "close");
  return out + "\r\n";
}

}  // namespace pastille::http
