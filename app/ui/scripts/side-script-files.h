/* side-script-files.h - scripts from files and into files
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-script.h"

G_BEGIN_DECLS

/* @draft: (transfer none) (nullable): what was read; @words: (nullable): why not, or what was done */
typedef void (*SideScriptFilesDone) (GtkWidget *widget, SideScript *draft, const char *words);

void        side_script_files_export (GtkWidget *widget, const SideScript *script, const char *format,
                                      SideScriptFilesDone done);
void        side_script_files_save   (GtkWidget *widget, const char *title, const char *name, char *text,
                                      SideScriptFilesDone done);
void        side_script_files_import (GtkWidget *widget, const char *project, SideScriptFilesDone done);
char       *side_script_files_print  (const SideScript *script, const char *format);
SideScript *side_script_files_parse  (const char *name, const char *text, gsize len, const char *project, char **words);

G_END_DECLS
