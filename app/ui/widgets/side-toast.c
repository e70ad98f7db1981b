/* side-toast.c - short sentences that go by themselves
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every toast of the program is made here: a toast's title is markup, and
 * what we show in it never is - it may hold a file's name or a server's words.
 */
#include "side-toast.h"

/**
 * side_toast_new:
 * @text: a short sentence, shown as it stands
 *
 * Returns: (transfer full): the toast, for an overlay to take
 */
AdwToast *
side_toast_new (const char *text)
{
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  escaped = g_markup_escape_text (text, -1);
  return adw_toast_new (escaped);
}
