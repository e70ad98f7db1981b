/* side-phone-begin.h - what calls need, loaded once
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean side_phone_begin (GError **error);

G_END_DECLS
