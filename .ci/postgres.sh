# Sourced by .ci/run: a PostgreSQL server for the tests, on loopback, its files in a temporary folder.
# start_postgres          Starts it and sets VILLAGE_LEDGER_POSTGRES to its URL.
# stop_postgres           Ends it and removes its folder.

postgres_programs() {
    for folder in /usr/lib/postgresql/*/bin; do
        if [ -x "$folder/initdb" ]; then
            echo "$folder"
            return
        fi
    done
    return 1
}

as_postgres() {
    if [ "$(id -u)" = 0 ]; then # the server refuses to run as root
        setpriv --reuid=postgres --regid=postgres --clear-groups "$@"
    else
        "$@"
    fi
}

start_postgres() {
    postgres_bin=$(postgres_programs) || { echo "没有 PostgreSQL，乡镇端的测试只用 SQLite" >&2; return 0; }
    postgres_place=$(mktemp -d)
    postgres_port=$(.venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    [ "$(id -u)" != 0 ] || chown postgres:postgres "$postgres_place"
    (
        cd "$postgres_place"
        as_postgres "$postgres_bin/initdb" -D data -U postgres -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
        as_postgres "$postgres_bin/pg_ctl" -D data -l log -w -s -o "-k $postgres_place -p $postgres_port -c listen_addresses=127.0.0.1 -c fsync=off" start
    )
    export VILLAGE_LEDGER_POSTGRES="postgresql://postgres@127.0.0.1:$postgres_port/postgres"
}

stop_postgres() {
    [ -n "${postgres_place:-}" ] || return 0
    (cd "$postgres_place" && as_postgres "$postgres_bin/pg_ctl" -D data -m immediate -s stop) || true
    rm -rf "$postgres_place"
}
