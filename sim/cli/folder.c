/* Making and naming run folders. */
#include "sim/cli/folder.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char UNFINISHED[] = ".unfinished";

static kea_status make_dir(const char *path, kea_error *err)
{
    if (mkdir(path, 0777) == 0)
        return KEA_OK;
    return kea_error_at(err, KEA_ERR_IO, path, 0,
                        "the folder cannot be made: %s; choose a place "
                        "where you may write with --output",
                        strerror(errno));
}

static int exists(const char *path)
{
    return access(path, F_OK) == 0;
}

/* Sets name and working name; false when they are too long. */
static int set_names(kea_folder *folder, const char *name)
{
    int a = snprintf(folder->name, sizeof folder->name, "%s", name);
    int b = snprintf(folder->working, sizeof folder->working, "%s%s", name, UNFINISHED);
    return a > 0 && b > 0 && (size_t)b < sizeof folder->working - 256;
}

static int is_free(const kea_folder *folder)
{
    return !exists(folder->name) && !exists(folder->working);
}

/* outputs/STEM-1, outputs/STEM-2, ... */
static kea_status choose(kea_folder *folder, const char *scenario, kea_error *err)
{
    const char *base = strrchr(scenario, '/');
    base = base ? base + 1 : scenario;
    const char *dot = strrchr(base, '.');
    int length = dot && dot != base ? (int)(dot - base) : (int)strlen(base);
    if (!exists("outputs")) {
        kea_status status = make_dir("outputs", err);
        if (status != KEA_OK)
            return status;
    }
    for (int n = 1; n < 1000000; n++) {
        char name[1024];
        (void)snprintf(name, sizeof name, "outputs/%.*s-%d", length < 200 ? length : 200, base, n);
        if (set_names(folder, name) && is_free(folder))
            return KEA_OK;
    }
    return kea_error_set(err, KEA_ERR_IO, "no free name for a run in outputs/");
}

kea_status kea_folder_make(kea_folder *folder, const char *wanted, const char *scenario,
                           kea_error *err)
{
    kea_status status = KEA_OK;
    char path[KEA_FOLDER_PATH];
    if (!wanted) {
        KEA_TRY(choose(folder, scenario, err));
    } else {
        char name[KEA_FOLDER_PATH];
        (void)snprintf(name, sizeof name, "%s", wanted);
        size_t length = strlen(name);
        while (length > 1 && name[length - 1] == '/')
            name[--length] = '\0';
        if (!set_names(folder, name))
            return kea_error_set(err, KEA_ERR_USAGE, "the name of the output folder is too long");
        if (!is_free(folder))
            return kea_error_at(err, KEA_ERR_USAGE, name, 0,
                                "the output folder (or %s%s) exists already; a run is never "
                                "overwritten: remove it or choose another name",
                                name, UNFINISHED);
    }
    KEA_TRY(make_dir(folder->working, err));
    KEA_TRY(kea_folder_file(folder, "tables", path, err));
    KEA_TRY(make_dir(path, err));
    KEA_TRY(kea_folder_file(folder, "figures", path, err));
    KEA_TRY(make_dir(path, err));
done:
    return status;
}

kea_status kea_folder_file(const kea_folder *folder, const char *name, char *path, kea_error *err)
{
    int length = snprintf(path, KEA_FOLDER_PATH, "%s/%s", folder->working, name);
    if (length > 0 && length < KEA_FOLDER_PATH)
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_IO, "the path %s/%s is too long", folder->working, name);
}

kea_status kea_folder_finish(const kea_folder *folder, kea_error *err)
{
    if (rename(folder->working, folder->name) == 0)
        return KEA_OK;
    return kea_error_at(err, KEA_ERR_IO, folder->working, 0,
                        "the complete run cannot be renamed to %s: %s", folder->name,
                        strerror(errno));
}

void kea_folder_drop(const kea_folder *folder)
{
    static const char *const names[] = {"tables", "figures"};
    char path[KEA_FOLDER_PATH];
    kea_error err;
    for (int i = 0; i < 2; i++)
        if (kea_folder_file(folder, names[i], path, &err) == KEA_OK)
            (void)rmdir(path);
    (void)rmdir(folder->working);
}

int kea_folder_print(const kea_folder *folder, const char *name)
{
    char path[KEA_FOLDER_PATH + 64];
    char line[1024];
    (void)snprintf(path, sizeof path, "%s/%s", folder->name, name);
    FILE *file = fopen(path, "r");
    if (!file)
        return kea_status_exit(KEA_ERR_IO);
    while (fgets(line, sizeof line, file))
        (void)fputs(line, stdout);
    (void)fclose(file);
    return fflush(stdout) == 0 ? 0 : kea_status_exit(KEA_ERR_IO);
}
