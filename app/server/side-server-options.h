/* side-server-options.h - the command line of sidetone-server
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SideServerOptions:
 * @speed: how many times faster than the wall a made-up centre lives
 * @days: days of a past to make up at the first start
 * @data: (nullable): folder of a made-up centre
 * @listen: (nullable): ADDRESS:PORT
 */
typedef struct {
  char    *config;
  gboolean check;
  gboolean simulate;
  double   speed;
  gint64   seed;
  gboolean seeded;     /* it was asked for */
  char    *listen;
  char    *data;
  int      days;
  gboolean print_ready;
  gboolean exit_with_parent;
  gboolean version;
} SideServerOptions;

gboolean side_server_options_parse (SideServerOptions *options, int *argc, char ***argv, GError **error);
gboolean side_server_options_check (const SideServerOptions *options);
void     side_server_options_clear (SideServerOptions *options);

G_END_DECLS
