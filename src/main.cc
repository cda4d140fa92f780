// The program: hands the command line over and returns its exit code.
#include <cstdio>

#include "pastille/version.h"

int main() {
  std::printf("pastille %s\n", pastille::kVersion.data());
  return 0;
}
