#!/usr/bin/env bash
# Opens the window on the sample village. With words behind it, runs that command: bash run.sh report 账簿.vlb …
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
came_from=$PWD
cd "$here"
. .ci/prepare.sh
prepare requirements.lock
cd "$came_from"
export PYTHONPATH="$here${PYTHONPATH:+:$PYTHONPATH}"
if [ $# -gt 0 ]; then
    exec "$here/.venv/bin/python" -m village_ledger "$@"
fi
if [ "$(uname)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    echo "没有图形界面，窗口开在虚拟屏幕（Xvfb）上"
    exec xvfb-run -a -s "-screen 0 1366x768x24" "$here/.venv/bin/python" -m village_ledger demo
fi
exec "$here/.venv/bin/python" -m village_ledger demo
