#!/usr/bin/env bash
# Runs all tests, without a screen. Words behind it go to pytest: bash test.sh tests/flow
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. .ci/prepare.sh
prepare requirements-dev.lock
export QT_QPA_PLATFORM=offscreen
exec .venv/bin/python -m pytest -n auto --dist loadfile "$@"
