/* side-ami-client.h - one signed-in connection to an Asterisk manager
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The client connects (TLS if told), signs in by MD5 challenge so that the
 * secret never crosses the wire, keeps the connection alive, and connects again
 * with a growing, jittered pause after it broke. Belongs to the main context
 * that was the thread's default when it was made.
 *
 * ::state (SideAmiState state, const GError *error)
 *   the connection's state changed; @error says why it went down
 * ::message (const SideAmiMessage *message)
 *   an event that is no answer to an action of ours; a view, valid meanwhile
 */
#pragma once

#include <gio/gio.h>

#include "side-ami-reader.h"

G_BEGIN_DECLS

/**
 * SideAmiState:
 * @SIDE_AMI_DOWN: not connected; connecting again later, or stopped
 * @SIDE_AMI_CONNECTING: name, connection, TLS
 * @SIDE_AMI_SIGNING_IN: connected, not yet let in
 * @SIDE_AMI_READY: events come, actions may be sent
 */
typedef enum {
  SIDE_AMI_DOWN,
  SIDE_AMI_CONNECTING,
  SIDE_AMI_SIGNING_IN,
  SIDE_AMI_READY,
} SideAmiState;

/**
 * SideAmiAddress: where to connect and as whom.
 * @tls_ca_file: (nullable): trust what this PEM file signed instead of what
 *   the system trusts
 * @retry: whether to connect again after a failure
 */
typedef struct {
  const char *host;
  guint16     port;
  gboolean    tls;
  const char *tls_ca_file;
  const char *user;
  const char *secret;
  gboolean    retry;
} SideAmiAddress;

/**
 * SideAmiTimes: the client's bounds, in ms. side_ami_times_default() fills it.
 * @connect_ms: to be connected, TLS included
 * @answer_ms: for the answer to an action
 * @ping_ms: between keep-alive pings
 * @retry_min_ms: the first pause before connecting again
 * @retry_max_ms: the longest such pause
 */
typedef struct {
  guint connect_ms;
  guint answer_ms;
  guint ping_ms;
  guint retry_min_ms;
  guint retry_max_ms;
} SideAmiTimes;

/**
 * SideAmiItemFunc: called for each event of an action's list, as it arrives.
 */
typedef void (*SideAmiItemFunc) (const SideAmiMessage *item, gpointer data);

#define SIDE_TYPE_AMI_CLIENT (side_ami_client_get_type ())
G_DECLARE_FINAL_TYPE (SideAmiClient, side_ami_client, SIDE, AMI_CLIENT, GObject)

void            side_ami_times_default      (SideAmiTimes *times);
SideAmiClient  *side_ami_client_new         (const SideAmiAddress *address, const SideAmiTimes *times);
gboolean        side_ami_client_start       (SideAmiClient *self, GError **error);
void            side_ami_client_stop        (SideAmiClient *self);
SideAmiState    side_ami_client_get_state   (SideAmiClient *self);
const char     *side_ami_client_get_banner  (SideAmiClient *self);
gint64          side_ami_client_get_silence_ms (SideAmiClient *self);
const GError   *side_ami_client_get_error   (SideAmiClient *self);

void            side_ami_client_send_async  (SideAmiClient *self, const char *action, const char * const *headers,
                                             SideAmiItemFunc item, gpointer item_data,
                                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
SideAmiMessage *side_ami_client_send_finish (SideAmiClient *self, GAsyncResult *result, GError **error);
char           *side_ami_client_dup_last_id (SideAmiClient *self);

char           *side_ami_compose            (const char *action, const char *action_id,
                                             const char * const *headers, GError **error);

G_END_DECLS
