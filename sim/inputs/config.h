/* A parsed configuration file: the only module that knows libconfig.
 *
 * Finding a setting marks it as read; kea_config_sweep then reports what nobody read. All errors
 * are KEA_ERR_INPUT with the place of the setting and a text that starts with its path. */
#ifndef KEA_INPUTS_CONFIG_H
#define KEA_INPUTS_CONFIG_H

#include "sim/core/status.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct kea_config kea_config;

/* A setting of a parsed file (libconfig's own struct), alive as long as its kea_config. */
typedef struct config_setting_t kea_setting;

/* Reads and parses a file with its includes. The caller frees with kea_config_free. Errors as for
 * kea_source_open, and what the parser says. */
KEA_CHECKED kea_status kea_config_open(kea_config **config, const char *path, kea_error *err);
void kea_config_free(kea_config *config); /* legal on NULL */

kea_setting *kea_config_root(const kea_config *config);

/* The place of a setting. `file` is borrowed from the config. */
void kea_config_place(const kea_config *config, const kea_setting *setting, const char **file,
                      int *line);

/* Fills *err with the setting's place and "path: " before the text; returns KEA_ERR_INPUT. */
kea_status kea_config_fail(const kea_config *config, const kea_setting *setting, kea_error *err,
                           const char *format, ...) KEA_PRINTF(4, 5);

/* Checks that the setting is a group with no other members than `names`; the text for a member that
 * is not among them suggests the nearest, or lists them. */
KEA_CHECKED kea_status kea_config_known(const kea_config *config, const kea_setting *group,
                                        size_t n, const char *const *names, kea_error *err);

/* A member of a group, marked as read; NULL when there is none. */
kea_setting *kea_config_find(const kea_setting *group, const char *name);

/* A member that must be there. `what` says what it is for: "expected 'name', <what>". */
KEA_CHECKED kea_status kea_config_need(const kea_config *config, const kea_setting *group,
                                       const char *name, const char *what, kea_setting **out,
                                       kea_error *err);

/* Element `index` of a list, or member `index` of a group (marked as read); NULL past the end. */
kea_setting *kea_config_item(const kea_setting *setting, size_t index);

/* The number of elements or members; 0 for anything else. */
size_t kea_config_length(const kea_setting *setting);

/* A member's name; NULL for an element of a list. */
const char *kea_config_name(const kea_setting *setting);

bool kea_config_is_group(const kea_setting *setting);
bool kea_config_is_list(const kea_setting *setting);
bool kea_config_is_text(const kea_setting *setting);

/* Writes what a setting is, for messages: `the number 3`, `the text "abc"`, `a list of 3`, ... */
void kea_config_describe(const kea_setting *setting, char *text, size_t size);

/* A number, whole or with a point; `whole` asks for a whole one. Nothing is converted from text. */
KEA_CHECKED kea_status kea_config_number(const kea_config *config, const kea_setting *setting,
                                         bool whole, double *out, kea_error *err);

/* A text that is not empty, borrowed from the config. */
KEA_CHECKED kea_status kea_config_text(const kea_config *config, const kea_setting *setting,
                                       const char **out, kea_error *err);

/* A required member that is a text: kea_config_need and kea_config_text. */
KEA_CHECKED kea_status kea_config_need_text(const kea_config *config, const kea_setting *group,
                                            const char *name, const char *what, const char **out,
                                            kea_error *err);

/* A required member that is a group. */
KEA_CHECKED kea_status kea_config_need_group(const kea_config *config, const kea_setting *group,
                                             const char *name, const char *what, kea_setting **out,
                                             kea_error *err);

/* Every setting must have been read; the error names the first that was not. */
KEA_CHECKED kea_status kea_config_sweep(const kea_config *config, kea_error *err);

#endif
