/* side-error.c - the one error domain that crosses layers
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-error.h"

#include <gio/gio.h>

G_DEFINE_QUARK (side-error-quark, side_error)

gboolean
side_error_is_cancelled (const GError *error)
{
  return g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CANCELLED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}
