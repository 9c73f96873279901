// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/program.h"

int main(int argc, char** argv)
{
    return layerhold::cli::runProgram(argc, argv);
}
