# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
# layerhold_embed_sql(<target> <file.sql>...): makes <build>/<dir>/migrations.inc, a list of {name, sql} initialisers in the given order.
function(layerhold_embed_sql target)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/migrations.inc)
  set(sources)
  foreach(file IN LISTS ARGN)
    cmake_path(ABSOLUTE_PATH file)
    list(APPEND sources ${file})
  endforeach()
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} "-DSOURCES=${sources}" -P ${PROJECT_SOURCE_DIR}/packaging/cmake/EmbedSqlScript.cmake
    DEPENDS ${sources} ${PROJECT_SOURCE_DIR}/packaging/cmake/EmbedSqlScript.cmake
    VERBATIM)
  # A rule is only made for a target of the directory that the command is in, and `target` may be of another.
  add_custom_target(${target}_sql DEPENDS ${output})
  add_dependencies(${target} ${target}_sql)
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
endfunction()
