# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0

# Each wrong_builds/<name>.patch breaks one file of the core on purpose. The broken file is compiled and linked in front of the library, so
# that its functions win, and the rigs have to notice: a wrong build that goes unnoticed fails the test.
add_library(wrong_build_main OBJECT wrong_build_main.cpp)
target_include_directories(wrong_build_main PRIVATE ${PROJECT_SOURCE_DIR}/core)
target_link_libraries(wrong_build_main PUBLIC layerhold_crash_support layerhold_core_internal PkgConfig::RE2)

file(GLOB patches CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/wrong_builds/*.patch)
foreach(patch IN LISTS patches)
  cmake_path(GET patch STEM name)
  file(STRINGS ${patch} target REGEX "^\\+\\+\\+ b/")
  string(REGEX REPLACE "^\\+\\+\\+ b/([^\t ]+).*" "\\1" file "${target}")
  set(source ${PROJECT_SOURCE_DIR}/${file})
  set(broken ${CMAKE_CURRENT_BINARY_DIR}/wrong_builds/${name}.cpp)
  add_custom_command(OUTPUT ${broken}
    COMMAND patch --quiet --fuzz=0 --output=${broken} ${source} ${patch}
    DEPENDS ${source} ${patch}
    VERBATIM)
  add_executable(wrong_${name} ${broken})
  target_include_directories(wrong_${name} PRIVATE ${PROJECT_SOURCE_DIR}/core)
  target_link_libraries(wrong_${name} PRIVATE wrong_build_main)
  add_test(NAME crash.wrong_build.${name} COMMAND wrong_${name} 4000)
  set_tests_properties(crash.wrong_build.${name} PROPERTIES LABELS crash TIMEOUT 600 ENVIRONMENT "TMPDIR=/dev/shm")
endforeach()
