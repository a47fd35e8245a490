#!/usr/bin/env bash
# The short form of the package check: builds the Linux program's folder, lets it keep a book without a screen, and
# compares a month it exports with what this source exports, byte for byte. The long form is installer/try_linux.sh.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. .ci/prepare.sh
prepare requirements-dev.lock
if [ "$(uname -m)" != x86_64 ] || ! command -v apt-get >/dev/null; then
    echo "本机不是 x86-64 的 Debian，跳过安装包检查"
    exit 0
fi
missing=""
for tool in dpkg-source:dpkg-dev make:make perl:perl tclsh:tcl xz:xz-utils patchelf:patchelf; do
    command -v "${tool%%:*}" >/dev/null || missing="$missing ${tool##*:}"
done
# shellcheck disable=SC2086  # a list of names
[ -z "$missing" ] || install_packages $missing
.venv/bin/python -m installer.build_linux --quick
program=$PWD/build/linux-x86_64/program
work=$PWD/build/bundle-check
rm -rf "$work"
mkdir -p "$work/home"
export VILLAGE_LEDGER_HOME=$work/home QT_QPA_PLATFORM=offscreen
"$program/bin/village-ledger" demo --headless --book "$work/demo.vlb"
"$program/bin/village-ledger" verify "$work/demo.vlb"
cp "$work/demo.vlb" "$work/same.vlb"
"$program/bin/village-ledger" export "$work/demo.vlb" --period 2025-06 --out "$work/built" >/dev/null
.venv/bin/python -m village_ledger export "$work/same.vlb" --period 2025-06 --out "$work/source" >/dev/null
diff -r "$work/built" "$work/source"
"$program/bin/python3.11" -I -B installer/linux/load_plugins.py
"$program/bin/python3.11" -I -B installer/linux/time_window.py "$work/demo.vlb"
code=0
timeout -k 3 4 "$program/bin/village-ledger" "$work/demo.vlb" || code=$?
[ "$code" = 124 ] || { echo "the window did not stay open (code $code)" >&2; exit 1; }
echo "the built program writes what the source writes: $(find "$work/built" -type f | wc -l) files equal"
