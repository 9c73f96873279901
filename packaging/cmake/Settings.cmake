# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
# layerhold_settings: what every target of ours is compiled with. Third-party and generated code never sees the warnings.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()

add_library(layerhold_settings INTERFACE)
target_compile_options(layerhold_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Wconversion
  -Wno-sign-conversion -Wimplicit-fallthrough $<$<BOOL:${LAYERHOLD_WARNINGS_AS_ERRORS}>:-Werror>
  -fstack-protector-strong)
target_compile_definitions(layerhold_settings INTERFACE
  _FILE_OFFSET_BITS=64 $<$<CONFIG:Release,RelWithDebInfo>:_FORTIFY_SOURCE=2>)

add_library(layerhold_sanitize INTERFACE)
if(LAYERHOLD_SANITIZE)
  target_compile_options(layerhold_sanitize INTERFACE -fsanitize=${LAYERHOLD_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  target_link_options(layerhold_sanitize INTERFACE -fsanitize=${LAYERHOLD_SANITIZE})
endif()
target_link_libraries(layerhold_settings INTERFACE layerhold_sanitize)
