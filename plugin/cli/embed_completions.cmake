# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
# OUTPUT: header to write; SCRIPTS: the bash, zsh and fish scripts, in this order.
set(shells bash zsh fish)
set(text "#pragma once\n\nnamespace layerhold::cli::completions {\n")
foreach(shell script IN ZIP_LISTS shells SCRIPTS)
  file(READ ${script} content)
  string(REGEX REPLACE "\n$" "" content "${content}")
  string(APPEND text "inline constexpr const char* ${shell} = R\"script(${content})script\";\n")
endforeach()
string(APPEND text "} // namespace layerhold::cli::completions\n")
file(WRITE ${OUTPUT} "${text}")
