/* side-sip-settings.h - how to reach a telephone line
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A value: built up by setters, checked once, then only read. It holds no
 * password; that is a SideSipSecret, and goes to the account beside it.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SideSipTransport: how messages travel. TLS is 1.2 or later, and the
 * certificate's chain, dates and host name are always checked.
 */
typedef enum {
  SIDE_SIP_UDP,
  SIDE_SIP_TCP,
  SIDE_SIP_TLS,
} SideSipTransport;

#define SIDE_SIP_MAX_TEXT 255   /* of any of the texts, in bytes */

#define SIDE_TYPE_SIP_TRANSPORT (side_sip_transport_get_type ())
GType side_sip_transport_get_type (void);

/**
 * SideSipMedia: what of the sound's encryption is asked for.
 * @SIDE_SIP_MEDIA_PLAIN: RTP/AVP
 * @SIDE_SIP_MEDIA_SRTP: RTP/SAVP with keys in the SDP; only over TLS. An
 *   answer without them ends the call, it never goes on in the clear
 */
typedef enum {
  SIDE_SIP_MEDIA_PLAIN,
  SIDE_SIP_MEDIA_SRTP,
} SideSipMedia;

#define SIDE_TYPE_SIP_MEDIA (side_sip_media_get_type ())
GType side_sip_media_get_type (void);

#define SIDE_TYPE_SIP_SETTINGS (side_sip_settings_get_type ())
G_DECLARE_FINAL_TYPE (SideSipSettings, side_sip_settings, SIDE, SIP_SETTINGS, GObject)

/* Properties (all writable until side_sip_settings_check(), EXPLICIT_NOTIFY):
 *   user            string: the part before @, unescaped; not empty
 *   auth-user       string, nullable: for the password, where it is another name than user
 *   display-name    string, nullable
 *   domain          string: the part after @; a host name or an address
 *   server          string, nullable: where to send to, "host" or "host:port"; the domain if unset
 *   transport       SideSipTransport
 *   media           SideSipMedia
 *   registers       boolean: whether calls need a registration first
 *   expires-s       uint: asked for; 60..3600, 300
 *   reliable        boolean: whether to offer 100rel; off. On only for a server that demands it (421):
 *                   while it leaves a PRACK unanswered the stack sends no BYE
 *   trusted         GTlsCertificate, nullable: an authority, or a server's own self-signed certificate,
 *                   that a person accepted, beside the system's
 *   answer-ms       uint: silence from the server after which a request has failed; 5000
 */

SideSipSettings *side_sip_settings_new   (void);
gboolean         side_sip_settings_check (SideSipSettings *self, GError **error);

const char       *side_sip_settings_get_user         (SideSipSettings *self);
const char       *side_sip_settings_get_auth_user    (SideSipSettings *self);
const char       *side_sip_settings_get_display_name (SideSipSettings *self);
const char       *side_sip_settings_get_domain       (SideSipSettings *self);
const char       *side_sip_settings_get_server       (SideSipSettings *self);
SideSipTransport  side_sip_settings_get_transport    (SideSipSettings *self);
SideSipMedia      side_sip_settings_get_media        (SideSipSettings *self);
gboolean          side_sip_settings_get_registers    (SideSipSettings *self);
guint             side_sip_settings_get_expires_s    (SideSipSettings *self);
gboolean          side_sip_settings_get_reliable     (SideSipSettings *self);
GTlsCertificate  *side_sip_settings_get_trusted      (SideSipSettings *self);
guint             side_sip_settings_get_answer_ms    (SideSipSettings *self);
char             *side_sip_settings_dup_domain       (SideSipSettings *self);
char             *side_sip_settings_dup_host         (SideSipSettings *self, guint16 *port);

/**
 * SideSipSecret: a password that is in no property, no log and no core file:
 * it lies in pages of its own that are locked and left out of dumps, and is
 * wiped with its last reference.
 */
typedef struct _SideSipSecret SideSipSecret;
#define SIDE_TYPE_SIP_SECRET (side_sip_secret_get_type ())
GType          side_sip_secret_get_type (void);
SideSipSecret *side_sip_secret_new      (const char *password);
SideSipSecret *side_sip_secret_ref      (SideSipSecret *self);
void           side_sip_secret_unref    (SideSipSecret *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideSipSecret, side_sip_secret_unref)

G_END_DECLS
