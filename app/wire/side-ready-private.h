/* side-ready-private.h - what ready scripts and ready scenarios share
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *_side_ready_language (const char *language);

G_END_DECLS
