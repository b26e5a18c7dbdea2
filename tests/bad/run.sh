#!/bin/sh
# Loads scenario files with one mistake each and compares what the program says with expected.txt.
#
# Usage: KEASIM=path/to/keasim tests/bad/run.sh
#
# Every line of expected.txt is FILE, a tab, and the exact message without "keasim: " before it.
# For each the program must end with status 2, print nothing on standard output, print exactly that
# line on standard error, and write no file. good.cfg must pass, every other scenario must be in the
# list, and every file that is generated here for its size must be refused too.
set -u

here=$(cd "$(dirname "$0")" && pwd) || exit 2
program=${KEASIM:?set KEASIM to the keasim program}
case $program in
*/*) program=$(cd "$(dirname "$program")" && pwd)/$(basename "$program") ;;
esac
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cp -r "$here/scenarios" "$here/models" "$work" || exit 2
cd "$work" || exit 2
# larger than the 1 MiB that a scenario may have
head -c 1100000 /dev/zero | tr '\0' '#' >scenarios/huge.cfg

listing() {
    find scenarios models -type f -exec cksum {} + | sort
    find . -mindepth 1 -maxdepth 1 | sort
}

fail() {
    echo "FAILED $1: $2" >&2
    failures=$((failures + 1))
}

check() {
    out=$("$program" check "$1" 2>"$work/.stderr")
    status=$?
    [ "$status" -eq 2 ] || fail "$1" "exit status $status, expected 2"
    [ -z "$out" ] || fail "$1" "printed on standard output: $out"
    if [ "$(cat "$work/.stderr")" != "keasim: $2" ]; then
        fail "$1" "another message
  expected: keasim: $2
  found:    $(cat "$work/.stderr")"
    fi
}

failures=0
count=0
tab=$(printf '\t')
: >"$work/.stderr"
before=$(listing)
while IFS=$tab read -r file message; do
    check "$file" "$message"
    count=$((count + 1))
done <"$here/expected.txt"

"$program" check scenarios/good.cfg >"$work/.stderr" 2>&1 ||
    fail scenarios/good.cfg "must pass, but: $(cat "$work/.stderr")"
[ "$(listing)" = "$before" ] || fail "all" "files were written"
for file in scenarios/*.cfg; do
    [ "$file" = scenarios/good.cfg ] || grep -q "^$file$tab" "$here/expected.txt" ||
        fail "$file" "is not in expected.txt"
done
[ "$count" -ge 45 ] || fail "all" "only $count mistakes are tried, expected at least 45"

echo "$count wrong scenario files tried, $failures failures"
[ "$failures" -eq 0 ]
