# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
# fish completion for layerhold. Shown by `layerhold completion fish`.

function __layerhold_engines
    layerhold engine list --json 2>/dev/null | string match -rg '^ *"name": "([^"]*)",?$'
end

complete -c layerhold -f
complete -c layerhold -n __fish_use_subcommand -l version -d 'Show the version'
complete -c layerhold -l help -d 'Show help'

complete -c layerhold -n __fish_use_subcommand -a serve -d 'Run the daemon'
complete -c layerhold -n __fish_use_subcommand -a status -d 'Show what the cache holds and how the engines are served'
complete -c layerhold -n __fish_use_subcommand -a ls -d 'List blobs'
complete -c layerhold -n __fish_use_subcommand -a inspect -d 'Show all that is known of one blob'
complete -c layerhold -n __fish_use_subcommand -a why -d 'Tell why a blob is kept'
complete -c layerhold -n __fish_use_subcommand -a stats -d 'Show what was counted'
complete -c layerhold -n __fish_use_subcommand -a events -d 'Show what happened, and what happens'
complete -c layerhold -n __fish_use_subcommand -a verify -d 'Hash blobs again and set damaged ones aside'
complete -c layerhold -n __fish_use_subcommand -a gc -d 'Remove released blobs'
complete -c layerhold -n __fish_use_subcommand -a engine -d 'Manage the containerds that store their content here'
complete -c layerhold -n __fish_use_subcommand -a rebuild -d 'Make the index anew from the files'
complete -c layerhold -n __fish_use_subcommand -a config -d 'Show every setting'
complete -c layerhold -n __fish_use_subcommand -a completion -d 'Print a completion script'
complete -c layerhold -n __fish_use_subcommand -a version -d 'Show the version'

set -l client 'status ls inspect why stats events verify gc engine rebuild config version'
complete -c layerhold -n "__fish_seen_subcommand_from $client serve" -l root -r -F -d 'Cache directory'
complete -c layerhold -n "__fish_seen_subcommand_from $client serve" -l api-socket -r -F -d 'API socket of the daemon'
complete -c layerhold -n "__fish_seen_subcommand_from $client serve" -l config -r -F -d 'Configuration file'
complete -c layerhold -n "__fish_seen_subcommand_from $client" -l json -d 'Print JSON'

complete -c layerhold -n '__fish_seen_subcommand_from serve' -l content-socket -r -F -d 'Socket of the engine default'
complete -c layerhold -n '__fish_seen_subcommand_from ls' -l filter -x -d 'Filter'
complete -c layerhold -n '__fish_seen_subcommand_from ls' -l limit -x -d 'At most so many'
complete -c layerhold -n '__fish_seen_subcommand_from ls' -l after -x -d 'Only digests after this one'
complete -c layerhold -n '__fish_seen_subcommand_from ls' -l whole-digests -d 'Do not shorten digests'
complete -c layerhold -n '__fish_seen_subcommand_from events' -l after -x -d 'Only events after this number'
complete -c layerhold -n '__fish_seen_subcommand_from events' -s f -l follow -d 'Go on with events as they come'
complete -c layerhold -n '__fish_seen_subcommand_from events' -l new -d 'Leave out what happened before'
complete -c layerhold -n '__fish_seen_subcommand_from gc' -l keep-bytes -x -d 'How much may stay'
complete -c layerhold -n '__fish_seen_subcommand_from gc' -l dry-run -d 'Only list'
complete -c layerhold -n '__fish_seen_subcommand_from config' -l default -d 'Print a commented file'
complete -c layerhold -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'

set -l engine_verbs add remove list import export
complete -c layerhold -n "__fish_seen_subcommand_from engine; and not __fish_seen_subcommand_from $engine_verbs" \
    -a "$engine_verbs"
complete -c layerhold -n '__fish_seen_subcommand_from add' -l socket -r -F -d 'Content socket'
complete -c layerhold -n '__fish_seen_subcommand_from add' -l sharing -x -a 'verified open isolated' -d 'Sharing'
complete -c layerhold -n '__fish_seen_subcommand_from add' -l containerd-version -x -d 'containerd version'
complete -c layerhold -n '__fish_seen_subcommand_from add' -l no-import -d 'Leave the blobs where they are'
complete -c layerhold -n '__fish_seen_subcommand_from remove' -l no-export -d 'Do not give the blobs back'
complete -c layerhold -n '__fish_seen_subcommand_from add' -l force -d 'Switch although something is missing'
complete -c layerhold -n '__fish_seen_subcommand_from remove' -l force -d 'Although it is in use'
complete -c layerhold -n '__fish_seen_subcommand_from add remove' -l dry-run -d 'Change nothing'
complete -c layerhold -n '__fish_seen_subcommand_from add remove import export' -l containerd-config -r -F \
    -d 'containerd configuration'
complete -c layerhold -n '__fish_seen_subcommand_from remove import export' -a '(__layerhold_engines)'
complete -c layerhold -n '__fish_seen_subcommand_from import export' -F
