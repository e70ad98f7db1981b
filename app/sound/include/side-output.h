/* side-output.h - the devices sound can be played on
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SideOutput SideOutput;

/**
 * SideOutput:
 * @id: names it from one day to the next
 * @name: for people
 */
struct _SideOutput
{
  char *id;
  char *name;
};

void       side_outputs_list_async  (GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
GPtrArray *side_outputs_list_finish (GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
