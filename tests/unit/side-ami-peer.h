/* side-ami-peer.h - a scripted Asterisk manager, polite or rude
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The peer runs in a thread of its own with plain blocking sockets, so that it
 * can be as rude as a network is: silent, cut off, talking nonsense. It knows
 * the user "sidetone" with the secret "geheim".
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  PEER_POLITE,
  PEER_SILENT,        /* accepts, says nothing */
  PEER_NONSENSE,      /* is no manager */
  PEER_NO_PONG,       /* signs in, answers nothing afterwards */
  PEER_HANGS_UP,      /* closes after the sign-in */
  PEER_FLOOD,         /* a line over the bound after the sign-in */
  PEER_PLAYS,         /* after QueueStatus: the next of what it was given, then closes */
} SideAmiPeerKind;

/**
 * SideAmiPeer:
 * @queues: (nullable): the items of its answer to QueueStatus
 * @plays: (nullable) (array zero-terminated): what PEER_PLAYS sends, one for each
 *   connection; those after the last stay open
 * @commands: (nullable): lines of its answer to ListCommands
 * @replies: (nullable) (array zero-terminated): beginnings of an action and what
 *   is answered to it, in turn; "@" stands for the ActionID, "" is no answer
 */
typedef struct {
  SideAmiPeerKind  kind;
  const char      *queues;
  const char * const *plays;
  const char      *commands;
  const char * const *replies;
  GSocket         *listener;
  guint16          port;
  GThread         *thread;
  gint             stop;
  gint             connections;
  GMutex           lock;
  GString         *heard;       /* all that came in */
} SideAmiPeer;

SideAmiPeer *side_ami_peer_new  (SideAmiPeerKind kind);
SideAmiPeer *side_ami_peer_play (const char *queues, const char * const *plays);
void         side_ami_peer_free (SideAmiPeer *self);
char        *side_ami_peer_heard (SideAmiPeer *self, const char *action);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideAmiPeer, side_ami_peer_free)

G_END_DECLS
