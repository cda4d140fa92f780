# The standard library, and for tests GoogleTest, are parsed once and not for every file, which takes about
# a fifth off each. What a file uses it includes itself all the same: the preset 'fuzz', which clang-tidy
# looks through, does without.
option(PASTILLE_PRECOMPILED "Parse the headers that most files include only once" ON)

set(PASTILLE_STANDARD_HEADERS
  <algorithm> <array> <atomic> <charconv> <chrono> <condition_variable> <cstdint> <expected>
  <functional> <map> <memory> <mutex> <optional> <set> <span> <string> <string_view> <thread> <utility>
  <variant> <vector>)

# pastille_precompile(TARGET [TESTS]): files of TARGET begin with what was parsed.
function(pastille_precompile target)
  if(NOT PASTILLE_PRECOMPILED)
    return()
  endif()
  set(parsed pastille_standard)
  set(headers ${PASTILLE_STANDARD_HEADERS})
  set(links Threads::Threads)
  if("TESTS" IN_LIST ARGN)
    set(parsed pastille_standard_and_gtest)
    list(APPEND headers <gmock/gmock.h> <gtest/gtest.h>)
    list(APPEND links GTest::gmock)
  endif()
  if(NOT TARGET ${parsed})
    file(WRITE ${PROJECT_BINARY_DIR}/generated/${parsed}.cc "")
    add_library(${parsed} OBJECT ${PROJECT_BINARY_DIR}/generated/${parsed}.cc)
    target_link_libraries(${parsed} PRIVATE pastille_options ${links})
    target_precompile_headers(${parsed} PRIVATE ${headers})
  endif()
  target_precompile_headers(${target} REUSE_FROM ${parsed})
endfunction()
