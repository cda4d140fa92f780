// The program: hands the command line over and returns its exit code.
#include <cstdio>
#include <string>

#include "pastille/version.h"

int main() {
  std::puts(("pastille " + std::string(pastille::kVersion)).c_str());
  return 0;
}
