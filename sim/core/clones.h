/* Wide instructions where the processor has them. */
#ifndef KEA_CORE_CLONES_H
#define KEA_CORE_CLONES_H

#include <stdint.h> /* so that the C library has said who it is */

/* Before a function whose loops the compiler turns into vector instructions: it is compiled for
 * several generations of x86-64 processors, and the right one is chosen when the program starts.
 * Only for functions whose result cannot depend on that: whole numbers, or doubles element by
 * element in a fixed order (there is no fused multiply-add, see CMakeLists.txt). Elsewhere, and
 * under sanitizers (which start too late for the choice), it says nothing and the function is
 * compiled once. */
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__GLIBC__) &&       \
    defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)
#define KEA_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define KEA_CLONES
#endif

#endif
