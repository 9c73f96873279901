# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
# bash completion for layerhold. Shown by `layerhold completion bash`.

_layerhold_engines() {
    layerhold engine list --json 2>/dev/null | sed -n 's/^ *"name": "\([^"]*\)",\{0,1\}$/\1/p'
}

_layerhold() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
    local verbs="serve status ls inspect why stats events verify gc engine rebuild config completion version"
    local client="--root --api-socket --config --json --help"
    local verb=${COMP_WORDS[1]:-} sub=${COMP_WORDS[2]:-} words=""
    COMPREPLY=()

    case $prev in
    --root | --config | --api-socket | --socket | --content-socket | --containerd-config)
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        compopt -o filenames
        return
        ;;
    --sharing)
        mapfile -t COMPREPLY < <(compgen -W "verified open isolated" -- "$cur")
        return
        ;;
    --filter | --limit | --after | --keep-bytes | --containerd-version)
        return
        ;;
    esac

    if ((COMP_CWORD == 1)); then
        mapfile -t COMPREPLY < <(compgen -W "$verbs --help --version" -- "$cur")
        return
    fi

    case $verb in
    serve) words="--root --api-socket --content-socket --config --help" ;;
    status | inspect | why | stats | verify | rebuild | version) words=$client ;;
    ls) words="--filter --limit --after --whole-digests $client" ;;
    events) words="--after --follow --new $client" ;;
    gc) words="--keep-bytes --dry-run $client" ;;
    config) words="--default $client" ;;
    completion) words="bash zsh fish --help" ;;
    engine)
        if ((COMP_CWORD == 2)); then
            words="add remove list import export --help"
        else
            case $sub in
            add) words="--socket --sharing --containerd-config --containerd-version --no-import --force --dry-run $client" ;;
            remove) words="--containerd-config --no-export --force --dry-run $client" ;;
            list) words=$client ;;
            import | export)
                words="--containerd-config $client"
                if ((COMP_CWORD == 4)) && [[ $cur != -* ]]; then
                    mapfile -t COMPREPLY < <(compgen -d -- "$cur")
                    compopt -o filenames
                    return
                fi
                ;;
            esac
            if ((COMP_CWORD == 3)) && [[ $sub == @(remove|import|export) && $cur != -* ]]; then
                words=$(_layerhold_engines)
            fi
        fi
        ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
}

complete -F _layerhold layerhold
