# Sourced by run.sh, test.sh and .ci/run: a Python 3.11+, Qt's system libraries, and .venv with the locked packages.
# prepare LOCKFILE        As root on Debian it installs what is missing; anybody else is told what to install.

QT_LIBRARIES="libEGL.so.1 libGL.so.1 libxkbcommon.so.0 libxkbcommon-x11.so.0 libdbus-1.so.3 libfontconfig.so.1
libglib-2.0.so.0 libxcb-cursor.so.0 libxcb-icccm.so.4 libxcb-image.so.0 libxcb-keysyms.so.1 libxcb-randr.so.0
libxcb-render-util.so.0 libxcb-shape.so.0 libxcb-xkb.so.1 libX11-xcb.so.1"
QT_PACKAGES="libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libglib2.0-0 libxcb-cursor0
libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libx11-xcb1"

install_packages() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        if [ -z "${packages_listed:-}" ]; then
            apt-get update -qq
            packages_listed=1
        fi
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
    else
        echo "缺少系统软件包，请先安装（例如 sudo apt install $*）" >&2
        return 1
    fi
}

find_python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            # Through a version manager's shim every start costs twice; the real program is asked for.
            "$candidate" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    return 1
}

missing_libraries() {
    known=$(ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null) || return 1
    for library in $QT_LIBRARIES; do
        case "$known" in *"$library "*) ;; *) return 0 ;; esac
    done
    return 1
}

prepare() {
    lock=$1
    if [ "$(uname)" = Linux ] && missing_libraries; then
        # shellcheck disable=SC2086  # a list of names
        install_packages $QT_PACKAGES || true
    fi
    if [ "$(uname)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && ! command -v xvfb-run >/dev/null; then
        install_packages xvfb xauth || true
    fi
    if [ "$lock" = requirements-dev.lock ] && [ "$(uname)" = Linux ] &&
        ! command -v chromium google-chrome chromium-browser >/dev/null; then
        install_packages chromium || true # the tests look at the notice's web page with it
    fi
    if [ "$lock" = requirements-dev.lock ] && [ "$(uname)" = Linux ] &&
        ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && ! command -v initdb >/dev/null; then
        install_packages postgresql || true # the township desk's tests run on it, too
    fi
    if [ ! -x .venv/bin/python ]; then
        python=$(find_python) || { install_packages python3 python3-venv && python=$(find_python); } ||
            { echo "需要 Python 3.11 或更新的版本" >&2; return 1; }
        if ! "$python" -m venv .venv 2>/dev/null; then
            rm -rf .venv
            install_packages python3-venv && "$python" -m venv .venv
        fi
    fi
    if [ "$lock" = requirements-dev.lock ] && ! { command -v unzip && command -v openssl; } >/dev/null; then
        install_packages unzip openssl || true # a test runs the commands of docs/formats-package.md
    fi
    stamp=.venv/$lock.installed
    if ! cmp -s "$lock" "$stamp" || [ requirements.lock -nt "$stamp" ]; then
        .venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$lock"
        cp "$lock" "$stamp"
    fi
    .venv/bin/python -m compileall -q village_ledger
    printf '#!%s\nimport sys\n\nsys.path.insert(0, "%s")\nfrom village_ledger.cli.main import run\n\nrun()\n' \
        "$PWD/.venv/bin/python" "$PWD" >.venv/bin/village-ledger
    chmod +x .venv/bin/village-ledger
}
