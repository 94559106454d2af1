#!/usr/bin/env bash
# The real window: what its process costs while one pans a board of 1,000, 5,000 and 10,000 stickies all in sight, how long it
# takes to start, and how much memory it has. Under Xvfb with OpenGL in software, so drawing the pixels counts.
#
#   benches/canvas/window.sh            (needs Xvfb and xdotool; builds what it runs)
#
# Every run gets the same moves of the pointer: MOVES of them, 60 a second, with the middle button held.
set -euo pipefail
cd "$(dirname "$0")/../.."
moves=${MOVES:-240}
for tool in Xvfb xdotool; do
    command -v "$tool" > /dev/null || { echo "skipped: $tool is not installed"; exit 0; }
done
target=$(cargo metadata --format-version 1 --no-deps | sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p')
cargo build -q --release
work=$(mktemp -d)
server=
trap '[ -n "$server" ] && kill "$server" 2> /dev/null; rm -rf "$work"' EXIT
cargo bench -q --bench numbers -- boards "$work" > /dev/null
Xvfb -displayfd 3 -screen 0 1840x870x24 -nolisten tcp 3> "$work/display" 2> /dev/null &
server=$!
until [ -s "$work/display" ]; do sleep 0.05; done
DISPLAY=:$(cat "$work/display")
export DISPLAY LIBGL_ALWAYS_SOFTWARE=1 XDG_STATE_HOME="$work/state" XDG_CONFIG_HOME="$work/config"
unset WAYLAND_DISPLAY WAYLAND_SOCKET

ticks=$(getconf CLK_TCK)
# Milliseconds of processor time that a process has had, all threads.
busy() { awk -v hz="$ticks" '{ sub(/.*\) /, ""); print ($12 + $13) * 1000 / hz }' "/proc/$1/stat"; }
now() { date +%s%N; }

{
    echo "mousemove 700 440"
    echo "mousedown 2"
    for ((at = 0; at < moves; at++)); do
        if ((at % 80 < 40)); then echo "mousemove_relative -- 2 1"; else echo "mousemove_relative -- -2 -1"; fi
        echo "sleep 0.0167"
    done
    echo "mouseup 2"
} > "$work/pan"

printf '%-10s %14s %16s %12s %22s\n' stickies "visible, ms" "CPU a move, ms" "memory, MB" "of which driver, MB"
for count in 1000 5000 10000; do
    start=$(now)
    "$target/release/stormglass" "$work/$count.storm.ron" > /dev/null 2>&1 &
    app=$!
    # The window is shown when its first frame is painted.
    until xdotool search --onlyvisible --pid "$app" > /dev/null 2>&1; do
        kill -0 "$app" 2> /dev/null || { echo "the window did not open"; exit 1; }
        sleep 0.01
    done
    shown=$((($(now) - start) / 1000000))
    window=$(xdotool search --onlyvisible --pid "$app" | head -1)
    xdotool windowmove "$window" 0 0 windowsize "$window" 1840 870
    # The board is read once off the thread; that is none of panning.
    sleep "${SETTLE:-12}"
    before=$(busy "$app")
    xdotool "$work/pan"
    after=$(busy "$app")
    memory=$(awk '/^VmRSS:/ { print $2 / 1024 }' "/proc/$app/status")
    driver=$(awk '/^[0-9a-f]+-/ { ours = $0 ~ /LLVM|gallium|_dri|libGL|libEGL/ } /^Rss:/ && ours { sum += $2 } END { print sum / 1024 }' "/proc/$app/smaps")
    awk -v n="$count" -v s="$shown" -v b="$before" -v a="$after" -v m="$moves" -v rss="$memory" -v d="$driver" \
        'BEGIN { printf "%-10s %14d %16.2f %12.0f %22.0f\n", n, s, (a - b) / m, rss, d }'
    kill "$app"
    wait "$app" 2> /dev/null || true
done
