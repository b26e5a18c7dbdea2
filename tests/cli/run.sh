#!/usr/bin/env bash
# Runs one case of the command line: commands, and what must come out.
#
#     run.sh PROGRAM CASE
#
# A case is a text file. Empty lines and lines that begin with # are left out; the others are
#
#     command SHELL LINE   runs a line; `keasim` is the program, $SOURCE the root of the sources.
#                          The folder is an empty one, the same for all commands of a case.
#     status N             the command ended with status N (without this line: 0)
#     out PATTERN          a line of standard output matches the extended regular expression
#     err PATTERN          the same for standard error
#     no-out PATTERN       no line of standard output matches
#     no-err PATTERN       the same for standard error
#     out-empty            nothing on standard output
#     err-empty            nothing on standard error
#     file PATH            the file or folder is there
#     no-file PATH         it is not
#
# What follows a command is about that command. Prints what is not as it must be and ends with
# status 1; a mistake in the case itself ends with status 2.
set -eu

program=$1
case_file=$2
SOURCE=$(cd "$(dirname "$0")/../.." && pwd)
export SOURCE
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
mkdir "$temp/bin" "$temp/folder"
ln -s "$program" "$temp/bin/keasim"

# The words of the program must not depend on who runs the tests.
export PATH="$temp/bin:$PATH" LC_ALL=C.UTF-8 HOME="$temp" TERM=dumb
unset LANGUAGE LANG

failed=0
command=''
status=''
line_number=0
status_checked=1

fail() {
    echo "$case_file:$line_number: $1"
    failed=1
}

show() {
    echo "  command: $command"
    echo "  status: $status"
    sed 's/^/  out: /' "$temp/out"
    sed 's/^/  err: /' "$temp/err"
}

# Without a status line a command must have succeeded.
close_command() {
    if [ "$status_checked" = 0 ] && [ "$status" != 0 ]; then
        fail "status $status, expected 0"
    fi
    if [ "$failed" = 1 ] && [ -n "$command" ]; then
        show
        exit 1
    fi
}

run_command() {
    close_command
    command=$1
    status=0
    status_checked=0
    (cd "$temp/folder" && bash -c "$command") >"$temp/out" 2>"$temp/err" </dev/null || status=$?
}

expect_match() {
    if ! grep -E -q -- "$2" "$temp/$1"; then
        fail "nothing on $1 matches: $2"
    fi
}

expect_no_match() {
    if grep -E -q -- "$2" "$temp/$1"; then
        fail "something on $1 matches: $2"
    fi
}

expect_empty() {
    if [ -s "$temp/$1" ]; then
        fail "$1 is not empty"
    fi
}

while IFS= read -r line || [ -n "$line" ]; do
    line_number=$((line_number + 1))
    case $line in
    '' | '#'*) continue ;;
    esac
    key=${line%% *}
    rest=${line#"$key"}
    rest=${rest# }
    if [ -z "$command" ] && [ "$key" != command ]; then
        echo "$case_file:$line_number: a case begins with a command"
        exit 2
    fi
    case $key in
    command) run_command "$rest" ;;
    status)
        status_checked=1
        [ "$status" = "$rest" ] || fail "status $status, expected $rest"
        ;;
    out | err) expect_match "$key" "$rest" ;;
    no-out | no-err) expect_no_match "${key#no-}" "$rest" ;;
    out-empty | err-empty) expect_empty "${key%-empty}" ;;
    file) [ -e "$temp/folder/$rest" ] || fail "$rest is not there" ;;
    no-file) [ ! -e "$temp/folder/$rest" ] || fail "$rest is there" ;;
    *)
        echo "$case_file:$line_number: unknown word '$key'"
        exit 2
        ;;
    esac
done <"$case_file"

if [ -z "$command" ]; then
    echo "$case_file: no command"
    exit 2
fi
close_command
