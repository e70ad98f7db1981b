/* side-export-format.c - which file names stand for which formats
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-export.h"

#include <string.h>

static const char *const suffixes[] = { "wav", "flac", "mp3", "opus" };

/**
 * side_export_format_suffix:
 * @format: a format
 *
 * Returns: what file names end with, without the dot
 */
const char *
side_export_format_suffix (SideExportFormat format)
{
  g_return_val_if_fail (format < G_N_ELEMENTS (suffixes), NULL);
  return suffixes[format];
}

/**
 * side_export_format_of:
 * @path: a file name
 * @format: (out): the format its ending stands for
 *
 * Returns: whether it is one we write
 */
gboolean
side_export_format_of (const char       *path,
                       SideExportFormat *format)
{
  const char *dot = strrchr (path, '.');

  for (gsize i = 0; dot != NULL && i < G_N_ELEMENTS (suffixes); i++)
    if (g_ascii_strcasecmp (dot + 1, suffixes[i]) == 0)
      {
        *format = (SideExportFormat) i;
        return TRUE;
      }
  return FALSE;
}
