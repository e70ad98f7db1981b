/* side-sip-account-private.h - an account's inside
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shared by side-sip-account.c (what is seen of it, its calls, closing) and
 * side-sip-account-state.c (how it comes online, and back).
 */
#pragma once

#include "side-sip-call-private.h"

G_BEGIN_DECLS

enum {
  PROP_0,
  PROP_SETTINGS,
  PROP_CLOCK,
  PROP_STATE,
  PROP_REASON,
  PROP_RETRY_AT_MS,
  PROP_N_CALLS,
  PROP_SERVER,
  PROP_LOCAL,
  N_PROPS,
};

extern GParamSpec *_side_sip_account_props[N_PROPS];

struct _SideSipAccount
{
  GObject              parent_instance;
  SideSipSettings     *settings;
  SideSipSecret       *secret;
  SideClock           *clock;
  SideSipAccountState  state;
  GError              *reason;
  gint64               retry_at_ms;
  GPtrArray           *calls;          /* SideSipCall, that have not ended */
  GInetSocketAddress  *server;
  GInetAddress        *local;

  /* side-sip-account-state.c */
  GCancellable        *attempt;
  GList               *addresses;      /* GInetSocketAddress, still to be tried */
  GError              *first_error;    /* of those that were */
  SideSipStack        *stack;
  GSList              *retired;        /* stacks that broke while calls stood on them */
  SideSipLeg          *registration;
  SideSipLeg          *probe;          /* a question in its stead, over TLS */
  gboolean             registered;
  guint                limit_id;       /* of the registration's answer */
  guint                retry_id;
  guint                n_failures;
  gulong               network_id;

  /* closing */
  GSList              *closing;        /* GTask, who waits for it */
  guint                close_id;
  guint                n_closing;      /* stacks that are on their way */
};

/* side-sip-account-state.c */
void _side_sip_account_set_state    (SideSipAccount *self, SideSipAccountState state);
void _side_sip_account_connect      (SideSipAccount *self);
void _side_sip_account_stop         (SideSipAccount *self);
void _side_sip_account_let_go       (SideSipAccount *self);
void _side_sip_account_calls_over   (SideSipAccount *self);
void _side_sip_account_watch_network (SideSipAccount *self);

/* side-sip-account.c */
void _side_sip_account_check_closed (SideSipAccount *self);

G_END_DECLS
