#!/usr/bin/env bash
# The real window beside Excalidraw's, in one run: what a frame costs while one pans a board of 1,000, 5,000 and 10,000
# stickies all in sight, how long a start takes, and how much memory there is. Under Xvfb without a GPU, so drawing the
# pixels counts; of Excalidraw all processes of the browser count.
#
#   benches/canvas/window.sh [REPEATS]      (3 unless told; medians are printed)
#
# needs Xvfb and xdotool, and builds what it runs. For Excalidraw it needs Chromium, Node.js and npm, which fetches what
# `excalidraw/package.json` pins; without them ours is measured alone. Both have a screen of 1840 x 870 with a board of
# about 1280 x 800, and get the same moves of the pointer with the middle button held. Stormglass draws one frame a move;
# Excalidraw's frames are counted, since it leaves moves out that come too fast for it. What is used while nothing moves is
# taken off. CHROMIUM names another browser, PACE the seconds from move to move, MOVES how many there are.
set -euo pipefail
cd "$(dirname "$0")/../.."
repeats=${1:-3}
moves=${MOVES:-60}
pace=${PACE:-0.1}
chromium=${CHROMIUM:-chromium}
for tool in Xvfb xdotool; do
    command -v "$tool" > /dev/null || { echo "skipped: $tool is not installed"; exit 0; }
done
target=$(cargo metadata --format-version 1 --no-deps | sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p')
cargo build -q --release
work=$(mktemp -d)
started=()
finish() {
    for it in ${started[@]+"${started[@]}"}; do kill "$it" 2> /dev/null || true; done
    wait 2> /dev/null || true
    rm -rf "$work" 2> /dev/null || true
}
trap finish EXIT
cargo bench -q --bench numbers -- boards "$work" > /dev/null
Xvfb -displayfd 3 -screen 0 1840x870x24 -nolisten tcp 3> "$work/display" 2> /dev/null &
started+=($!)
# The number may come before the end of its line.
until [ "$(wc -l < "$work/display")" -gt 0 ]; do sleep 0.05; done
DISPLAY=:$(cat "$work/display")
export DISPLAY LIBGL_ALWAYS_SOFTWARE=1 XDG_STATE_HOME="$work/state" XDG_CONFIG_HOME="$work/config"
unset WAYLAND_DISPLAY WAYLAND_SOCKET

peer=
for tool in "$chromium" node npm; do
    command -v "$tool" > /dev/null || { peer="$tool is not installed"; break; }
done
if [ -z "$peer" ]; then
    mkdir -p "$target/excalidraw"
    cp benches/canvas/excalidraw/* "$target/excalidraw/"
    if (cd "$target/excalidraw" && npm install --no-audit --no-fund --no-package-lock --loglevel=error > /dev/null); then
        (cd "$target/excalidraw" && exec node serve.mjs > "$work/port") &
        started+=($!)
        until [ "$(wc -l < "$work/port")" -gt 0 ] || ! kill -0 "${started[-1]}" 2> /dev/null; do sleep 0.1; done
        [ -s "$work/port" ] || peer="its page could not be built"
    else
        peer="npm could not fetch it"
    fi
fi
[ -z "$peer" ] || echo "without Excalidraw: $peer"

hertz=$(getconf CLK_TCK)
# Milliseconds of processor time that a process and all below it have had.
busy() {
    # A process may end while it is read.
    { cat /proc/[0-9]*/stat 2> /dev/null || true; } | awk -v root="$1" -v hz="$hertz" '
        { pid = $1; sub(/.*\) /, ""); above[pid] = $2; ticks[pid] = $12 + $13 }
        END {
            in_tree[root] = 1
            do { grown = 0; for (it in above) if (!(it in in_tree) && (above[it] in in_tree)) { in_tree[it] = 1; grown = 1 } } while (grown)
            for (it in in_tree) sum += ticks[it]
            print sum * 1000 / hz
        }'
}
now() { date +%s%N; }
# Waits until a process uses less than a quarter of a core: a board is read once off the thread, which is none of panning.
settle() {
    local before after
    for _ in $(seq 40); do
        before=$(busy "$1")
        sleep 1
        after=$(busy "$1")
        if awk -v a="$after" -v b="$before" 'BEGIN { exit !(a - b < 250) }'; then return; fi
    done
}
# The seconds that a pan takes, and the moves themselves.
seconds=$(awk -v m="$moves" -v p="$pace" 'BEGIN { print m * p }')
{
    echo "mousemove 700 440"
    echo "mousedown 2"
    for ((at = 0; at < moves; at++)); do
        if ((at % 40 < 20)); then echo "mousemove_relative -- 2 1"; else echo "mousemove_relative -- -2 -1"; fi
        echo "sleep $pace"
    done
    echo "mouseup 2"
} > "$work/pan"
# Sets `cost` to the milliseconds that the process $1 needs for panning beyond what it needs at rest.
pan() {
    local a b c
    a=$(busy "$1")
    sleep "$seconds"
    b=$(busy "$1")
    xdotool "$work/pan"
    if [ -n "${2:-}" ]; then until xdotool search --name '^done' > /dev/null 2>&1; do sleep 0.2; done; fi
    c=$(busy "$1")
    cost=$(awk -v a="$a" -v b="$b" -v c="$c" 'BEGIN { print c - b - (b - a) }')
}
# Waits until a window is there that `xdotool search` finds by the rest of the arguments; sets `took` to the milliseconds
# since $1, while the process $2 lives.
await() {
    local since=$1 process=$2
    shift 2
    until xdotool search --onlyvisible "$@" > /dev/null 2>&1; do
        kill -0 "$process" 2> /dev/null || { echo "no window from: $*" >&2; exit 1; }
        sleep 0.01
    done
    took=$((($(now) - since) / 1000000))
}
end() {
    kill "$1" 2> /dev/null || true
    wait "$1" 2> /dev/null || true
}

