#!/bin/bash
# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail

usage() {
    cat <<'EOF'
quickstart.sh [--keep] [--no-run] [--dir DIR] [--binary FILE] [IMAGE]
quickstart.sh --stop DIR

Shows on a Debian 12 that the second pull of an image is free: builds Layerhold, starts it with a containerd and a registry
of their own, pulls an image, runs a container from it, removes the image with garbage collection and pulls it again. Fails
unless the registry sends 0 blob bytes the second time. Nothing of it touches an installed containerd, Docker or registry.

  IMAGE          image to copy into the local registry and use, e.g. docker.io/library/debian:12; without one, a small
                 image is made from Debian's busybox-static
  --keep         leave everything running, and say how to use and stop it
  --no-run       do not run a container (where containers are forbidden)
  --dir DIR      work there (a directory that is absent or empty, and gone afterwards) instead of a temporary directory
  --binary FILE  this layerhold instead of building one
  --stop DIR     end what --keep left running in DIR, and remove it
EOF
}

say() { printf '\n==> %s\n' "$*"; }
die() {
    printf '\nquickstart: %s\n' "$*" >&2
    exit 1
}

source=$(readlink -f "$(dirname "$(readlink -f "$0")")/..")
keep=no
run=yes
dir=
binary=
image=
stop=no
while (($#)); do
    case $1 in
    --keep) keep=yes ;;
    --no-run) run=no ;;
    --dir | --binary | --stop)
        (($# > 1)) || die "$1 needs a value; see --help"
        if [[ $1 == --binary ]]; then
            binary=$(readlink -e "$2") || die "there is no program $2"
        else
            [[ $1 == --dir ]] || stop=yes
            dir=$2
        fi
        shift
        ;;
    -h | --help)
        usage
        exit 0
        ;;
    -*) die "unknown option $1; see --help" ;;
    *) [[ -z $image ]] || die "one image at most; see --help" && image=$1 ;;
    esac
    shift
done

as_root=()
if ((EUID != 0)); then
    command -v sudo >/dev/null || die "containerd needs root: run this as root, or install sudo"
    as_root=(sudo)
fi

# Only a directory with this file in it was made, or found empty, by this script, and is emptied again.
marker=.layerhold-quickstart

# ---- what is started, and how all of it ends ----

# within SECONDS WHAT COMMAND...: polls until the command succeeds.
within() {
    local deadline=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < deadline)) || die "$what within the time given"
        sleep 0.1
    done
}

# start NAME COMMAND...: in the background, out of reach of Ctrl-C, which is for this script to handle. The program tells its
# own process id: what runs here is sudo, or a setsid that had to fork, and neither hands a signal on. It opens its own
# files, too: with a terminal of its own, sudo puts pipes in between, which end with it when the user's terminal closes.
declare -A jobs=()
start() {
    local name=$1 file
    shift
    for file in "$dir/$name".{out,log,pid}; do
        : >"$file"
    done
    "${as_root[@]}" true # asks for a password, if need be, while somebody can answer
    # shellcheck disable=SC2016 # for the inner shell
    "${as_root[@]}" setsid --wait bash -c 'exec >>"$1.out" 2>>"$1.log"; echo $$ >"$1.pid"; shift; exec "$@"' bash \
        "$dir/$name" "$@" </dev/null >/dev/null 2>>"$dir/$name.log" &
    jobs[$name]=$!
    within 30 "$name did not start" test -s "$dir/$name.pid"
}

# is_running NAME: and is ours. The number of a process that has ended may be somebody else's by now.
is_running() {
    [[ -s $dir/$1.pid ]] && grep -qzF -- "$dir/" "/proc/$(<"$dir/$1.pid")/cmdline" 2>/dev/null
}

finish() {
    local name=$1 i
    for ((i = 0; i < 100; ++i)); do
        is_running "$name" || break
        ((i > 0)) || "${as_root[@]}" kill "$(<"$dir/$name.pid")" 2>/dev/null || true
        sleep 0.1
    done
    if is_running "$name"; then
        "${as_root[@]}" kill -9 "$(<"$dir/$name.pid")" 2>/dev/null || true
    fi
    [[ -z ${jobs[$name]:-} ]] || wait "${jobs[$name]}" 2>/dev/null || true
    rm -f "$dir/$name.pid"
}

