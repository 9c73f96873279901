# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
# fish completion for layerhold. Shown by `layerhold completion fish`.

function __layerhold_engines
    layerhold engine list --json 2>/dev/null | string match -rg '^ *"name": "([^"]*)",?$'
end

function __layerhold_tags
    layerhold tags --json 2>/dev/null | string match -rg '^{"reference":"([^"]*)"'
end

complete -c layerhold -f
complete -c layerhold -n __fish_use_subcommand -l version -d 'Show the version'
complete -c layerhold -l help -d 'Show help'

complete -c layerhold -n __fish_use_subcommand -a serve -d 'Run the daemon'
complete -c layerhold -n __fish_use_subcommand -a status -d 'Show what the cache holds and how the engines are served'
complete -c layerhold -n __fish_use_subcommand -a pull -d 'Bring an image from its registry into the cache'
complete -c layerhold -n __fish_use_subcommand -a push -d 'Send an image from the cache to a registry'
complete -c layerhold -n __fish_use_subcommand -a copy -d 'Bring an image from one registry to another'
complete -c layerhold -n __fish_use_subcommand -a resolve -d 'Show what names of images point at in their registries'
complete -c layerhold -n __fish_use_subcommand -a access -d 'Show who may have a blob or image and why'
complete -c layerhold -n __fish_use_subcommand -a ls -d 'List blobs'
complete -c layerhold -n __fish_use_subcommand -a images -d 'List images'
complete -c layerhold -n __fish_use_subcommand -a inspect -d 'Show all that is known of an image or any other blob'
complete -c layerhold -n __fish_use_subcommand -a tags -d 'List tags and what they point at'
complete -c layerhold -n __fish_use_subcommand -a history -d 'Show what a tag pointed at over time'
complete -c layerhold -n __fish_use_subcommand -a tag -d 'Make a tag point at a digest and keep that'
complete -c layerhold -n __fish_use_subcommand -a untag -d 'Remove a tag'
complete -c layerhold -n __fish_use_subcommand -a export -d 'Write an image to a tar archive'
complete -c layerhold -n __fish_use_subcommand -a load -d 'Bring in the images of a tar archive'
complete -c layerhold -n __fish_use_subcommand -a why -d 'Tell why a blob is kept'
complete -c layerhold -n __fish_use_subcommand -a stats -d 'Show what was counted, now and over time'
complete -c layerhold -n __fish_use_subcommand -a events -d 'Show what happened, and what happens'
complete -c layerhold -n __fish_use_subcommand -a explain -d 'Tell why a blob had to be fetched, or is gone'
complete -c layerhold -n __fish_use_subcommand -a doctor -d 'Check everything, and say what to do'
complete -c layerhold -n __fish_use_subcommand -a debug -d 'Show or export all that helps to find a fault'
complete -c layerhold -n __fish_use_subcommand -a verify -d 'Hash blobs again and set damaged ones aside'
complete -c layerhold -n __fish_use_subcommand -a repair -d 'Set right what the index says and the files do not'
complete -c layerhold -n __fish_use_subcommand -a gc -d 'Remove released blobs'
complete -c layerhold -n __fish_use_subcommand -a prune -d 'Remove what nobody needs, by limits and filters'
complete -c layerhold -n __fish_use_subcommand -a policy -d 'Say what is cleaned up, and when'
complete -c layerhold -n __fish_use_subcommand -a plan -d 'List what a cleanup would remove and keep'
complete -c layerhold -n __fish_use_subcommand -a apply -d 'Remove what a plan lists'
complete -c layerhold -n __fish_use_subcommand -a undo -d 'Bring back what a cleanup moved to the trash'
complete -c layerhold -n __fish_use_subcommand -a trash -d 'Look into the trash, bring back, or empty it'
complete -c layerhold -n __fish_use_subcommand -a pin -d 'Keep a blob whatever the policy says'
complete -c layerhold -n __fish_use_subcommand -a unpin -d 'Stop keeping a blob on purpose'
complete -c layerhold -n __fish_use_subcommand -a pins -d 'List the blobs that are kept on purpose'
complete -c layerhold -n __fish_use_subcommand -a df -d 'Show where the bytes are and whose they are'
complete -c layerhold -n __fish_use_subcommand -a engine -d 'Manage the containerds that store their content here'
complete -c layerhold -n __fish_use_subcommand -a entry -d 'Keep bytes under keys, with a time to live'
complete -c layerhold -n __fish_use_subcommand -a login -d 'Log in to a registry, or tell which login applies'
complete -c layerhold -n __fish_use_subcommand -a logout -d 'Remove the login for a registry'
complete -c layerhold -n __fish_use_subcommand -a rebuild -d 'Make the index anew from the files'
complete -c layerhold -n __fish_use_subcommand -a compact -d 'Give unused space of the index back'
complete -c layerhold -n __fish_use_subcommand -a config -d 'Show every setting'
complete -c layerhold -n __fish_use_subcommand -a completion -d 'Print a completion script'
complete -c layerhold -n __fish_use_subcommand -a version -d 'Show the version'

