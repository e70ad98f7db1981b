/* side-welcome-page.h - the first thing one sees
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asks for a server and how to be known there, or for the demonstration. Does
 * neither itself.
 *
 * Signals:
 *   demo-requested ()
 *   connect-requested (const char *url, const char *user, const char *secret)  user "" : the secret is a token
 *   server-chosen (const char *url, const char *user)     a known one; its token is where it was kept
 *   forget-requested (const char *url, const char *user)
 *   stored-requested (const char *url, const char *user)  without a connection
 *   trust-requested (const char *fingerprint)             of the certificate shown
 *   cancelled ()                                          while busy
 */
#pragma once

#include <adwaita.h>

#include "side-connect-form.h"
#include "side-settings.h"

G_BEGIN_DECLS

#define SIDE_TYPE_WELCOME_PAGE (side_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (SideWelcomePage, side_welcome_page, SIDE, WELCOME_PAGE, AdwBin)

GtkWidget  *side_welcome_page_new          (void);
void        side_welcome_page_set_servers  (SideWelcomePage *self, GPtrArray *servers);
void        side_welcome_page_set_busy     (SideWelcomePage *self, const char *what);
void        side_welcome_page_set_form     (SideWelcomePage *self, const char *url, const char *user);
void        side_welcome_page_return_to_form (SideWelcomePage *self, SideConnectField wrong);
void        side_welcome_page_show_problem (SideWelcomePage *self, const char *problem, const char *details);
void        side_welcome_page_offer_stored (SideWelcomePage *self, const SideServer *server);
void        side_welcome_page_ask_trust    (SideWelcomePage *self, const char *problem, GTlsCertificate *certificate,
                                            const char *fingerprint);
const char *side_welcome_page_get_problem  (SideWelcomePage *self);

G_END_DECLS
