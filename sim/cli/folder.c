/* Making and naming run folders. */
#include "sim/cli/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char UNFINISHED[] = ".unfinished";
static const char LOCK[] = "lock";

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

kea_status kea_folder_name(kea_folder *folder, const char *wanted, kea_error *err)
{
    char name[KEA_FOLDER_PATH];
    (void)snprintf(name, sizeof name, "%s", wanted);
    size_t length = strlen(name);
    while (length > 1 && name[length - 1] == '/')
        name[--length] = '\0';
    if (set_names(folder, name))
        return KEA_OK;
    return kea_error_set(err, KEA_ERR_USAGE, "the name of the output folder is too long");
}

kea_status kea_folder_number(kea_folder *folder, const char *into, const char *scenario, int n,
                             kea_error *err)
{
    char name[KEA_FOLDER_PATH];
    const char *base = strrchr(scenario, '/');
    base = base ? base + 1 : scenario;
    const char *dot = strrchr(base, '.');
    int length = dot && dot != base ? (int)(dot - base) : (int)strlen(base);
    (void)snprintf(name, sizeof name, "%s/%.*s-%d", into, length < 200 ? length : 200, base, n);
    return kea_folder_name(folder, name, err);
}

/* Makes a folder that may be there already. */
static kea_status need_dir(const char *path, kea_error *err)
{
    return exists(path) ? KEA_OK : make_dir(path, err);
}

static kea_status need_parts(const kea_folder *folder, kea_error *err)
{
    kea_status status = KEA_OK;
    char path[KEA_FOLDER_PATH];
    KEA_TRY(kea_folder_file(folder, "tables", path, err));
    KEA_TRY(need_dir(path, err));
    KEA_TRY(kea_folder_file(folder, "figures", path, err));
    KEA_TRY(need_dir(path, err));
done:
    return status;
}

static kea_status refuse_finished(const kea_folder *folder, kea_error *err)
{
    return kea_error_at(err, KEA_ERR_USAGE, folder->name, 0,
                        "the output folder exists already; a run is never overwritten: remove it "
                        "or choose another name");
}

static kea_status refuse_used(const kea_folder *folder, const struct flock *by, kea_error *err)
{
    if (by->l_type != F_UNLCK && by->l_pid > 0)
        return kea_error_at(err, KEA_ERR_USAGE, folder->working, 0,
                            "another keasim (process %ld) is at work there; wait for it, or choose "
                            "another folder",
                            (long)by->l_pid);
    return kea_error_at(err, KEA_ERR_USAGE, folder->working, 0,
                        "another keasim is at work there; wait for it, or choose another folder");
}

/* Locks the folder for as long as this process lives: the system itself lets go of a lock of a
 * process that died, on network disks too. */
static kea_status take_lock(kea_folder *folder, kea_error *err)
{
    char path[KEA_FOLDER_PATH];
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    struct stat opened, there;
    kea_status status = kea_folder_file(folder, LOCK, path, err);
    if (status != KEA_OK)
        return status;
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0)
        return kea_error_at(err, KEA_ERR_IO, path, 0, "cannot be written: %s", strerror(errno));
    if (fcntl(file, F_SETLK, &whole) != 0) {
        bool used = errno == EACCES || errno == EAGAIN;
        const char *reason = strerror(errno);
        if (used && fcntl(file, F_GETLK, &whole) != 0)
            whole.l_pid = 0;
        (void)close(file);
        return used ? refuse_used(folder, &whole, err)
                    : kea_error_at(err, KEA_ERR_IO, path, 0, "cannot be locked: %s", reason);
    }
    /* who had it before may have finished the run between opening and locking */
    if (fstat(file, &opened) != 0 || stat(path, &there) != 0 || opened.st_ino != there.st_ino) {
        (void)close(file);
        return refuse_finished(folder, err);
    }
    folder->lock = file;
    return KEA_OK;
}