set -l client 'status pull push copy resolve access ls images inspect tags history tag untag export load why stats events explain doctor debug verify repair gc prune policy plan apply undo trash pin unpin pins df engine entry rebuild compact config version'
complete -c layerhold -n "__fish_seen_subcommand_from $client serve; and not __fish_seen_subcommand_from login" -l root -r -F -d 'Cache directory'
complete -c layerhold -n "__fish_seen_subcommand_from $client serve; and not __fish_seen_subcommand_from login" -l api-socket -r -F -d 'API socket of the daemon'
complete -c layerhold -n "__fish_seen_subcommand_from $client serve; and not __fish_seen_subcommand_from login" -l config -r -F -d 'Configuration file'
complete -c layerhold -n "__fish_seen_subcommand_from $client login logout" -l json -d 'Print JSON'

complete -c layerhold -n '__fish_seen_subcommand_from serve' -l content-socket -r -F -d 'Socket of the engine default'
complete -c layerhold -n '__fish_seen_subcommand_from ls images tags' -l filter -x -d 'Filter'
complete -c layerhold -n '__fish_seen_subcommand_from ls images tags' -l limit -x -d 'At most so many'
complete -c layerhold -n '__fish_seen_subcommand_from ls images tags' -l after -x -d 'Only what comes after this one'
complete -c layerhold -n '__fish_seen_subcommand_from ls images tags' -l whole-digests -d 'Do not shorten digests'
complete -c layerhold -n '__fish_seen_subcommand_from inspect history tag untag' -a '(__layerhold_tags)'
complete -c layerhold -n '__fish_seen_subcommand_from pull push copy resolve access' -l anonymous -d 'Show no credential'
complete -c layerhold -n '__fish_seen_subcommand_from pull push copy' -l platform -x -a 'linux/amd64 linux/arm64' -d 'Only for this one'
complete -c layerhold -n '__fish_seen_subcommand_from pull' -l all-platforms -d 'For all there are'
complete -c layerhold -n '__fish_seen_subcommand_from pull' -l for -x -a '(__layerhold_engines)' -d 'Let this engine have it'
complete -c layerhold -n '__fish_seen_subcommand_from access' -l grant -x -a '(__layerhold_engines)' -d 'Let this engine have it'
complete -c layerhold -n '__fish_seen_subcommand_from access' -l withdraw -x -a '(__layerhold_engines)' -d 'Take that back'
complete -c layerhold -n '__fish_seen_subcommand_from export; and not __fish_seen_subcommand_from engine' -s o -l output -r -F -d 'Where to write it'
complete -c layerhold -n '__fish_seen_subcommand_from export; and not __fish_seen_subcommand_from engine' -l platform -x -d 'Only what is for this platform'
complete -c layerhold -n '__fish_seen_subcommand_from export; and not __fish_seen_subcommand_from engine' -a '(__layerhold_tags)'
complete -c layerhold -n '__fish_seen_subcommand_from load' -s i -l input -r -F -d 'Where it is'
complete -c layerhold -n '__fish_seen_subcommand_from load' -l name -x -d 'What to call the image'
complete -c layerhold -n '__fish_seen_subcommand_from events' -l after -x -d 'Only events after this number'
complete -c layerhold -n '__fish_seen_subcommand_from events' -s f -l follow -d 'Go on with events as they come'
complete -c layerhold -n '__fish_seen_subcommand_from events' -l new -d 'Leave out what happened before'
complete -c layerhold -n '__fish_seen_subcommand_from stats' -l history -x -d 'How one metric went'
complete -c layerhold -n '__fish_seen_subcommand_from stats' -l step -x -a '1 10 60 3600' -d 'Seconds from point to point'
complete -c layerhold -n '__fish_seen_subcommand_from stats' -l since -x -d 'Begin so long ago'
complete -c layerhold -n '__fish_seen_subcommand_from stats' -l watch -d 'A line every two seconds'
complete -c layerhold -n '__fish_seen_subcommand_from stats' -l reset -d 'Let the metrics start anew'
complete -c layerhold -n '__fish_seen_subcommand_from doctor' -l containerd-config -r -F -d 'containerd configuration'
complete -c layerhold -n '__fish_seen_subcommand_from debug' -l export -r -F -d 'Write it to a file'
complete -c layerhold -n '__fish_seen_subcommand_from repair' -l quick -d 'Only files that were touched'
complete -c layerhold -n '__fish_seen_subcommand_from gc' -l keep-bytes -x -d 'How much may stay'
complete -c layerhold -n '__fish_seen_subcommand_from gc' -l dry-run -d 'Only list'
set -l ruled 'prune plan policy'
complete -c layerhold -n "__fish_seen_subcommand_from $ruled" -l filter -x -d 'Filter'
complete -c layerhold -n "__fish_seen_subcommand_from $ruled" -l clock -x -a 'created written used' -d 'Which time counts'
complete -c layerhold -n "__fish_seen_subcommand_from $ruled" -l keep-duration -x -d 'Keep what is younger'
complete -c layerhold -n "__fish_seen_subcommand_from $ruled" -l reserved-space -x -d 'Never go below'
complete -c layerhold -n "__fish_seen_subcommand_from $ruled" -l max-used-space -x -d 'Go down to'
complete -c layerhold -n "__fish_seen_subcommand_from $ruled" -l min-free-space -x -d 'Go down until so much is free'
complete -c layerhold -n "__fish_seen_subcommand_from $ruled" -l strategy -x -a 'lru size ttl cost' -d 'What goes first'
complete -c layerhold -n '__fish_seen_subcommand_from prune' -s a -l all -d 'Also manifests and configurations'
complete -c layerhold -n '__fish_seen_subcommand_from prune' -s f -l force -d 'Do it'
complete -c layerhold -n '__fish_seen_subcommand_from prune' -l dry-run -d 'Only list'
complete -c layerhold -n '__fish_seen_subcommand_from prune apply' -l for-good -d 'Not to the trash'
complete -c layerhold -n '__fish_seen_subcommand_from plan' -l keep-bytes -x -d 'How much may stay'
complete -c layerhold -n '__fish_seen_subcommand_from plan' -l items -x -a 'remove keep all' -d 'Which items to list'
complete -c layerhold -n '__fish_seen_subcommand_from pin' -l note -x -d 'Why it is kept'
complete -c layerhold -n '__fish_seen_subcommand_from df' -l by -x -a 'holder image' -d 'Whose bytes'

