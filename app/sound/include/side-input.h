/* side-input.h - the devices sound comes from, and from a device's id to its element
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gst/gst.h>

#include "side-output.h"

G_BEGIN_DECLS

void        side_inputs_list_async  (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray  *side_inputs_list_finish (GAsyncResult *result, GError **error);

GstElement *side_input_make_source  (const char *id);
GstElement *side_output_make_sink   (const char *id);

G_END_DECLS
