/* side-tls.h - what is wrong with a certificate, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure; for whoever talks to a server over TLS.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *side_tls_words (GTlsCertificateFlags flags);

G_END_DECLS