set -l policy_verbs show set add remove reset
complete -c layerhold -n "__fish_seen_subcommand_from policy; and not __fish_seen_subcommand_from $policy_verbs" \
    -a "$policy_verbs"
complete -c layerhold -n '__fish_seen_subcommand_from policy; and __fish_seen_subcommand_from set' -l mode -x \
    -a 'automatic manual' -d 'When it applies'
complete -c layerhold -n '__fish_seen_subcommand_from policy; and __fish_seen_subcommand_from set' -l undo-window -x \
    -d 'How long removed blobs can come back'
complete -c layerhold -n '__fish_seen_subcommand_from policy; and __fish_seen_subcommand_from set' -l pressure -x \
    -d 'Less free space than this'
complete -c layerhold -n '__fish_seen_subcommand_from policy; and __fish_seen_subcommand_from add' -l position -x \
    -d 'Where the rule stands'
complete -c layerhold -n '__fish_seen_subcommand_from trash' -a 'list restore empty'
complete -c layerhold -n '__fish_seen_subcommand_from config' -l default -d 'Print a commented file'
complete -c layerhold -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'

set -l engine_verbs add remove list import export
complete -c layerhold -n "__fish_seen_subcommand_from engine; and not __fish_seen_subcommand_from $engine_verbs" \
    -a "$engine_verbs"
