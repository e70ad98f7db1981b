/* side-ami-link.h - the bytes of one connection to an Asterisk manager
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to SideAmiClient: connects, reads messages, writes what it is given,
 * until it breaks or is dropped. After either it calls nobody any more.
 */
#pragma once

#include "side-ami-client.h"

G_BEGIN_DECLS

typedef struct _SideAmiLink SideAmiLink;

/**
 * SideAmiLinkFuncs:
 * @message: the greeting or a message; may drop the link
 * @broken: it could not be opened, or it broke; the link is to be dropped
 */
typedef struct {
  void (*message) (SideAmiLink *link, SideAmiStep step, const SideAmiMessage *message, gpointer data);
  void (*broken)  (SideAmiLink *link, const GError *error, gpointer data);
} SideAmiLinkFuncs;

SideAmiLink *side_ami_link_open  (const SideAmiAddress *address, guint timeout_ms,
                                  const SideAmiLinkFuncs *funcs, gpointer data);
void         side_ami_link_write (SideAmiLink *self, const char *text);
gint64       side_ami_link_heard (SideAmiLink *self);
void         side_ami_link_drop  (SideAmiLink *self);

G_END_DECLS
