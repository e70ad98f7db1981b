/* sip-certificates.h - authorities and certificates made for one test
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Each is DIR/NAME.pem with DIR/NAME.key; @issuer names an authority made before, NULL for itself. */
void             sip_make_authority   (const char *dir, const char *name, const char *issuer);
GTlsCertificate *sip_make_certificate (const char *dir, const char *name, const char *issuer, const char *common_name,
                                       const char *alternatives, int days_from, int days_to);
GTlsCertificate *sip_load_certificate (const char *dir, const char *name);

G_END_DECLS
