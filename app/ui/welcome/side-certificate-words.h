/* side-certificate-words.h - a server's certificate, for a person to compare
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *side_certificate_dup_fingerprint   (GTlsCertificate *certificate);
char *side_certificate_group_fingerprint (const char *fingerprint);
char *side_certificate_describe          (GTlsCertificate *certificate);

G_END_DECLS
