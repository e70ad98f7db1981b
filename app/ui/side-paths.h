/* side-paths.h - where the program's own files are
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *side_paths_find_program      (const char *name);
char *side_paths_find_build_schema (void);
char *side_paths_dup_locale_folder (void);
char *side_paths_name_server_folder (const char *kind, const char *identity);
char *side_paths_server_folder     (const char *kind, const char *identity);
char *side_paths_config_file       (const char *name);

G_END_DECLS
