#!/usr/bin/env bash
# Checks how long things have become.
#
#     sizes.sh [--report] [ROOT]
#
# A function stops at 60 lines (it aims at 40) and takes 7 parameters beside the kea_error that is
# always the last; a file stops at 500 lines, a header at 200. Prints what is over and ends with status 1; --report also prints what is long.
set -eu

report=0
if [ "${1:-}" = --report ]; then
    report=1
    shift
fi
root=${1:-$(cd "$(dirname "$0")/../.." && pwd)}
cd "$root"

find sim models tests -type f \( -name '*.c' -o -name '*.h' \) -print0 | LC_ALL=C sort -z |
    xargs -0 awk -v report="$report" '
function over(text) {
    print text
    found = 1
}
function long(text) {
    if (report)
        print text " (long)"
}
function close_file() {
    if (file == "")
        return
    limit = file ~ /\.h$/ ? 200 : 500
    if (lines > limit)
        over(file ": " lines " lines; a file of this kind stops at " limit)
    else if (lines > 0.9 * limit)
        long(file ": " lines " lines")
}
# The number of parameters in the text of a function head.
function parameters(head,    i, c, depth, count) {
    sub(/^[^(]*\(/, "", head)
    sub(/,[ \t]*kea_error \*err\)[ \t]*$/, ")", head)
    count = 1
    for (i = 1; i <= length(head); i++) {
        c = substr(head, i, 1)
        if (c == "(")
            depth++
        else if (c == ")" && depth-- == 0)
            break
        else if (c == "," && depth == 0)
            count++
    }
    return count
}
FNR == 1 {
    close_file()
    file = FILENAME
    head = ""
    start = 0
}
{ lines = FNR }
# Functions stand as clang-format writes them: the head at the margin, braces alone at the margin.
/^[A-Za-z_]/ && !/;[ \t]*$/ {
    head = $0
    head_line = FNR
    next
}
/^\{/ && head ~ /\(/ {
    start = head_line
    n = parameters(head)
    name = head
    sub(/\(.*/, "", name)
    sub(/.*[ *]/, "", name)
    if (n > 7)
        over(file ":" start ": " name " takes " n " parameters; 7 is the most")
    next
}
/^\}/ && start {
    length_now = FNR - start + 1
    if (length_now > 60)
        over(file ":" start ": " name " has " length_now " lines; a function stops at 60")
    else if (length_now > 40)
        long(file ":" start ": " name " has " length_now " lines")
    start = 0
    head = ""
    next
}
!start && head != "" {
    head = head " " $0
    if ($0 ~ /;[ \t]*$/)
        head = ""
}
END {
    close_file()
    exit found
}'
