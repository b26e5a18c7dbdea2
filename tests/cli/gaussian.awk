# Samples of two strategies whose net benefits are sums of normal numbers, for which the value of
# information is known in closed form: writes costs.csv, effects.csv and parameters.csv, or checks
# what keasim made of them.
#
#     awk -v what=study    -f gaussian.awk             one number matters, one is noise
#     awk -v what=check    -f gaussian.awk evsi.csv
#     awk -v what=nineteen -f gaussian.awk             19 numbers, every two with correlation 1/2
#     awk -v what=exact    -f gaussian.awk evppi.csv
#
# Of x ~ N(m, s) it is worth s L(|m| / s) to know it before choosing between x and 0, with
# L(d) = integral over z > d of (z - d) times the normal density.

# Park and Miller's generator, whose whole numbers every awk has exactly.
function uniform() {
    state = (state * 16807) % 2147483647
    return state / 2147483647
}
function normal(    u) {
    u = uniform()
    return sqrt(-2 * log(u)) * cos(6.283185307179586 * uniform())
}
# By Simpson's rule over 12 standard deviations.
function loss(d,    i, z, sum) {
    for (i = 0; i <= 400; i++) {
        z = d + i * 0.03
        sum += (i == 0 || i == 400 ? 1 : i % 2 ? 4 : 2) * (z - d) * exp(-z * z / 2)
    }
    return sum * 0.03 / 3 / 2.5066282746310002
}
function value(m, s) {
    return s > 0 ? s * loss((m < 0 ? -m : m) / s) : 0
}
function fail(text) {
    print text
    failed = 1
}
function far(a, b, least) {
    return a - b > least || b - a > least
}

# theta ~ N(0.5, 2); at 1,000 for one of effect net benefit is 1000 theta - 300 - 500 z.
function study_sample(    i, theta, z) {
    print "usual,new" > "costs.csv"
    print "usual,new" > "effects.csv"
    print "theta,z" > "parameters.csv"
    for (i = 0; i < 10000; i++) {
        theta = 0.5 + 2 * normal()
        z = normal()
        printf "100,%.9f\n", 400 + 500 * z > "costs.csv"
        printf "3,%.9f\n", 3 + theta > "effects.csv"
        printf "%.9f,%.9f\n", theta, z > "parameters.csv"
    }
}
# After n observations with SD 4 the mean of theta has SD 2 sqrt(n / (n + (4 / 2)^2)).
function evsi(n) {
    return value(200, 2000 * sqrt(n / (n + 4)))
}
# 50 decisions a year for 10 years at 3%, 20,000 and 300 an observation.
function enbs(n) {
    return 50 * (1 - 1.03 ^ -10) / log(1.03) * evsi(n) - 20000 - 300 * n
}
function nineteen_sample(    i, k, f, x, sum, row) {
    print "usual,new" > "costs.csv"
    print "usual,new" > "effects.csv"
    for (k = 1; k <= 19; k++)
        printf "p%d%s", k, k < 19 ? "," : "\n" > "parameters.csv"
    for (i = 0; i < 20000; i++) {
        f = normal()
        sum = 0
        for (k = 1; k <= 19; k++) {
            x = sqrt(0.5) * (f + normal())
            sum += weight(k) * x
            printf "%.9f%s", 10 * k + k * x, k < 19 ? "," : "\n" > "parameters.csv"
        }
        # at 2 for one of effect: 0.6 sum + 1 + 0.4 sum + 3
        printf "50,%.9f\n", 47 - 0.4 * sum > "costs.csv"
        printf "0,%.9f\n", 0.3 * sum + 0.5 > "effects.csv"
    }
}
# Of the standardised numbers in net benefit.
function weight(k) {
    return 1 + 0.1 * (k % 5)
}
# SD of E(net benefit | a set that is first .. last): covariances c with its members, whose inverse
# correlation matrix is 2 (I - q J), q = 0.5 / (1 + 0.5 (m - 1)).
function known(first, last,    k, all, c, sum, squares, m) {
    for (k = 1; k <= 19; k++)
        all += weight(k)
    for (k = first; k <= last; k++) {
        c = 0.5 * weight(k) + 0.5 * all
        sum += c
        squares += c * c
    }
    m = last - first + 1
    return sqrt(2 * (squares - 0.5 / (1 + 0.5 * (m - 1)) * sum * sum))
}

BEGIN {
    FS = ","
    state = 20240901
    if (what == "study")
        study_sample()
    if (what == "nineteen")
        nineteen_sample()
    if (what == "study" || what == "nineteen")
        exit
}

{
    sub(/\r$/, "")
}

FNR == 1 {
    for (i = 1; i <= NF; i++)
        column[$i] = i
    next
}

what == "check" {
    n = $column["size"]
    exact = evsi(n)
    error = $column["evsi_error"]
    if (far($column["evsi"], exact, 4.9 * error) || error > 0.05 * exact)
        fail("size " n ": EVSI " $column["evsi"] " (" error "), exact " exact)
    if (far($column["enbs"], enbs(n), 4.9 * $column["enbs_error"]))
        fail("size " n ": ENBS " $column["enbs"] ", exact " enbs(n))
    if ($column["study_cost"] != 20000 + 300 * n)
        fail("size " n ": costs " $column["study_cost"])
    if ($column["best"] == "best")
        best = n
    rows++
}

what == "exact" {
    set = $column["set"]
    first = last = substr(set, 2) + 0
    if (set == "p3 + p4 + p5") {
        first = 3
        last = 5
    }
    exact = value(4, known(first, last))
    if (far($column["evppi"], exact, 0.05 * exact) ||
        far($column["evppi"], exact, 4.9 * $column["evppi_error"]))
        fail(set ": EVPPI " $column["evppi"] ", exact " exact)
    rows++
}

END {
    if (what == "check") {
        for (n = 1; n <= 1000; n++)
            if (enbs(n) > enbs(top))
                top = n
        # near the best size the net benefit is flat: what is lost by the size found, not the size
        if (best == "" || enbs(best) < 0.99 * enbs(top))
            fail("best size " best ", exact " top)
        print "best size " best ", exact " top
    }
    if (what == "check" || what == "exact") {
        print rows " rows"
        exit failed || rows == 0
    }
}
