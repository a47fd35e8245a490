#!/bin/sh
# Starts the program beside which it lies. Without words: the window; with a book's name: that book; else the command line.
here=$(dirname "$(readlink -f "$0")")
# Deepin and UOS name a window system and plug-ins of their own Qt 5, which are of no use to ours.
case ${QT_QPA_PLATFORM-} in dxcb*) export QT_QPA_PLATFORM=xcb ;; esac
unset QT_PLUGIN_PATH QT_QPA_PLATFORM_PLUGIN_PATH
exec "$here/python3.11" -I -B -m village_ledger "$@"