complete -c layerhold -n '__fish_seen_subcommand_from engine; and __fish_seen_subcommand_from add' -l socket -r -F -d 'Content socket'
complete -c layerhold -n '__fish_seen_subcommand_from engine; and __fish_seen_subcommand_from add' -l sharing -x -a 'verified open isolated' -d 'Sharing'
complete -c layerhold -n '__fish_seen_subcommand_from engine; and __fish_seen_subcommand_from add' -l containerd-version -x -d 'containerd version'
complete -c layerhold -n '__fish_seen_subcommand_from engine; and __fish_seen_subcommand_from add' -l no-import -d 'Leave the blobs where they are'
complete -c layerhold -n '__fish_seen_subcommand_from engine; and __fish_seen_subcommand_from remove' -l no-export -d 'Do not give the blobs back'
complete -c layerhold -n '__fish_seen_subcommand_from engine; and __fish_seen_subcommand_from add' -l force -d 'Switch although something is missing'
complete -c layerhold -n '__fish_seen_subcommand_from engine; and __fish_seen_subcommand_from remove' -l force -d 'Although it is in use'
complete -c layerhold -n '__fish_seen_subcommand_from engine; and __fish_seen_subcommand_from add remove' -l dry-run -d 'Change nothing'
complete -c layerhold -n '__fish_seen_subcommand_from engine; and __fish_seen_subcommand_from add remove import export' \
    -l containerd-config -r -F -d 'containerd configuration'
complete -c layerhold -n '__fish_seen_subcommand_from engine; and __fish_seen_subcommand_from remove import export' \
    -a '(__layerhold_engines)'
complete -c layerhold -n '__fish_seen_subcommand_from engine; and __fish_seen_subcommand_from add' -l containerd-address -r -F -d 'API socket of that containerd'
complete -c layerhold -n '__fish_seen_subcommand_from engine; and __fish_seen_subcommand_from import export' -F

set -l entry_verbs put get ls rm invalidate clear clean scope
complete -c layerhold -n "__fish_seen_subcommand_from entry; and not __fish_seen_subcommand_from $entry_verbs" \
    -a "$entry_verbs"
complete -c layerhold -n '__fish_seen_subcommand_from entry; and not __fish_seen_subcommand_from scope' -l scope -x \
    -d 'Scope of the key'
complete -c layerhold -n '__fish_seen_subcommand_from put get' -l name -x -d 'Which bytes of the entry'
complete -c layerhold -n '__fish_seen_subcommand_from put scope' -l ttl -x -d 'How long it is good'
complete -c layerhold -n '__fish_seen_subcommand_from put' -l metadata -x -d 'JSON to keep with it'
complete -c layerhold -n '__fish_seen_subcommand_from put' -l keep-other-names -d 'Other bytes of the entry stay'
complete -c layerhold -n '__fish_seen_subcommand_from put' -l digest -x -d 'What the bytes have to be'
complete -c layerhold -n '__fish_seen_subcommand_from put' -F
complete -c layerhold -n '__fish_seen_subcommand_from clean' -l max-age -x -d 'Also what was put longer ago'
complete -c layerhold -n '__fish_seen_subcommand_from clean scope' -l max-bytes -x -d 'How much may stay'

complete -c layerhold -n '__fish_seen_subcommand_from login; and not __fish_seen_subcommand_from status' -a status \
    -d 'Tell which login applies, and why'
complete -c layerhold -n '__fish_seen_subcommand_from login; and not __fish_seen_subcommand_from status' -s u \
    -l username -x -d 'Who you are there'
complete -c layerhold -n '__fish_seen_subcommand_from login; and not __fish_seen_subcommand_from status' \
    -l password-stdin -d 'Read the password from standard input'
complete -c layerhold -n '__fish_seen_subcommand_from login; and not __fish_seen_subcommand_from status' \
    -l identity-token-stdin -d 'Read an identity token from standard input'
complete -c layerhold -n '__fish_seen_subcommand_from login; and __fish_seen_subcommand_from status' -l check \
    -d 'Try the login at the registry'
complete -c layerhold -n '__fish_seen_subcommand_from login; and __fish_seen_subcommand_from status' -a '(__layerhold_tags)'
complete -c layerhold -n '__fish_seen_subcommand_from login' -l insecure -x -d 'Registry that may do without TLS'
