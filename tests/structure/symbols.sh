#!/usr/bin/env bash
# Checks what the objects of the library offer and what they call.
#
#     symbols.sh OBJECTS BUILD
#
# OBJECTS is a file with the path of one object per line, BUILD the build folder.
#
# 1. Names seen from outside begin with kea_, or in models/<name>/ with <name>_.
# 2. There are no changeable globals, but for those in the list `writable`.
# 3. The library does not print, exit, or read clock or environment.
#
# Prints every breach and ends with status 1 when there is one.
set -eu

objects=$1
build=$2

# Changeable objects that are allowed, as "object file:name", each with its reason:
# - PLplot's handler for "I cannot go on" gets no argument of ours, so where to jump is kept apart;
#   one thread at a time draws
writable='sim/report/plot.c:way_back'

# Calls that are allowed nevertheless, as "object file:name", each with its reason:
# - engine/crew.c waits with a time limit, to tell progress and to look for messages; no result
#   depends on it
excused='sim/engine/crew.c:clock_gettime'

# What the library must not call.
forbidden='printf vprintf puts putchar putchar_unlocked perror stdin stdout stderr
exit _exit _Exit quick_exit abort raise
getenv secure_getenv setenv putenv environ setlocale
time clock gettimeofday clock_gettime localtime localtime_r gmtime gmtime_r
srand rand random drand48'

# objdump, unlike nm, reads ordinary code where an object holds code for link-time optimisation too.
list=$(mktemp)
trap 'rm -f "$list"' EXIT
while IFS= read -r object; do
    if ! symbols=$(objdump -t "$object" 2>/dev/null); then
        echo "no machine code in $object"
        exit 1
    fi
    # of the path, what follows <target>.dir/ says which source it is
    name=${object##*.dir/}
    printf 'object %s\n%s\n' "${name#./}" "$symbols"
done <"$objects" >"$list"
if ! grep -q '^[0-9a-f]\{8,\} g' "$list"; then
    echo "no symbol in any object below $build"
    exit 1
fi

awk -v writable="$writable" -v excused="$excused" -v forbidden="$forbidden" '
function breach(text) {
    print object ": " text
    found = 1
}
BEGIN {
    n = split(forbidden, word, /[ \n]+/)
    for (i = 1; i <= n; i++)
        never[word[i]] = 1
    n = split(writable, word, /[ \n]+/)
    for (i = 1; i <= n; i++)
        may[word[i]] = 1
    n = split(excused, word, /[ \n]+/)
    for (i = 1; i <= n; i++)
        may[word[i]] = 1
}
$1 == "object" {
    object = $2
    sub(/\.o$/, "", object)
    own = ""
    if (match(object, /^models\/[^\/]+\//))
        own = substr(object, 8, RLENGTH - 8)
    next
}
# value, 7 flags, section, size, [visibility], name
NF < 4 || $1 !~ /^[0-9a-f]+$/ { next }
{
    name = $NF
    flags = substr($0, length($1) + 2, 7)
    rest = substr($0, length($1) + 10)
    split(rest, part, /[ \t]+/)
    section = part[1]
    if (section == "*UND*") {
        plain = name
        sub(/^__/, "", plain)
        sub(/_chk$/, "", plain)
        if ((name in never || (name ~ /_chk$/ && plain in never)) && !((object ":" name) in may))
            breach("calls " name ", which only the program may")
        next
    }
    global = flags ~ /[gu]/ || flags ~ /^.?w/ || section == "*COM*"
    if (global && rest !~ /\.hidden/ && name !~ /^kea_/ && !(own != "" && index(name, own "_") == 1))
        breach("offers " name " to the outside; names begin with kea_" \
               (own != "" ? " or " own "_" : ""))
    changeable = section ~ /^\.(data|bss|tdata|tbss|ldata|lbss)/ && section !~ /^\.data\.rel\.ro/
    if (flags ~ /d/ || flags ~ /F/)
        changeable = 0
    if ((section == "*COM*" || changeable) && name !~ /^\./ && !((object ":" name) in may))
        breach("the global " name " can be changed (" section ")")
}
END { exit found }
' "$list"
