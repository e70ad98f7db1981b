/* side-settings.h - what the program remembers about itself
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "side-indicators.h"

G_BEGIN_DECLS

/**
 * SideServer: a server somebody signed in to.
 * @url: address as it is used, "https://pbx1.example.org:8443"
 * @user: (nullable): the user's name; %NULL while only the server knows whose
 *   the token is
 * @fingerprint: (nullable): SHA-256 of a certificate trusted by hand, hex
 */
typedef struct {
  char *url;
  char *user;
  char *fingerprint;
} SideServer;

SideServer *side_server_new             (const char *url, const char *user, const char *fingerprint);
SideServer *side_server_copy            (const SideServer *self);
void        side_server_free            (SideServer *self);
char       *side_server_dup_identity    (const SideServer *self);

/* The setting "fetch-ahead": what the calls page shows, or what this person has
 * not reviewed. */
enum {
  SIDE_FETCH_AHEAD_OFF,
  SIDE_FETCH_AHEAD_SHOWN,
  SIDE_FETCH_AHEAD_UNREVIEWED,
};

GSettings  *side_settings_get           (void);

GPtrArray  *side_settings_dup_servers   (void);
void        side_settings_add_server    (const SideServer *server);
void        side_settings_remove_server (const char *url, const char *user);
gboolean    side_settings_is_by_token   (const char *identity);
void        side_settings_set_by_token  (const char *identity, gboolean by_token);
char       *side_settings_dup_project   (const char *identity);
void        side_settings_set_project   (const char *identity, const char *project);
SidePeriod  side_settings_get_period    (void);
gboolean    side_settings_get_masked    (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideServer, side_server_free)

G_END_DECLS
