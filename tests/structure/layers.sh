#!/usr/bin/env bash
# Checks who includes whom.
#
#     layers.sh [ROOT]
#
# 1. A folder of sim/ or models/ includes only the folders below it in the table `allowed`.
# 2. Each library of others that may be exchanged is included by one source file at most; MPI by
#    sim/engine/ranks.c.
#
# Prints every breach as file:line and ends with status 1 when there is one.
set -eu

root=${1:-$(cd "$(dirname "$0")/../.." && pwd)}
cd "$root"

# Every line with an #include as "file<TAB>line<TAB>what".
includes=$(find sim models -type f \( -name '*.c' -o -name '*.h' -o -name '*.def' \) -print0 |
    LC_ALL=C sort -z |
    xargs -0 awk '/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
        what = $0
        sub(/^[^<"]*[<"]/, "", what)
        sub(/[>"].*$/, "", what)
        print FILENAME "\t" FNR "\t" what
    }')

printf '%s\n' "$includes" | awk -F '\t' '
# The layer of a path: "core" for sim/core/rng.h, "models" for all of models/.
function layer(path,    part, n) {
    n = split(path, part, "/")
    if (part[1] == "models")
        return "models"
    return n > 2 ? part[2] : "sim"
}
function breach(text) {
    print $1 ":" $2 ": " text
    found = 1
}
BEGIN {
    # core <- inputs <- engine <- models <- cli; core <- analysis <- report <- cli; store beside
    # engine; search runs the engine again and again. The command line may include everything.
    allowed["core"] = "core"
    allowed["inputs"] = "core inputs"
    allowed["engine"] = "core inputs engine"
    allowed["store"] = "core inputs store"
    allowed["analysis"] = "core inputs analysis"
    allowed["search"] = "core inputs engine analysis search"
    allowed["report"] = "core inputs analysis report"
    allowed["models"] = "core models"
    allowed["cli"] = "core inputs engine store analysis search report models cli"
    # Of these layers models see one header each.
    allowed_file["models sim/inputs/params.h"] = 1
    allowed_file["models sim/engine/model.h"] = 1
    # Libraries of others, by how their headers begin.
    n_single = split("libconfig. sqlite3. plplot plConfig. plevent. mpi. libintl.", single, " ")
}
NF < 3 { next }
{
    from = layer($1)
    if (!(from in allowed))
        breach("the folder " from " has no place in the table of layers")
    else if ($3 ~ /^(sim|models)\//) {
        to = layer($3)
        if (index(" " allowed[from] " ", " " to " ") == 0 && !((from " " $3) in allowed_file))
            breach(from " must not include " to " (" $3 ")")
    } else if ($3 ~ /^\./ || ($3 ~ /\// && $3 ~ /(core|inputs|engine|store|analysis|search|report|cli)\//))
        breach("include from the root of the repository: " $3)
    for (i = 1; i <= n_single; i++) {
        if (index($3, single[i]) != 1)
            continue
        library = single[i] ~ /^pl/ ? "plplot" : single[i]
        if (library == "mpi." && $1 != "sim/engine/ranks.c")
            breach($3 " may be included by sim/engine/ranks.c only")
        if ($1 ~ /\.h$/)
            breach($3 " belongs in one source file, not in a header")
        else if (library in owner && owner[library] != $1)
            breach($3 " is included by " owner[library] " already; one source file may")
        else
            owner[library] = $1
    }
}
END { exit found }
'
