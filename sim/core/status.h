/* How a function of keasim says that it failed, and why.
 *
 * Every function that can fail returns a `kea_status` and fills the caller's `kea_error` with the
 * place (file and line of the *input*, when there is one) and a text that names the key, the value
 * found, the rule and what to do. The library never prints and never exits: `sim/cli` does. */
#ifndef KEA_CORE_STATUS_H
#define KEA_CORE_STATUS_H

/* One list: code, exit status of the program, short text. */
#define KEA_STATUS_LIST(X)                                                                         \
    X(KEA_OK, 0, "done")                                                                           \
    X(KEA_ERR_USAGE, 2, "wrong use of a command")                                                  \
    X(KEA_ERR_INPUT, 2, "wrong input")                                                             \
    X(KEA_ERR_RUN, 3, "the run failed")                                                            \
    X(KEA_ERR_MEMORY, 3, "out of memory")                                                          \
    X(KEA_ERR_NUMERIC, 3, "a calculation did not succeed")                                         \
    X(KEA_ERR_INTERNAL, 3, "an error in keasim itself")                                            \
    X(KEA_ERR_IO, 4, "cannot read or write")                                                       \
    X(KEA_ERR_INTERRUPTED, 130, "interrupted")

typedef enum kea_status {
#define KEA_STATUS_ENUM(code, exit_status, text) code,
    KEA_STATUS_LIST(KEA_STATUS_ENUM)
#undef KEA_STATUS_ENUM
} kea_status;

/* An error with its place. `file` is empty and `line` 0 when the error has no place in a file. */
typedef struct kea_error {
    kea_status code;
    int line;
    char file[512];
    char text[1024];
} kea_error;

#if defined(__GNUC__)
#define KEA_CHECKED __attribute__((warn_unused_result))
#define KEA_PRINTF(format_at, first_at) __attribute__((format(printf, format_at, first_at)))
#else
#define KEA_CHECKED
#define KEA_PRINTF(format_at, first_at)
#endif

/* Calls something that returns a kea_status; on failure goes to the function's `done:` label.
 * The function has a local `kea_status status`. */
#define KEA_TRY(call)                                                                              \
    do {                                                                                           \
        status = (call);                                                                           \
        if (status != KEA_OK)                                                                      \
            goto done;                                                                             \
    } while (0)

/* The short text of a code; "unknown status" for a number that is no code. Never NULL. */
const char *kea_status_text(kea_status status);

/* The exit status of the program for a code: 0, 2, 3, 4 or 130. */
int kea_status_exit(kea_status status);

/* Fills *err (which may be NULL) without a place and returns `code`, so that one can write
 * `return kea_error_set(err, KEA_ERR_INPUT, "...", ...)`. Texts too long are cut. */
kea_status kea_error_set(kea_error *err, kea_status code, const char *format, ...) KEA_PRINTF(3, 4);

/* The same with the place in an input file; `file` may be NULL, `line` 0. */
kea_status kea_error_at(kea_error *err, kea_status code, const char *file, int line,
                        const char *format, ...) KEA_PRINTF(5, 6);

#endif
