# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
set(text "")
foreach(source IN LISTS SOURCES)
  cmake_path(GET source STEM name)
  file(READ ${source} sql)
  string(APPEND text "sqlite::Migration{\"${name}\", R\"sql(${sql})sql\"},\n")
endforeach()
file(WRITE ${OUTPUT} "${text}")
