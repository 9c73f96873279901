# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
# bash completion for layerhold. Shown by `layerhold completion bash`.

_layerhold_engines() {
    layerhold engine list --json 2>/dev/null | sed -n 's/^ *"name": "\([^"]*\)",\{0,1\}$/\1/p'
}

_layerhold() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
    local verbs="serve status pull push copy resolve access ls images inspect tags history tag untag export load why stats events explain doctor debug verify repair gc prune \
        policy plan apply undo trash pin unpin pins df engine entry login logout rebuild compact config completion version"
    local rule="--filter --clock --keep-duration --reserved-space --max-used-space --min-free-space --strategy"
    local client="--root --api-socket --config --json --help"
    local verb=${COMP_WORDS[1]:-} sub=${COMP_WORDS[2]:-} words=""
    COMPREPLY=()

    case $prev in
    --root | --config | --api-socket | --socket | --content-socket | --containerd-address | --containerd-config | --export)
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        compopt -o filenames
        return
        ;;
    --output | --input | -o | -i)
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        compopt -o filenames
        return
        ;;
    --sharing)
        mapfile -t COMPREPLY < <(compgen -W "verified open isolated" -- "$cur")
        return
        ;;
    --for | --grant | --withdraw)
        mapfile -t COMPREPLY < <(compgen -W "$(_layerhold_engines)" -- "$cur")
        return
        ;;
    --platform)
        mapfile -t COMPREPLY < <(compgen -W "linux/amd64 linux/arm64 linux/arm/v7" -- "$cur")
        return
        ;;
    --step)
        mapfile -t COMPREPLY < <(compgen -W "1 10 60 3600" -- "$cur")
        return
        ;;
    --history)
        mapfile -t COMPREPLY < <(compgen -W "hits misses evictions errors bytes_stored bytes_served entries_stored \
            network_requests bytes_downloaded blob_puts bytes_not_downloaded get_latency_p50_ns get_latency_p95_ns \
            get_latency_p99_ns put_latency_p50_ns put_latency_p95_ns put_latency_p99_ns" -- "$cur")
        return
        ;;
    --clock)
        mapfile -t COMPREPLY < <(compgen -W "created written used" -- "$cur")
        return
        ;;
    --by)
        mapfile -t COMPREPLY < <(compgen -W "holder image" -- "$cur")
        return
        ;;
    --items)
        mapfile -t COMPREPLY < <(compgen -W "remove keep all" -- "$cur")
        return
        ;;
    --mode)
        mapfile -t COMPREPLY < <(compgen -W "automatic manual" -- "$cur")
        return
        ;;
    --since | --filter | --limit | --after | --keep-bytes | --containerd-version | --scope | --ttl | --metadata | --name | \
        --digest | --max-age | --max-bytes | --keep-duration | --reserved-space | --max-used-space | --min-free-space | --strategy | \
        --note | --undo-window | --pressure | --position | -u | --username | --insecure)
        return
        ;;
    esac

    if ((COMP_CWORD == 1)); then
        mapfile -t COMPREPLY < <(compgen -W "$verbs --help --version" -- "$cur")
        return
    fi

    case $verb in
    serve) words="--root --api-socket --content-socket --config --help" ;;
    pull) words="--platform --all-platforms --for --anonymous $client" ;;
    push | copy) words="--platform --anonymous $client" ;;
    resolve) words="--anonymous $client" ;;
    access) words="--grant --withdraw --anonymous $client" ;;
    status | inspect | history | tag | untag | why | explain | verify | rebuild | compact | version | undo | unpin | pins) words=$client ;;
    export) words="--output --platform $client" ;;
    load) words="--input --name $client" ;;
    stats) words="--history --step --since --watch --reset $client" ;;
    doctor) words="--containerd-config $client" ;;
    debug) words="--export $client" ;;
    repair) words="--quick $client" ;;
    ls | images | tags) words="--filter --limit --after --whole-digests $client" ;;
    events) words="--after --follow --new $client" ;;
    gc) words="--keep-bytes --dry-run $client" ;;
    prune) words="--all --force --dry-run --for-good $rule $client" ;;
    plan) words="--keep-bytes --items $rule $client" ;;
    apply) words="--for-good $client" ;;
    pin) words="--note $client" ;;
    df) words="--by $client" ;;
    trash)
        case $sub in
        list | restore | empty) words=$client ;;
        esac
        ((COMP_CWORD == 2)) && words="list restore empty --help"
        ;;
    policy)
        case $sub in
        set) words="--mode --undo-window --pressure $client" ;;
        add) words="--position $rule $client" ;;
        show | remove | reset) words=$client ;;
        esac
        ((COMP_CWORD == 2)) && words="show set add remove reset --help"
        ;;
    config) words="--default $client" ;;
    login)
        words="--username --password-stdin --identity-token-stdin --insecure --json --help"
        ((COMP_CWORD == 2)) && words="status $words"
        case $sub in
        status) words="--check --insecure --json --help" ;;
        esac
        ;;
    logout) words="--json --help" ;;
    completion) words="bash zsh fish --help" ;;
    entry)
        if ((COMP_CWORD == 2)); then
            words="put get ls rm invalidate clear clean scope --help"
        else
            case $sub in
            put)
                words="--scope --ttl --metadata --name --keep-other-names --digest $client"
                if ((COMP_CWORD == 4)) && [[ $cur != -* ]]; then
                    mapfile -t COMPREPLY < <(compgen -f -- "$cur")
                    compopt -o filenames
                    return
                fi
                ;;
            get) words="--scope --name $client" ;;
            ls) words="--scope --limit --after $client" ;;
            rm | invalidate | clear) words="--scope $client" ;;
            clean) words="--scope --max-age --max-bytes $client" ;;
            scope) words="--ttl --max-bytes $client" ;;
            esac
        fi
        ;;
    engine)
        if ((COMP_CWORD == 2)); then
            words="add remove list import export --help"
        else
            case $sub in
            add) words="--socket --sharing --containerd-address --containerd-config --containerd-version --no-import --force --dry-run $client" ;;
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
