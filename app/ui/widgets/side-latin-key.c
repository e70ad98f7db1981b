/* side-latin-key.c - keys that mean a letter on any keyboard layout
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-latin-key.h"

/**
 * side_latin_key:
 * @widget: where it was pressed
 * @keyval: what it means in the layout that is in use
 * @keycode: which key it is
 *
 * Returns: for a letter of another alphabet the Latin one that lies on the same
 *   key in a layout of the person's; a Latin letter in lower case; else @keyval
 */
guint
side_latin_key (GtkWidget *widget,
                guint      keyval,
                guint      keycode)
{
  g_autofree GdkKeymapKey *keys = NULL;
  g_autofree guint *keyvals = NULL;
  int n_keys = 0;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), keyval);

  if (gdk_keyval_to_unicode (keyval) < 0x80
      || !gdk_display_map_keycode (gtk_widget_get_display (widget), keycode, &keys, &keyvals, &n_keys))
    return gdk_keyval_to_lower (keyval);
  for (int i = 0; i < n_keys; i++)
    if (keys[i].level == 0 && keyvals[i] >= GDK_KEY_a && keyvals[i] <= GDK_KEY_z)
      return keyvals[i];
  return keyval;
}
