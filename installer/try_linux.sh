#!/usr/bin/env bash
# Tries a .deb in a clean Debian: bash installer/try_linux.sh dist/village-ledger_*.deb [bookworm|bullseye]
# Installs it with only what it declares, keeps a month's books by the command line, compares every exported file with
# the source run, opens the window without a screen and on a virtual one, runs the portable folder, removes the package
# and looks for the books. Needs root (debootstrap, chroot) and an apt mirror.
set -euo pipefail
package=$(readlink -f "$1")
release=${2:-bookworm}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. .ci/prepare.sh
prepare requirements-dev.lock
command -v debootstrap >/dev/null || install_packages debootstrap
mirror=${MIRROR:-$(.venv/bin/python -c 'from installer.debian import archives; print(archives()[0].address)')}
work=$PWD/build/try-$release
clean=$PWD/build/cache/clean-$release.tar
root=$work/root
leave() { umount "$root/proc" 2>/dev/null || true; }
trap leave EXIT
leave
rm -rf "$work"
mkdir -p "$root" "$work/source" build/cache
if [ ! -f "$clean" ]; then
    echo "== a clean $release"
    debootstrap --variant=minbase "$release" "$root" "$mirror" >"$work/debootstrap.log"
    tar -C "$root" -cf "$clean" .
else
    tar -C "$root" -xf "$clean"
fi
mount -t proc proc "$root/proc"
inside() { chroot "$root" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 LC_ALL=C.UTF-8 "$@"; }

echo "== install on $(inside ldd --version | head -1)"
cp "$package" "$root/tmp/village-ledger.deb"
inside apt-get update -qq
inside env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends /tmp/village-ledger.deb >"$work/install.log" 2>&1
inside dpkg --verify village-ledger
if [ -n "$(inside sh -c 'command -v python3 || true')" ]; then echo "the clean system has a Python of its own" >&2; fi

echo "== a month's work by the command line"
data=tests/data/acceptance_2024
mkdir -p "$root/root/books"
cp "$data"/*.csv "$root/root/books/"
inside village-ledger new /root/books/village.vlb --name 石桥村 --start 2024-01
for kind in accounts openings; do inside village-ledger import /root/books/village.vlb "$kind" "/root/books/$kind.csv"; done
inside village-ledger import /root/books/village.vlb vouchers /root/books/vouchers.csv --post
inside village-ledger close /root/books/village.vlb 2024-01
inside village-ledger export /root/books/village.vlb --period 2024-01 --out /root/books/export >/dev/null
inside village-ledger verify /root/books/village.vlb
inside village-ledger demo --headless --book /root/books/demo.vlb
inside village-ledger verify /root/books/demo.vlb

echo "== the same book exported by the source"
cp "$root/root/books/demo.vlb" "$work/source/demo.vlb"
inside village-ledger export /root/books/demo.vlb --period 2025-06 --out /root/books/june >/dev/null
.venv/bin/python -m village_ledger export "$work/source/demo.vlb" --period 2025-06 --out "$work/source/june" >/dev/null
diff -r "$root/root/books/june" "$work/source/june"
echo "$(find "$work/source/june" -type f | wc -l) files equal, byte for byte"

echo "== the window"
start_window() {  # NAME COMMAND…: must still be there after five seconds, having written no crash note
    name=$1
    shift
    code=0
    inside timeout -k 3 5 "$@" >"$work/$name.log" 2>&1 || code=$?
    if [ "$code" != 124 ] || grep -qiE "traceback|could not|error" "$work/$name.log"; then
        cat "$work/$name.log" >&2
        echo "the window did not stay open ($name, code $code)" >&2
        return 1
    fi
    echo "$name: stayed open"
}
start_window offscreen env QT_QPA_PLATFORM=offscreen village-ledger /root/books/demo.vlb
inside env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends xvfb xauth x11-apps imagemagick >>"$work/install.log" 2>&1
cat >"$root/tmp/picture.sh" <<'IN'
village-ledger /root/books/demo.vlb &
sleep 4
import -window root /root/books/window.png
kill $!
IN
inside xvfb-run -a -s "-screen 0 1366x768x24" sh /tmp/picture.sh 2>"$work/xvfb.log"
cp "$root/root/books/window.png" "$work/window.png"
colours=$(inside identify -format %k /root/books/window.png)
[ "$colours" -gt 50 ] || { echo "the window on Xvfb is empty" >&2; exit 1; }
echo "Xvfb: a window of $colours colours, see $work/window.png"

echo "== how fast"
cp installer/linux/time_window.py installer/linux/load_plugins.py "$root/tmp/"
inside /opt/village-ledger/bin/python3.11 -I -B /tmp/load_plugins.py
for _ in 1 2 3; do
    inside env QT_QPA_PLATFORM=offscreen /opt/village-ledger/bin/python3.11 -I -B /tmp/time_window.py /root/books/demo.vlb
done

echo "== remove"
inside apt-get purge -y -qq village-ledger >>"$work/install.log" 2>&1
[ ! -e "$root/opt/village-ledger" ] || { find "$root/opt/village-ledger" | head >&2; exit 1; }
for path in village.vlb demo.vlb export; do
    [ -e "$root/root/books/$path" ] || { echo "$path is gone" >&2; exit 1; }
done
echo "the program is gone, the books stay"

portable=$(find "$(dirname "$package")" -name 'village-ledger-*-portable.tar.xz' | head -1)
if [ -n "$portable" ]; then
    echo "== the portable folder"
    mkdir -p "$root/media/stick"
    tar -C "$root/media/stick" -xf "$portable"
    inside sh /media/stick/village-ledger/打开账本.sh demo --headless
    inside sh /media/stick/village-ledger/打开账本.sh verify /media/stick/village-ledger/账簿/示例村.vlb
    start_window portable env QT_QPA_PLATFORM=offscreen sh /media/stick/village-ledger/打开账本.sh
    [ -d "$root/media/stick/village-ledger/设置/logs" ]
    [ ! -e "$root/root/.local/share/village-ledger/portable" ]
fi
echo "== all well on $release"
