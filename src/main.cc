// The program: hands the command line over and returns its exit code.
#include <string>
#include <vector>

#include "cli/command_line.h"

int main(int count, char** words) {
  return pastille::cli::run_command_line(std::vector<std::string>(words + 1, words + count));
}
