# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
# Editing a containerd's configuration: files only, no gRPC, so that its tests need no daemon.
add_library(layerhold_engine_install STATIC containerd_checks.cpp containerd_config.cpp engine_install.cpp text_file.cpp)
target_include_directories(layerhold_engine_install PUBLIC ${PROJECT_SOURCE_DIR}/plugin)
target_link_libraries(layerhold_engine_install PUBLIC layerhold::core
  PRIVATE layerhold_settings fmt::fmt PkgConfig::TOMLPP)
