#!/usr/bin/env bash
# Follows models/WRITING_A_MODEL.md to the letter, in a copy of the sources: makes the files that it
# prints, adds the lines that it says, runs the commands that it gives, and sees that the model is
# there and gives its answer.
#
#     run.sh [SOURCES]
#
# What a block of code is for stands in the line above it:
#     `FILE`:                            the file has just this in it
#     In `FILE`, above `LINE`, add:      these lines go above the first line that is LINE
# and blocks marked sh are commands. Other blocks are not followed.
set -eu

root=${1:-$(cd "$(dirname "$0")/../.." && pwd)}
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
copy=$temp/keasim
mkdir "$copy"
for part in CMakeLists.txt CMakePresets.json CHANGELOG.md LICENSE README.md models scenarios scripts \
    sim tests; do
    cp -R "$root/$part" "$copy"
done
cd "$copy"

# Every block as a file $temp/NUMBER, and in $temp/steps: what, NUMBER, FILE, LINE, by tabs.
awk -v temp="$temp" '
/^```/ && !inside {
    inside = 1
    n++
    block = temp "/" n
    printf "" >block
    if ($0 == "```sh")
        what = "run"
    print what "\t" n "\t" file "\t" line >(temp "/steps")
    next
}
/^```/ {
    inside = 0
    close(block)
    what = file = line = ""
    next
}
inside { print >block; next }
/^`[^`]*`:$/ {
    split($0, part, "`")
    what = "make"
    file = part[2]
    next
}
/^In `[^`]*`, above `[^`]*`, add:$/ {
    split($0, part, "`")
    what = "add"
    file = part[2]
    line = part[4]
    next
}
{ what = file = line = "" }
' models/WRITING_A_MODEL.md

# add BLOCK FILE LINE
add() {
    awk -v block="$1" -v line="$3" '
        !done && $0 == line {
            while ((getline text <block) > 0)
                print text
            done = 1
        }
        { print }
        END { exit !done }' "$2" >"$temp/changed" || {
        echo "$2 has no line '$3', which the guide names"
        exit 1
    }
    cp "$temp/changed" "$2"
}

made=0
runs=0
while IFS=$'\x1f' read -r what number file line; do
    case $what in
    make)
        if [ -e "$file" ]; then
            echo "the guide makes $file, which is there already"
            exit 1
        fi
        mkdir -p "$(dirname "$file")"
        cp "$temp/$number" "$file"
        made=$((made + 1))
        ;;
    add) add "$temp/$number" "$file" "$line" ;;
    run)
        runs=$((runs + 1))
        bash -eu "$temp/$number" >"$temp/log" 2>&1 || {
            echo "a command of the guide fails:"
            cat "$temp/$number"
            tail -50 "$temp/log"
            exit 1
        }
        cat "$temp/log" >>"$temp/all"
        ;;
    esac
done < <(tr '\t' '\037' <"$temp/steps")

# seen PATTERN: the commands have printed it.
seen() {
    if ! grep -q -- "$1" "$temp/all"; then
        echo "the guide's commands did not print '$1'"
        exit 1
    fi
}
if [ "$made" -lt 8 ] || [ "$runs" -lt 1 ]; then
    echo "only $made files and $runs blocks of commands were found in the guide"
    exit 1
fi
seen 'model.illness .*Passed'
seen 'model.every_model .*Passed'
seen 'model.metamorphic .*Passed'
seen 'A drug against an illness'
seen 'the drug (with_drug)'
