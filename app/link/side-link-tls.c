/* side-link-tls.c - whose certificate it is, and what is wrong with it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The system's certificates decide. Where they say no, one certificate is
 * good all the same: the one whose fingerprint a person compared and accepted.
 */
#include "side-link-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "side-tls.h"

#define TLS_KEY "side-link-tls"

/* What was refused in one handshake, kept at its message. */
typedef struct {
  GTlsCertificateFlags flags;
} Refusal;

/* Returns: (transfer full) (nullable): SHA-256 of the certificate as sent, in hex. */
static char *
fingerprint_of (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  return der != NULL ? g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len) : NULL;
}

static gboolean
on_accept_certificate (SoupMessage          *message,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  flags,
                       gpointer              user_data)
{
  SideLink *self = SIDE_LINK (user_data);
  g_autofree char *fingerprint = fingerprint_of (certificate);
  Refusal *refusal;

  if (self->pin != NULL && g_strcmp0 (self->pin, fingerprint) == 0)
    return TRUE;
  g_free (self->refused);
  self->refused = g_steal_pointer (&fingerprint);
  g_set_object (&self->refused_certificate, certificate);
  refusal = g_new0 (Refusal, 1);
  refusal->flags = flags;
  g_object_set_data_full (G_OBJECT (message), TLS_KEY, refusal, g_free);
  return FALSE;
}

void
_side_link_watch_tls (SideLink    *self,
                      SoupMessage *message)
{
  g_signal_connect_object (message, "accept-certificate", G_CALLBACK (on_accept_certificate), self, 0);
}

/* Returns: (transfer full) (nullable): why @message met no certificate to trust. */
GError *
_side_link_tls_error (SoupMessage *message)
{
  const Refusal *refusal = g_object_get_data (G_OBJECT (message), TLS_KEY);
  const char *host = g_uri_get_host (soup_message_get_uri (message));
  g_autofree char *what = NULL;

  if (refusal == NULL)
    return NULL;
  what = side_tls_words (refusal->flags);
  /* Translators: %s is a host's name, then one or more of the reasons above */
  return g_error_new (SIDE_ERROR, SIDE_ERROR_UNTRUSTED, _("The certificate of %s is not trusted: %s"), host, what);
}

/**
 * side_link_pin_certificate:
 * @self: a link
 * @fingerprint: (nullable): SHA-256 of a certificate in hex, in any case, with
 *   or without colons
 *
 * The server's certificate counts as good when it is this one.
 */
void
side_link_pin_certificate (SideLink   *self,
                           const char *fingerprint)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  g_return_if_fail (SIDE_IS_LINK (self));

  for (const char *p = fingerprint; p != NULL && *p != '\0'; p++)
    if (g_ascii_isxdigit (*p))
      g_string_append_c (plain, g_ascii_tolower (*p));
  g_free (self->pin);
  self->pin = fingerprint != NULL ? g_strdup (plain->str) : NULL;
}

/**
 * side_link_get_refused_fingerprint:
 * @self: a link
 *
 * Returns: (transfer none) (nullable): SHA-256 in hex of the last certificate
 *   that was not trusted, to be shown to a person and pinned if they accept it
 */
const char *
side_link_get_refused_fingerprint (SideLink *self)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);
  return self->refused;
}

/**
 * side_link_get_refused_certificate:
 * @self: a link
 *
 * Returns: (transfer none) (nullable): the certificate of
 *   side_link_get_refused_fingerprint(), for what it says of itself
 */
GTlsCertificate *
side_link_get_refused_certificate (SideLink *self)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);
  return self->refused_certificate;
}
