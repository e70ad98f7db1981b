/* side-certificate-words.c - a server's certificate, for a person to compare
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same words whether it is a Sidetone server's or a telephone server's.
 */
#include "side-certificate-words.h"

#include <glib/gi18n.h>

/**
 * side_certificate_dup_fingerprint:
 * @certificate: a certificate
 *
 * Returns: (transfer full): SHA-256 of it as sent, hex
 */
char *
side_certificate_dup_fingerprint (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;

  g_return_val_if_fail (G_IS_TLS_CERTIFICATE (certificate), NULL);

  g_object_get (certificate, "certificate", &der, NULL);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, der != NULL ? der->data : NULL, der != NULL ? der->len : 0);
}

/**
 * side_certificate_group_fingerprint:
 * @fingerprint: hex, "ab12cd…"
 *
 * Returns: (transfer full): it in groups of four, which people can compare aloud
 */
char *
side_certificate_group_fingerprint (const char *fingerprint)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (fingerprint != NULL, NULL);

  for (gsize i = 0; fingerprint[i] != '\0'; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (out, ' ');
      g_string_append_c (out, g_ascii_toupper (fingerprint[i]));
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * side_certificate_describe:
 * @certificate: a certificate
 *
 * Returns: (transfer full): what it says of itself: who signed it and for how
 *   long. The fingerprint is to follow
 */
char *
side_certificate_describe (GTlsCertificate *certificate)
{
  g_autofree char *issuer = g_tls_certificate_get_issuer_name (certificate);
  g_autoptr (GDateTime) from = g_tls_certificate_get_not_valid_before (certificate);
  g_autoptr (GDateTime) to = g_tls_certificate_get_not_valid_after (certificate);
  g_autofree char *from_text = from != NULL ? g_date_time_format (from, "%F") : g_strdup ("–");
  g_autofree char *to_text = to != NULL ? g_date_time_format (to, "%F") : g_strdup ("–");

  /* Translators: who signed a certificate, and the days it is good for */
  return g_strdup_printf (_("Issued by: %s\nValid from %s to %s\nFingerprint (SHA-256):"),
                          issuer != NULL && *issuer != '\0' ? issuer : "–", from_text, to_text);
}
