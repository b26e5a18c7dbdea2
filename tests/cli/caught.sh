#!/usr/bin/env bash
# Sees that run.sh fails where a case is not met, with a program that only prints.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
failed=0
cat >"$temp/keasim" <<'END'
#!/bin/sh
echo "one line"
echo "a message" >&2
touch made
exit "${1:-0}"
END
chmod +x "$temp/keasim"

# expect STATUS LINE...: a case of these lines ends with STATUS.
expect() {
    wanted=$1
    shift
    printf '%s\n' "$@" >"$temp/planted.case"
    found=0
    "$here/run.sh" "$temp/keasim" "$temp/planted.case" >"$temp/out" || found=$?
    if [ "$found" != "$wanted" ]; then
        echo "status $found, expected $wanted, of:"
        cat "$temp/planted.case" "$temp/out"
        failed=1
    fi
}

expect 0 'command keasim' 'out ^one' 'err message$' 'no-out two' 'no-err one' 'file made' \
    'no-file other'
expect 0 'command keasim 3' 'status 3' 'command keasim' 'status 0'
expect 0 'command keasim | wc -l' 'out ^ *1$'
expect 0 'command true' 'out-empty' 'err-empty'
expect 1 'command keasim 3'
expect 1 'command keasim 3' 'command keasim'
expect 1 'command keasim' 'status 2'
expect 1 'command keasim' 'out two'
expect 1 'command keasim' 'err one'
expect 1 'command keasim' 'no-out one'
expect 1 'command keasim' 'no-err message'
expect 1 'command keasim' 'out-empty'
expect 1 'command keasim' 'err-empty'
expect 1 'command keasim' 'file other'
expect 1 'command keasim' 'no-file made'
expect 2 'out one'
expect 2 'command keasim' 'uot one'
expect 2 '# nothing'
exit "$failed"
