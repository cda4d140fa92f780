# What costs in this program is parsing headers. So files of a folder are given to the compiler together, some
# at a time, and each header is parsed once for all of them: the whole program takes less than a third of the
# time. For that, names in the unnamed namespaces of a folder differ from each other: the compiler says which do
# not. The preset debug, for work on single files, and fuzz, which clang-tidy looks through and whose programs take
# of the library only the files that they reach, build every file by itself.
option(PASTILLE_UNITY "Compile the files of a folder together" ON)

# As many that two cores have about as much to do each, and one compiler stays below 1 GB.
set(PASTILLE_UNITY_FILES 25)

# pastille_unite(TARGET): its files are compiled together.
function(pastille_unite target)
  if(PASTILLE_UNITY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${PASTILLE_UNITY_FILES})
  endif()
endfunction()
