/* libconfig behind typed getters with exact messages; see config.h. */
#include "sim/inputs/config.h"

#include "sim/core/memory.h"
#include "sim/inputs/params.h"
#include "sim/inputs/source.h"

#include <libconfig.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct kea_config {
    kea_source source;
    config_t parsed;
};

/* The hook of a setting that was read points to the setting itself, of others nowhere. */
static void mark(kea_setting *setting)
{
    config_setting_set_hook(setting, setting);
}

void kea_config_free(kea_config *config)
{
    if (!config)
        return;
    config_destroy(&config->parsed);
    kea_source_free(&config->source);
    free(config);
}

kea_status kea_config_open(kea_config **config, const char *path, kea_error *err)
{
    kea_status status = KEA_OK;
    void *block = NULL;
    *config = NULL;
    KEA_TRY(kea_memory_new(&block, 1, sizeof **config, err));
    *config = block;
    config_init(&(*config)->parsed);
    KEA_TRY(kea_source_open(&(*config)->source, path, err));
    if (!config_read_string(&(*config)->parsed, (*config)->source.text)) {
        const char *file;
        int line;
        kea_source_place(&(*config)->source, config_error_line(&(*config)->parsed), &file, &line);
        status = kea_error_at(err, KEA_ERR_INPUT, file, line,
                              "%s: this line cannot be understood; look for a missing '=', ';', ','"
                              " or quote here and on the line before",
                              config_error_text(&(*config)->parsed));
    }
done:
    if (status != KEA_OK) {
        kea_config_free(*config);
        *config = NULL;
    }
    return status;
}

kea_setting *kea_config_root(const kea_config *config)
{
    return config_root_setting(&config->parsed);
}

void kea_config_place(const kea_config *config, const kea_setting *setting, const char **file,
                      int *line)
{
    if (config_setting_is_root(setting)) {
        *file = config->source.files[0];
        *line = 1;
    } else {
        kea_source_place(&config->source, (int)config_setting_source_line(setting), file, line);
    }
}

/* Writes "parameters.students.value[2]" and returns its length, as far as it fits. */
static size_t write_path(const kea_setting *setting, char *text, size_t size)
{
    text[0] = 0;
    if (config_setting_is_root(setting))
        return 0;
    size_t used = write_path(config_setting_parent(setting), text, size);
    const char *name = config_setting_name(setting);
    if (name)
        (void)snprintf(text + used, size - used, "%s%s", used > 0 ? "." : "", name);
    else
        (void)snprintf(text + used, size - used, "[%d]", config_setting_index(setting) + 1);
    return strlen(text);
}

kea_status kea_config_fail(const kea_config *config, const kea_setting *setting, kea_error *err,
                           const char *format, ...)
{
    const char *file;
    int line;
    char path[256], text[768];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    for (char *c = text; *c; c++) { /* a message is one line, whatever a text of the file holds */
        if ((unsigned char)*c < 0x20)
            *c = ' ';
    }
    size_t length = write_path(setting, path, sizeof path);
    kea_config_place(config, setting, &file, &line);
    return kea_error_at(err, KEA_ERR_INPUT, file, line, "%s%s%s", path, length > 0 ? ": " : "",
                        text);
}

size_t kea_config_length(const kea_setting *setting)
{
    return config_setting_is_aggregate(setting) ? (size_t)config_setting_length(setting) : 0;
}

kea_setting *kea_config_item(const kea_setting *setting, size_t index)
{
    kea_setting *item = config_setting_get_elem(setting, (unsigned)index);
    if (item)
        mark(item);
    return item;
}

const char *kea_config_name(const kea_setting *setting)
{
    return config_setting_name(setting);
}

bool kea_config_is_group(const kea_setting *setting)
{
    return config_setting_is_group(setting);
}

bool kea_config_is_list(const kea_setting *setting)
{
    return config_setting_is_list(setting) || config_setting_is_array(setting);
}

bool kea_config_is_text(const kea_setting *setting)
{
    return config_setting_type(setting) == CONFIG_TYPE_STRING;
}

/* A real number keeps its point, so that a person sees why it is no whole one. */
static void describe_real(double number, char *text, size_t size)
{
    char digits[40];
    (void)snprintf(digits, sizeof digits, "%.12g", number);
    (void)snprintf(text, size, "the number %s%s", digits, strpbrk(digits, ".e") ? "" : ".0");
}

void kea_config_describe(const kea_setting *setting, char *text, size_t size)
{
    switch (config_setting_type(setting)) {
    case CONFIG_TYPE_GROUP:
        (void)snprintf(text, size, "a group { }");
        break;
    case CONFIG_TYPE_INT:
        (void)snprintf(text, size, "the number %d", config_setting_get_int(setting));
        break;
    case CONFIG_TYPE_FLOAT:
        describe_real(config_setting_get_float(setting), text, size);
        break;
    case CONFIG_TYPE_STRING:
        (void)snprintf(text, size, "the text \"%.60s\"", config_setting_get_string(setting));
        break;
    case CONFIG_TYPE_BOOL:
        (void)snprintf(text, size, "%s", config_setting_get_bool(setting) ? "true" : "false");
        break;
    default:
        (void)snprintf(text, size, "a list of %zu", kea_config_length(setting));
        break;
    }
}