end_all() {
    local target
    [[ -e $dir/$marker ]] || return 0
    finish containerd
    finish layerhold
    finish registry
    while read -r target; do
        [[ $target == "$dir"/* ]] || continue
        "${as_root[@]}" umount "$target" || true
    done < <(findmnt -rno TARGET | sort -r)
    "${as_root[@]}" rm -rf --one-file-system "$dir"/{containerd,layerhold,registry,image} \
        "$dir"/{api,content,containerd}.sock* "$dir"/{registry,layerhold,containerd}.{out,log,pid,yml,toml}
    if [[ $(ls -A "$dir") == "$marker" ]]; then
        "${as_root[@]}" rm -r "$dir"
    else
        echo "quickstart: $dir stays, because it has what this script did not make, or could not remove" >&2
    fi
}

on_exit() {
    local status=$?
    trap '' INT TERM
    if ((status != 0)); then
        for name in registry layerhold containerd; do
            [[ -s $dir/$name.log ]] && { echo "--- end of $name's log:" && tail -5 "$dir/$name.log" | cut -c1-300; } >&2
        done
        end_all
    elif [[ $keep == no ]]; then
        say "Cleaning up"
        end_all
    fi
    exit "$status"
}

if [[ $stop == yes ]]; then
    given=$dir
    dir=$(readlink -e "$given") && [[ -e $dir/$marker ]] || die "$given is not a directory that --keep left"
    end_all
    exit 0
fi

# ---- the steps ----

install_packages() {
    say "Installing what is missing"
    local lists=(quickstart)
    [[ -n $binary ]] || lists+=(build)
    "$source/packaging/tools/packages" "${lists[@]}"
}

build() {
    [[ -n $binary ]] && return
    say "Building Layerhold (the first time takes some minutes)"
    cd "$source"
    cmake --preset service >/dev/null
    cmake --build --preset service --target layerhold
    binary=$source/build/service/bin/layerhold
}

start_registry() {
    local tries
    say "Starting a registry with an empty storage"
    for _ in {1..10}; do
        port=$((20000 + RANDOM % 20000))
        cat >"$dir/registry.yml" <<EOF
version: 0.1
log: {level: error, accesslog: {disabled: false}}
storage: {filesystem: {rootdirectory: $dir/registry}, delete: {enabled: true}}
http: {addr: "127.0.0.1:$port"}
EOF
        start registry docker-registry serve "$dir/registry.yml"
        for ((tries = 0; tries < 100; ++tries)); do
            is_running registry || break
            if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
                echo "registry on 127.0.0.1:$port"
                return
            fi
            sleep 0.1
        done
        finish registry
    done
    die "the registry does not start"
}

# add_blob FILE: moves a file into the layout under its digest; sets digest and size.
add_blob() {
    digest=sha256:$(sha256sum "$1" | cut -c1-64)
    size=$(stat -c %s "$1")
    mv "$1" "$dir/image/blobs/sha256/${digest#*:}"
}

# pack FOLDER: a gzipped layer; sets diff_id, digest and size.
pack() {
    local tar=(tar -C "$1" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -c .)
    diff_id=sha256:$("${tar[@]}" | sha256sum | cut -c1-64)
    "${tar[@]}" | gzip -n >"$dir/image/layer"
    add_blob "$dir/image/layer"
}

make_image() {
    say "Making an image of two layers from busybox-static"
    local layout=$dir/image program diff_ids layers type=application/vnd.oci.image
    mkdir -p "$layout/blobs/sha256" "$layout/one/bin" "$layout/two/etc"
    cp "$(command -v busybox)" "$layout/one/bin/busybox"
    for program in sh cat echo ls sha256sum uname; do
        ln -s busybox "$layout/one/bin/$program"
    done
    echo "Hello from a container whose layers Layerhold kept." >"$layout/two/etc/motd"

    pack "$layout/one"
    diff_ids="\"$diff_id\""
    layers="{\"mediaType\":\"$type.layer.v1.tar+gzip\",\"digest\":\"$digest\",\"size\":$size}"
    pack "$layout/two"
    diff_ids+=",\"$diff_id\""
    layers+=",{\"mediaType\":\"$type.layer.v1.tar+gzip\",\"digest\":\"$digest\",\"size\":$size}"

    cat >"$layout/config" <<EOF
{"architecture":"$(dpkg --print-architecture)","os":"linux","created":"1970-01-01T00:00:00Z",
"config":{"Cmd":["/bin/cat","/etc/motd"],"Env":["PATH=/bin"]},"rootfs":{"type":"layers","diff_ids":[$diff_ids]}}
EOF
    add_blob "$layout/config"
    cat >"$layout/manifest" <<EOF
{"schemaVersion":2,"mediaType":"$type.manifest.v1+json",
"config":{"mediaType":"$type.config.v1+json","digest":"$digest","size":$size},"layers":[$layers]}
EOF
    add_blob "$layout/manifest"
    echo '{"imageLayoutVersion":"1.0.0"}' >"$layout/oci-layout"
    cat >"$layout/index.json" <<EOF
{"schemaVersion":2,"manifests":[{"mediaType":"$type.manifest.v1+json","digest":"$digest","size":$size,
"annotations":{"org.opencontainers.image.ref.name":"1"}}]}
EOF
}

fill_registry() {
    local from=docker://$image
    name=127.0.0.1:$port/quickstart:1
    if [[ -z $image ]]; then
        make_image
        from=oci:$dir/image:1
    else
        say "Copying $image into the registry"
    fi
    skopeo --insecure-policy copy --quiet --dest-tls-verify=false "$from" "docker://$name"
    echo "pushed as $name"
}

start_layerhold() {
    say "Starting Layerhold"
    "$binary" version
    start layerhold "$binary" serve --root "$dir/layerhold" --content-socket "$dir/content.sock" --api-socket "$dir/api.sock"
    within 30 "Layerhold did not answer" layerhold status
    echo "serving engine default on $dir/content.sock"
}

layerhold() {
    local verb=$1
    shift
    "${as_root[@]}" "$binary" "$verb" --api-socket "$dir/api.sock" "$@"
}

start_containerd() {
    say "Starting a containerd with Layerhold as its content store ($(containerd --version | cut -d' ' -f3))"
    cat >"$dir/containerd.toml" <<EOF
version = 2
root = "$dir/containerd/root"
state = "$dir/containerd/state"
disabled_plugins = ["io.containerd.content.v1.content", "io.containerd.grpc.v1.cri"]

[grpc]
  address = "$dir/containerd.sock"

[plugins."io.containerd.internal.v1.opt"]
  path = "$dir/containerd/opt"

[proxy_plugins.layerhold]
  type = "content"
  address = "$dir/content.sock"
EOF
    start containerd containerd --config "$dir/containerd.toml"
    within 30 "containerd did not answer" ctr plugins ls
    local plugins
    plugins=$(ctr plugins ls)
    awk '$1 == "io.containerd.content.v1" { print "content store:", $2, $4 }' <<<"$plugins"
    snapshotter=native
    if grep -qE '^io.containerd.snapshotter.v1 +overlayfs .* ok' <<<"$plugins"; then
        snapshotter=overlayfs
    fi
}

ctr() { "${as_root[@]}" env ctr --address "$dir/containerd.sock" "$@"; }

# pull NUMBER: pulls, and sets blob_gets and blob_bytes to what the registry sent meanwhile, from its access log.
pull() {
    local before heads gets
    say "Pull $1"
    before=$(wc -l <"$dir/registry.out")
    ctr images pull --plain-http --snapshotter "$snapshotter" "$name" >/dev/null
    read -r heads gets blob_gets blob_bytes < <(tail -n "+$((before + 1))" "$dir/registry.out" | awk '
        $6 == "\"HEAD" { heads++ }
        $6 == "\"GET" && $7 ~ /\/manifests\// { manifests++ }
        $6 == "\"GET" && $7 ~ /\/blobs\// { blobs++; bytes += $10 }
        END { print heads + 0, manifests + 0, blobs + 0, bytes + 0 }')
    figures+=("pull $1: $blob_gets blob GETs, $blob_bytes blob bytes ($heads HEADs, $gets manifest GETs)")
    echo "the registry saw ${figures[-1]#*: }"
}

run_container() {
    [[ $run == yes ]] || return 0
    local said
    if ! said=$(ctr run --rm --net-host --snapshotter "$snapshotter" "$name" "quickstart-$$" 2>&1 </dev/null); then
        die "the container does not run: $said
This machine seems to forbid containers; run again with --no-run to do without."
    fi
    echo "the container says: $said"
}

remove_image() {
    say "Removing the image, and all it leaves, by containerd's garbage collection"
    ctr images rm --sync "$name" >/dev/null
    local left
    left=$(ctr content ls -q | wc -l)
    echo "containerd knows $left blobs now; Layerhold keeps what it released"
    ((left == 0)) || die "containerd still knows blobs of the removed image"
}

if [[ -n $dir ]]; then
    mkdir -p "$dir"
    dir=$(readlink -f "$dir")
    [[ ! -e $dir/$marker ]] || die "$dir is in use by another run; end that one with --stop $dir"
    [[ -z $(ls -A "$dir") ]] || die "$dir is not empty; name a directory that is absent or empty"
else
    dir=$(mktemp -d "${TMPDIR:-/tmp}/layerhold-quickstart.XXXXXX")
fi
((${#dir} <= 80)) || die "$dir is too long a path for the sockets in it; use --dir with a shorter one"
touch "$dir/$marker"
trap on_exit EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

figures=()
install_packages
build
start_registry
fill_registry
start_layerhold
start_containerd
pull 1
run_container
remove_image
pull 2
run_container
second=$blob_bytes

say "What Layerhold holds"
layerhold status
layerhold ls

say "Result"
printf '%s\n' "${figures[@]}"
((second == 0)) || die "the second pull was not free: the registry sent $second bytes of blobs"
echo "The second pull was free: 0 blob bytes from the registry."

if [[ $keep == yes ]]; then
    cat <<EOF

Left running in $dir. Try
    ${as_root[*]} ctr --address $dir/containerd.sock images ls
    ${as_root[*]} $binary status --api-socket $dir/api.sock
    ${as_root[*]} $binary events --api-socket $dir/api.sock
End it with
    $0 --stop $dir
EOF
fi
