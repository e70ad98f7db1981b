/* side-sip-private.h - what the pieces of this layer know of each other
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing below app/sip/ is seen from outside, and Sofia-SIP's headers are
 * included by the files side-sip-stack*.c alone.
 */
#pragma once

#include "side-sip-account.h"

G_BEGIN_DECLS

/* -- side-sip-secret.c: for the digest alone, which never copies it. */
const char *side_sip_secret_peek (SideSipSecret *self);

/* -- side-sip-resolve.c: names by the system (GResolver), never by the stack.
 * SRV (_sip._udp, _sip._tcp, _sips._tcp) where no port was given, then A and AAAA; in order of
 * preference. GInetSocketAddress in the list, 1 to 16 of them. NOT_FOUND, TIMED_OUT, UNREACHABLE (the
 * name servers cannot be had), CANCELLED. */
void   side_sip_resolve_async   (SideSipSettings *settings, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GList *side_sip_resolve_finish  (GAsyncResult *result, GError **error);

/* -- side-sip-trust.c: one look at the server's certificate with GIO before the stack
 * connects, so that a refusal has words and at once; and the name to hold the stack's own
 * check to. @canon: the settings' host where the certificate has it as it is; else the one of the
 * certificate's own names by which GIO found it good (a wildcard, the subject of one made for an address). */
void     side_sip_trust_look_async  (SideSipSettings *settings, GSocketAddress *server, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean side_sip_trust_look_finish (GAsyncResult *result, char **canon, GError **error);
GTlsCertificate *side_sip_trust_look_dup_unknown (GAsyncResult *result);
/* -- side-sip-authorities.c. For NUTAG_CERTIFICATE_DIR: the system's folder of hashed authorities; where the settings have one of their
 * own, a private folder with both. To be freed with side_sip_trust_folder_free(), which removes a private one. */
char    *side_sip_trust_folder      (SideSipSettings *settings, GError **error);
void     side_sip_trust_folder_free (char *folder);

/* -- side-sip-challenge.c, -digest.c: RFC 7616 and 8760; of several challenges the strongest we know. Pure. */
typedef struct { char *realm, *nonce, *opaque, *qop, *algorithm; gboolean stale, userhash; } SideSipChallenge;
/* Of a header's value ("Digest realm=…"), or of its parameters one by one ("realm=\"x\"", NULL at the end). NULL: not
 * a Digest, or no realm or nonce, or longer than 8 KiB */
SideSipChallenge *side_sip_challenge_parse (const char *value);
SideSipChallenge *side_sip_challenge_new   (const char *const *params);
SideSipChallenge *side_sip_challenge_copy  (const SideSipChallenge *challenge);
void              side_sip_challenge_free  (SideSipChallenge *challenge);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideSipChallenge, side_sip_challenge_free)
int   side_sip_challenge_rank   (const SideSipChallenge *challenge);    /* 0: cannot be answered */
char *side_sip_digest_answer    (const SideSipChallenge *challenge, const char *user, SideSipSecret *secret,
                                 const char *method, const char *uri, guint nonce_count, const char *client_nonce);

/* -- side-sip-body.c: the first application/sdp of a body, however deep in multiparts (4 at most). Pure. */
char *side_sip_body_find_sdp    (const char *content_type, const char *body, gsize length);

/* -- side-sip-log.c: the stack's log, line by line, secrets struck out. Pure but for its sink. */
typedef struct _SideSipLog SideSipLog;
SideSipLog *side_sip_log_new    (void (*sink) (const char *line, gpointer data), gpointer data);
void        side_sip_log_feed   (SideSipLog *self, const char *piece);
void        side_sip_log_free   (SideSipLog *self);
void        side_sip_log_hush_environment (void);   /* before any thread: variables that make the stack write messages to files */

G_END_DECLS
