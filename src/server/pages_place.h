// Where the built pages are: beside the program in a build folder, or where a package puts them.
#pragma once

#include <filesystem>

namespace pastille::server {

// Empty: they are not built.
inline std::filesystem::path place_of_pages() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  for (const std::filesystem::path& each :
       {program.parent_path() / "web", program.parent_path() / "../share/pastille/web"}) {
    if (std::filesystem::is_regular_file(each / "index.html", error)) return each;
  }
  return {};
}

}  // namespace pastille::server
