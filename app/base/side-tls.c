/* side-tls.c - what is wrong with a certificate, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One place for them, so that a Sidetone server and a telephone server are
 * refused in the same terms.
 */
#include "side-tls.h"

#include <glib/gi18n-lib.h>

/**
 * side_tls_words:
 * @flags: what GIO found wrong with a certificate
 *
 * Returns: (transfer full): translated clauses about "it", parted by
 *   semicolons, without a capital and without a full stop
 */
char *
side_tls_words (GTlsCertificateFlags flags)
{
  static const struct {
    GTlsCertificateFlags flag;
    const char          *words;
  } faults[] = {
    { G_TLS_CERTIFICATE_UNKNOWN_CA, N_("it is signed by nobody this computer knows") },
    { G_TLS_CERTIFICATE_BAD_IDENTITY, N_("it was made for another host") },
    { G_TLS_CERTIFICATE_EXPIRED, N_("it has expired") },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED, N_("it is not valid yet; is this computer’s clock right?") },
    { G_TLS_CERTIFICATE_REVOKED, N_("it was revoked") },
    { G_TLS_CERTIFICATE_INSECURE, N_("its method of signing is not safe any more") },
  };
  g_autoptr (GString) out = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if (flags & faults[i].flag)
      g_string_append_printf (out, "%s%s", out->len > 0 ? "; " : "", _(faults[i].words));
  if (out->len == 0)
    g_string_append (out, _("it cannot be checked"));
  return g_string_free (g_steal_pointer (&out), FALSE);
}