kea_status kea_folder_enter(kea_folder *folder, int *is_new, kea_error *err)
{
    *is_new = 0;
    if (exists(folder->name))
        return refuse_finished(folder, err);
    kea_status status = KEA_OK;
    if (!exists(folder->working)) {
        KEA_TRY(make_dir(folder->working, err));
        *is_new = 1;
    }
    KEA_TRY(take_lock(folder, err));
    KEA_TRY(need_parts(folder, err));
done:
    return status;
}

void kea_folder_leave(kea_folder *folder)
{
    if (folder->lock > 0)
        (void)close(folder->lock);
    folder->lock = 0;
}

/* The first of outputs/STEM-1, outputs/STEM-2, ... that is not there. */
static kea_status choose(kea_folder *folder, const char *scenario, kea_error *err)
{
    kea_status status = KEA_OK;
    KEA_TRY(need_dir("outputs", err));
    for (int n = 1; n < 1000000; n++) {
        KEA_TRY(kea_folder_number(folder, "outputs", scenario, n, err));
        if (is_free(folder))
            return KEA_OK;
    }
    status = kea_error_set(err, KEA_ERR_IO, "no free name for a run in outputs/");
done:
    return status;
}

kea_status kea_folder_make(kea_folder *folder, const char *wanted, const char *scenario,
                           kea_error *err)
{
    kea_status status = KEA_OK;
    folder->lock = 0;
    if (wanted)
        KEA_TRY(kea_folder_name(folder, wanted, err));
    else
        KEA_TRY(choose(folder, scenario, err));
    if (!is_free(folder))
        return kea_error_at(err, KEA_ERR_USAGE, folder->name, 0,
                            "the output folder (or %s%s) exists already; a run is never "
                            "overwritten: remove it or choose another name",
                            folder->name, UNFINISHED);
    KEA_TRY(make_dir(folder->working, err));
    KEA_TRY(need_parts(folder, err));
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

/* Removes the lock file of a folder, and lets go of the lock. */
static void drop_lock(kea_folder *folder, const char *of)
{
    char path[KEA_FOLDER_PATH + 16];
    (void)snprintf(path, sizeof path, "%s/%s", of, LOCK);
    if (folder->lock > 0)
        (void)unlink(path);
    kea_folder_leave(folder);
}

static kea_status write_text(const char *path, const char *text, kea_error *err)
{
    FILE *file = fopen(path, "w");
    int failed = !file || fputs(text, file) == EOF;
    if (file && fclose(file) != 0)
        failed = 1;
    if (!failed)
        return KEA_OK;
    return kea_error_at(err, KEA_ERR_IO, path, 0, "cannot be written: %s", strerror(errno));
}

kea_status kea_folder_scenario(const kea_folder *folder, const kea_problem *problem, kea_error *err)
{
    kea_status status = KEA_OK;
    char path[KEA_FOLDER_PATH], name[KEA_MAX_NAME + 5];
    char *list = NULL;
    KEA_TRY(kea_folder_file(folder, "scenario.cfg", path, err));
    KEA_TRY(write_text(path, problem->text, err));
    KEA_TRY(kea_problem_list_file(problem, name, &list, err));
    if (!list)
        goto done;
    KEA_TRY(kea_folder_file(folder, name, path, err));
    KEA_TRY(write_text(path, list, err));
done:
    free(list);
    return status;
}

kea_status kea_folder_finish(kea_folder *folder, kea_error *err)
{
    if (rename(folder->working, folder->name) != 0)
        return kea_error_at(err, KEA_ERR_IO, folder->working, 0,
                            "the complete run cannot be renamed to %s: %s", folder->name,
                            strerror(errno));
    drop_lock(folder, folder->name);
    return KEA_OK;
}

void kea_folder_drop(kea_folder *folder)
{
    static const char *const names[] = {"tables", "figures"};
    char path[KEA_FOLDER_PATH];
    kea_error err;
    for (int i = 0; i < 2; i++)
        if (kea_folder_file(folder, names[i], path, &err) == KEA_OK)
            (void)rmdir(path);
    drop_lock(folder, folder->working);
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
