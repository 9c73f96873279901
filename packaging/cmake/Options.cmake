# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
option(LAYERHOLD_BUILD_PLUGIN "Build the daemon and CLI (needs gRPC)" ON)
include(CMakeDependentOption)
cmake_dependent_option(LAYERHOLD_BUILD_GUI "Build the desktop app (needs Qt Widgets, and the plugin)" ON LAYERHOLD_BUILD_PLUGIN OFF)
option(LAYERHOLD_BUILD_TESTS "Build the tests (needs Qt Test)" ON)
option(LAYERHOLD_WARNINGS_AS_ERRORS "Warnings stop the build (developers and CI)" OFF)
option(LAYERHOLD_BUILD_FUZZERS "Build the fuzzers (needs clang, and 'fuzzer-no-link' among the sanitizers)" OFF)
set(LAYERHOLD_SANITIZE "" CACHE STRING "Sanitizers for everything of ours: 'address,undefined' or 'thread'")
