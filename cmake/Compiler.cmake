# Language, warnings, hardening and sanitizers, carried by the target pastille_options.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
# -O2 and no NDEBUG: the checks for programmer errors stay on in what we ship.
set(CMAKE_CXX_FLAGS_RELEASE "-O2")
set(CMAKE_CXX_FLAGS_DEBUG "-Og -g")

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # With paths relative to this folder: what one clone compiled another one takes.
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
endif()

set(PASTILLE_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize=")

add_library(pastille_options INTERFACE)
target_compile_options(pastille_options INTERFACE
  -Wall -Wextra -Wpedantic -Werror
  -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough
  -Wcast-align -Wunused -Wformat=2
  # Values with defaults are written {.field = ...} and name only what differs.
  -Wno-missing-field-initializers
  -fstack-protector-strong)
target_compile_definitions(pastille_options INTERFACE
  _GLIBCXX_ASSERTIONS
  $<$<CONFIG:Release>:_FORTIFY_SOURCE=2>
  BOOST_ASIO_NO_DEPRECATED)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports these falsely inside std::string, std::optional, std::expected and std::variant once
  # they are inlined (GCC bugs 105329, 105562, 107852); ASan and UBSan look for the real ones.
  target_compile_options(pastille_options INTERFACE
    -Wno-restrict -Wno-maybe-uninitialized -Wno-array-bounds -Wno-stringop-overflow
    -Wno-stringop-overread)
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # 'class' announced, 'struct' defined: of interest to one other ABI only.
  target_compile_options(pastille_options INTERFACE -Wno-mismatched-tags)
endif()

if(PASTILLE_SANITIZE)
  target_compile_options(pastille_options INTERFACE
    -fsanitize=${PASTILLE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(pastille_options INTERFACE -fsanitize=${PASTILLE_SANITIZE})
  if(PASTILLE_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Boost.Asio holds fences that TSan does not model; g++ warns at each.
    target_compile_options(pastille_options INTERFACE -Wno-tsan)
  endif()
endif()