# Each adds a line to $work/results: what, how many stickies, value.
note() { echo "$1 $2 $3" >> "$work/results"; }

stormglass() {
    local start app window
    start=$(now)
    "$target/release/stormglass" "$work/$1.storm.ron" > /dev/null 2>&1 &
    app=$!
    # The window is shown when its first frame is painted.
    await "$start" "$app" --pid "$app"
    note start "$1" "$took"
    window=$(xdotool search --onlyvisible --pid "$app" | head -1)
    xdotool windowmove "$window" 0 0 windowsize "$window" 1840 870
    sleep 0.5
    # All of it, as large as there is room.
    xdotool windowfocus "$window" mousemove 700 440 key shift+1
    settle "$app"
    pan "$app"
    note frame "$1" "$(awk -v c="$cost" -v m="$moves" 'BEGIN { print c / m }')"
    note memory "$1" "$(awk '
        FILENAME ~ /status$/ && /^VmRSS:/ { all = $2 }
        FILENAME ~ /smaps$/ && /^[0-9a-f]+-/ { driver = $0 ~ /LLVM|gallium|_dri|libGL|libEGL/ }
        FILENAME ~ /smaps$/ && /^Rss:/ && driver { sum += $2 }
        END { print (all - sum) / 1024 }' "/proc/$app/status" "/proc/$app/smaps")"
    end "$app"
}

# Opens the browser on a board of $1 stickies; sets `browser` and `took`.
browse() {
    local start profile
    # One of its own each time: what is left of the browser before may still write into the last one.
    profile=$(mktemp -d "$work/profile.XXXXXX")
    local flags=(--user-data-dir="$profile" --no-first-run --no-default-browser-check --disable-gpu --test-type
        --disable-background-networking --disable-component-update --disable-sync --disable-extensions
        --password-store=basic --force-device-scale-factor=1 --window-position=0,0 --window-size=1840,870)
    # Chromium refuses to run as root with its sandbox.
    [ "$(id -u)" != 0 ] || flags+=(--no-sandbox)
    start=$(now)
    "$chromium" "${flags[@]}" --app="http://127.0.0.1:$(cat "$work/port")/?n=$1" > /dev/null 2>&1 &
    browser=$!
    await "$start" "$browser" --name '^ready'
}

excalidraw() {
    local views
    browse 0
    note their_start 0 "$took"
    end "$browser"
    browse "$1"
    settle "$browser"
    pan "$browser" counted
    views=$(xdotool search --name '^done' getwindowname | sed 's/[^0-9]//g')
    note their_frame "$1" "$(awk -v c="$cost" -v v="$views" 'BEGIN { print v ? c / v : "nan" }')"
    note their_frames "$1" "$views"
    end "$browser"
}

for _ in $(seq "$repeats"); do
    for count in 1000 5000 10000; do
        stormglass "$count"
        [ -n "$peer" ] || excalidraw "$count"
    done
done

median() { awk -v what="$1" -v n="$2" '$1 == what && $2 == n { print $3 }' "$work/results" | sort -g | awk '{ it[NR] = $1 } END { if (NR) print it[int((NR + 1) / 2)] }'; }
# A line of the table: what, ours, target, theirs.
line() {
    awk -v what="$1" -v ours="$2" -v target="$3" -v theirs="$4" 'BEGIN {
        verdict = target == "" ? "" : ours <= target ? "holds" : "MISSED"
        printf "%-46s %9.1f %9s %11s %7s   %s\n", what, ours, target == "" ? "-" : sprintf("%.1f", target),
            theirs == "" ? "-" : sprintf("%.1f", theirs), theirs == "" ? "-" : sprintf("%.1fx", theirs / ours), verdict
    }'
}
printf '%-46s %9s %9s %11s %7s\n' "medians of $repeats" ours target Excalidraw ratio
for count in 1000 5000 10000; do
    theirs=$(median their_frame "$count")
    fifth=${theirs:+$(awk -v t="$theirs" 'BEGIN { print t / 5 }')}
    line "pan, all of $count in sight, CPU a frame, ms" "$(median frame "$count")" "$fifth" "$theirs"
done
line "start to the first frame, with 1000, ms" "$(median start 1000)" 400 "$(median their_start 0)"
line "memory beside the graphics driver, 10000, MB" "$(median memory 10000)" 150 ""
[ -n "$peer" ] || echo "Excalidraw drew $(for n in 1000 5000 10000; do median their_frames $n; done | paste -sd/ -) frames of $moves moves."
