/* side-output-private.h - from a device's id to a sink
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gst/gst.h>

#include "side-output.h"

G_BEGIN_DECLS

GstElement *side_output_make_sink (const char *id);

G_END_DECLS
