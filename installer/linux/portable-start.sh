#!/bin/sh
# 村级三资账本（便携版）：双击打开窗口。账簿放在旁边的“账簿”文件夹，设置放在“设置”文件夹。
exec "$(dirname "$(readlink -f "$0")")/program/bin/village-ledger" "$@"
