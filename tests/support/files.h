/* A folder of its own for a test, and files in it. */
#ifndef KEA_TESTS_SUPPORT_FILES_H
#define KEA_TESTS_SUPPORT_FILES_H

#include "tests/support/support.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES_PATH = 512 };

/* Makes an empty folder below $TMPDIR or /tmp; `folder` has room for FILES_PATH. */
static inline void files_open(char *folder)
{
    const char *base = getenv("TMPDIR");
    int length =
        snprintf(folder, FILES_PATH, "%s/keasim-test-XXXXXX", base && base[0] ? base : "/tmp");
    assert_in_range(length, 1, FILES_PATH - 1);
    assert_non_null(mkdtemp(folder));
}

/* Removes a folder with everything in it. */
static inline void files_close(const char *folder)
{
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        char path[2 * FILES_PATH];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        int length = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        assert_in_range(length, 1, sizeof path - 1);
        if (unlink(path) != 0)
            files_close(path);
    }
    (void)closedir(dir);
    (void)rmdir(folder);
}

/* Writes `folder/name` (making folders as needed) and gives its path in `path[FILES_PATH]`. */
static inline void files_write(const char *folder, const char *name, const char *text, char *path)
{
    int length = snprintf(path, FILES_PATH, "%s/%s", folder, name);
    assert_in_range(length, 1, FILES_PATH - 1);
    for (char *slash = strchr(path + strlen(folder) + 1, '/'); slash;
         slash = strchr(slash + 1, '/')) {
        *slash = 0;
        (void)mkdir(path, 0777);
        *slash = '/';
    }
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(text, 1, strlen(text), stream), strlen(text));
    assert_int_equal(fclose(stream), 0);
}

#endif
