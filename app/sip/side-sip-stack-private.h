/* side-sip-stack-private.h - what the files side-sip-stack*.c share
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one header that includes Sofia-SIP's, and only those files include it.
 */
#pragma once

#include "side-sip-stack.h"

/* The library's headers want these types named before they are read. */
#define NUA_MAGIC_T              SideSipStack
#define NUA_HMAGIC_T             SideSipLeg
#define SOFIA_EXTEND_AUTH_CLIENT 1

#include <sofia-sip/nua.h>
#include <sofia-sip/nta.h>
#include <sofia-sip/su_glib.h>
#include <sofia-sip/su_log.h>
#include <sofia-sip/su_tagarg.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/nua_tag.h>
#include <sofia-sip/tport_tag.h>
#include <sofia-sip/nta_tag.h>
#include <sofia-sip/msg_header.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_extra.h>
#include <sofia-sip/auth_common.h>
#include <sofia-sip/auth_client_plugin.h>

G_BEGIN_DECLS

typedef enum {
  LEG_CALL,
  LEG_REGISTER,
  LEG_OPTIONS,
} LegKind;

struct _SideSipStack
{
  SideSipSettings *settings;
  GInetAddress    *local;
  nua_t           *nua;
  char            *aor;          /* "sip:user@domain" */
  char            *domain_uri;   /* "sip:domain" */
  char            *contact;      /* over TLS: where the server sees us, learnt from its answers */
  char            *folder;       /* of authorities */
  guint            mark;         /* of the credentials, side-sip-stack-digest.c */
  GPtrArray       *legs;         /* SideSipLeg, not owned */
  GPtrArray       *trying;       /* msg_t to be settled when the agent is gone */
  GHashTable      *strangers;    /* nua_handle_t of calls that were declined */
  GSourceOnceFunc  closed;
  gpointer         closed_data;
  guint            limit_id;
  guint            finish_id;
  gboolean         closing;
};

struct _SideSipLeg
{
  SideSipStack   *stack;         /* NULL once that is closed */
  nua_handle_t   *nh;            /* NULL once it is let go of */
  LegKind         kind;
  SideSipLegFunc  func;          /* NULL once it is dropped */
  gpointer        data;
  GHashTable     *tried;         /* realms whose challenge was answered since the last final answer */
  gboolean        up;            /* a 2xx to the INVITE */
  gboolean        done;          /* no dialog is left to end */
  gboolean        stuck;         /* a challenge that will not be answered: the stack would wait for ever */
  gboolean        unanswerable;  /* … because it is of no kind we know */
  gboolean        ending;        /* BYE or CANCEL is given to the stack */
  gboolean        target_bad;
  char           *contact;       /* that our INVITE named, over TLS */
  gboolean        may_update;    /* the far end knows UPDATE */
  gboolean        update;        /* the open offer came in an UPDATE */
  guint           orphan_id;
  msg_t          *trying;        /* the last "100 Trying", side_sip_settle() */
};

/* side-sip-stack.c */
SideSipLeg *_side_sip_leg_new       (SideSipStack *stack, LegKind kind, SideSipLegFunc func, gpointer data);
void        _side_sip_leg_let_go    (SideSipLeg *leg);
void        _side_sip_leg_free      (SideSipLeg *leg);
void        _side_sip_stack_shut    (SideSipStack *self, int status);
guint       _side_sip_stack_late_ms (void);

/* side-sip-stack-call.c */
void        _side_sip_stack_learn   (SideSipStack *self, sip_t const *sip);
void        _side_sip_settle         (msg_t *trying);
void        _side_sip_stack_callback (nua_event_t event, int status, char const *phrase, nua_t *nua, SideSipStack *stack,
                                      nua_handle_t *nh, SideSipLeg *leg, sip_t const *sip, tagi_t tags[]);

/* side-sip-stack-digest.c */
void        _side_sip_stack_digest_install (void);
guint       _side_sip_stack_digest_add     (const char *user, SideSipSecret *secret);
void        _side_sip_stack_digest_remove  (guint mark);
gboolean    _side_sip_leg_authenticate     (SideSipLeg *leg, sip_t const *sip, gboolean *answerable);

G_END_DECLS
