/* side-rule.c - what the rules of who may write what have in common
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-rule-private.h"

#include "side-error.h"

/* _side_rule_refuse: sets SIDE_ERROR_FORBIDDEN. Returns: FALSE */
gboolean
_side_rule_refuse (GError     **error,
                   const char  *format,
                   ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (SIDE_ERROR, SIDE_ERROR_FORBIDDEN, format, args);
  va_end (args);
  return FALSE;
}

/* _side_rule_same: NULL is the same as NULL alone */
gboolean
_side_rule_same (const char *a,
                 const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* _side_rule_is_blank: whether there is nothing to read in it */
gboolean
_side_rule_is_blank (const char *text)
{
  for (; text != NULL && *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}