/* The names as "a, b, c", as far as they fit. */
static void join_names(size_t n, const char *const *names, char *text, size_t size)
{
    size_t used = 0;
    text[0] = 0;
    for (size_t i = 0; i < n && used + 1 < size; i++) {
        (void)snprintf(text + used, size - used, "%s%s", i > 0 ? ", " : "", names[i]);
        used = strlen(text);
    }
}

static kea_status unknown(const kea_config *config, const kea_setting *setting, size_t n,
                          const char *const *names, kea_error *err)
{
    enum { NAMES_WORTH_LISTING = 16 };
    char list[512];
    const char *nearest = kea_param_nearest(config_setting_name(setting), n, names);
    if (nearest)
        return kea_config_fail(config, setting, err, "unknown key; did you mean '%s'?", nearest);
    if (n > NAMES_WORTH_LISTING)
        return kea_config_fail(config, setting, err,
                               "unknown key, and no known one is like it; 'keasim describe' lists "
                               "the parameters");
    join_names(n, names, list, sizeof list);
    return kea_config_fail(config, setting, err, "unknown key; expected one of: %s", list);
}

static bool is_among(const char *name, size_t n, const char *const *names)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(name, names[i]) == 0)
            return true;
    }
    return false;
}

kea_status kea_config_known(const kea_config *config, const kea_setting *group, size_t n,
                            const char *const *names, kea_error *err)
{
    char found[128];
    if (!kea_config_is_group(group)) {
        kea_config_describe(group, found, sizeof found);
        return kea_config_fail(config, group, err, "expected a group { ... }, found %s", found);
    }
    for (size_t i = 0; i < kea_config_length(group); i++) {
        const kea_setting *member = config_setting_get_elem(group, (unsigned)i);
        if (!is_among(config_setting_name(member), n, names))
            return unknown(config, member, n, names, err);
    }
    return KEA_OK;
}

kea_setting *kea_config_find(const kea_setting *group, const char *name)
{
    kea_setting *member = config_setting_get_member(group, name);
    if (member)
        mark(member);
    return member;
}

kea_status kea_config_need(const kea_config *config, const kea_setting *group, const char *name,
                           const char *what, kea_setting **out, kea_error *err)
{
    *out = kea_config_find(group, name);
    if (*out)
        return KEA_OK;
    return kea_config_fail(config, group, err, "'%s' is missing: %s", name, what);
}

kea_status kea_config_number(const kea_config *config, const kea_setting *setting, bool whole,
                             double *out, kea_error *err)
{
    char found[128];
    if (config_setting_type(setting) == CONFIG_TYPE_INT) {
        *out = config_setting_get_int(setting);
        return KEA_OK;
    }
    if (config_setting_type(setting) == CONFIG_TYPE_FLOAT && !whole) {
        *out = config_setting_get_float(setting);
        return KEA_OK;
    }
    kea_config_describe(setting, found, sizeof found);
    return kea_config_fail(config, setting, err, "expected a %s, found %s",
                           whole ? "whole number without a decimal point" : "number", found);
}

kea_status kea_config_text(const kea_config *config, const kea_setting *setting, const char **out,
                           kea_error *err)
{
    char found[128];
    if (!kea_config_is_text(setting)) {
        kea_config_describe(setting, found, sizeof found);
        return kea_config_fail(config, setting, err, "expected a text between quotes, found %s",
                               found);
    }
    *out = config_setting_get_string(setting);
    if (!*out || (*out)[strspn(*out, " \t\r\n")] == 0)
        return kea_config_fail(config, setting, err,
                               "expected a text, found an empty one; fill it in");
    return KEA_OK;
}

kea_status kea_config_need_text(const kea_config *config, const kea_setting *group,
                                const char *name, const char *what, const char **out,
                                kea_error *err)
{
    kea_setting *setting = NULL;
    kea_status status = kea_config_need(config, group, name, what, &setting, err);
    return status == KEA_OK ? kea_config_text(config, setting, out, err) : status;
}

kea_status kea_config_need_group(const kea_config *config, const kea_setting *group,
                                 const char *name, const char *what, kea_setting **out,
                                 kea_error *err)
{
    char found[128];
    kea_status status = kea_config_need(config, group, name, what, out, err);
    if (status != KEA_OK || kea_config_is_group(*out))
        return status;
    kea_config_describe(*out, found, sizeof found);
    return kea_config_fail(config, *out, err, "expected a group { ... }, found %s", found);
}

/* The first setting below `setting` that nobody read, or NULL. */
static const kea_setting *unread(const kea_setting *setting)
{
    for (size_t i = 0; i < kea_config_length(setting); i++) {
        const kea_setting *member = config_setting_get_elem(setting, (unsigned)i);
        if (!config_setting_get_hook(member))
            return member;
        const kea_setting *below = unread(member);
        if (below)
            return below;
    }
    return NULL;
}

kea_status kea_config_sweep(const kea_config *config, kea_error *err)
{
    const kea_setting *setting = unread(kea_config_root(config));
    if (!setting)
        return KEA_OK;
    return kea_config_fail(config, setting, err, "is not used here; remove it");
}
