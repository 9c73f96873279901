# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
_layerhold_gui()
{
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    case $previous in
        --connect | --snapshot) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
        --root | --screenshot-tour) mapfile -t COMPREPLY < <(compgen -d -- "$word") ;;
        --open) mapfile -t COMPREPLY < <(compgen -W "overview storage entries images tags metrics cleanup trash events" -- "$word") ;;
        --fixture) mapfile -t COMPREPLY < <(compgen -W "tiny shared typical tags hostile" -- "$word") ;;
        *) mapfile -t COMPREPLY < <(compgen -W "--connect --root --snapshot --open --screenshot-tour --fixture --version --help" -- "$word") ;;
    esac
}
complete -F _layerhold_gui layerhold-gui
