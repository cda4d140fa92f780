#include "http/content_coding.h"

#include <zlib.h>

#include <new>
#include <stdexcept>

#include "http/ascii.h"

namespace pastille::http {
namespace {

constexpr int kLevel = 4;  // a third less than level 1 at twice its time; 6 gains little more
constexpr int kGzipWindow = 15 + 16;

bool is_zero_weight(std::string_view parameters) {
  const std::size_t at = parameters.find("q=");
  if (at == std::string_view::npos) return false;
  const std::string_view weight = trim_blanks(parameters.substr(at + 2));
  return !weight.empty() && weight.find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

std::string gzip(std::string_view text) {
  z_stream stream{};
  if (deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) throw std::runtime_error("deflate did not finish");
  return out;
}

bool accepts_coding(const Request& request, std::string_view coding) {
  std::string_view rest = request.field("accept-encoding").value_or("");
  while (!rest.empty()) {
    const std::string_view each = take_until(rest, ',');
    const std::size_t semicolon = each.find(';');
    if (trim_blanks(each.substr(0, semicolon)) != coding) continue;
    return semicolon == std::string_view::npos || !is_zero_weight(each.substr(semicolon));
  }
  return false;
}

}  // namespace pastille::http
