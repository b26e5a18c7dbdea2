/* The discounted number of decisions. */
#include "sim/analysis/population.h"

#include <math.h>
#include <stddef.h>

/* Present value of 1 a year that comes evenly until year `years`. expm1 and log1p lose no digits
 * for small rates. */
static double annuity(double years, double rate)
{
    double force = log1p(rate);
    return force == 0.0 ? years : -expm1(-force * years) / force;
}

kea_status kea_population_size(double *size, const kea_population *population, kea_error *err)
{
    const struct {
        const char *name, *rule;
        double value;
        int valid;
    } numbers[] = {
        {"number concerned at once", "0 or more", population->at_start, population->at_start >= 0},
        {"number per year", "0 or more", population->per_year, population->per_year >= 0},
        {"horizon in years", "0 or more", population->horizon_years,
         population->horizon_years >= 0},
        {"discount rate", "above -1", population->discount_rate, population->discount_rate > -1},
        {"delay in years", "0 or more", population->delay_years, population->delay_years >= 0},
        {"number that one net benefit covers", "above 0", population->covers,
         population->covers > 0},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (!numbers[i].valid || !isfinite(numbers[i].value))
            return kea_error_set(err, KEA_ERR_INPUT,
                                 "population of the decision: the %s is %g; it must be %s",
                                 numbers[i].name, numbers[i].value, numbers[i].rule);
    double from = fmin(population->delay_years, population->horizon_years);
    double flow =
        population->per_year * (annuity(population->horizon_years, population->discount_rate) -
                                annuity(from, population->discount_rate));
    double stock = population->delay_years == 0.0 ? population->at_start : 0.0;
    *size = (stock + flow) / population->covers;
    return KEA_OK;
}
