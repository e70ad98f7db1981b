/* side-line.h - a telephone line of this person's, as it is written down
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plain value without a password.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "side-sip-settings.h"

G_BEGIN_DECLS

/**
 * SideLine:
 * @id: UUID
 * @label: what the person calls it
 * @user: the part before the @
 * @auth_user: (nullable): for the password, where that is another name
 * @display_name: (nullable): what the called see
 * @number: (nullable): the number others see when it calls; %NULL for @user, where that is one
 * @domain: the part after the @
 * @server: (nullable): where to send to, "host" or "host:port"; %NULL for @domain
 * @encrypted: whether the sound is; only over TLS
 * @registers: whether calls need a registration first
 * @trusted: (nullable): PEM of a certificate that the person accepted
 */
typedef struct {
  char             *id;
  char             *label;
  char             *user;
  char             *auth_user;
  char             *display_name;
  char             *number;
  char             *domain;
  char             *server;
  SideSipTransport  transport;
  gboolean          encrypted;
  gboolean          registers;
  char             *trusted;
} SideLine;

#define SIDE_TYPE_LINE (side_line_get_type ())
GType            side_line_get_type      (void);
SideLine        *side_line_new           (const char *id);
SideLine        *side_line_copy          (const SideLine *self);
void             side_line_free          (SideLine *self);
SideSipSettings *side_line_dup_settings  (const SideLine *self);
char            *side_line_dup_address   (const SideLine *self);
const char      *side_line_get_caller    (const SideLine *self);
char            *side_line_dup_words     (const SideLine *self);
const char      *side_line_name_transport (SideSipTransport transport);
void             side_line_write         (const SideLine *self, JsonBuilder *builder);
SideLine        *side_line_read          (JsonObject *object);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideLine, side_line_free)

G_END_DECLS
