/* reviews-rig.h - a server with a form, two calls and those who review them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two trainers, a supervisor and a client of one project, and a form of two
 * criteria, "price" and "greeting".
 */
#pragma once

#include "server-rig.h"

G_BEGIN_DECLS

#define NOON    (RIG_DAY + 12 * 3600 * 1000)
#define ID(n)   "0f3a7a0e-6a52-4d8e-9d3c-2b7f7c1a5e" n
#define SCRIPT  ID ("10")
#define REVIEW  ID ("20")
#define OTHER   ID ("21")
#define DISPUTE ID ("40")

typedef struct {
  Rig  *rig;
  char *tom;         /* tokens: trainers */
  char *rita;
  char *chief;       /* a supervisor */
  char *vera;        /* a client */
} Fixture;

void        reviews_set_up       (Fixture *f, gconstpointer data);
void        reviews_tear_down    (Fixture *f, gconstpointer data);
guint       reviews_put_document (Fixture *f, const char *token, SideDocument *document, int base);
guint       reviews_put          (Fixture *f, const char *token, const SideReview *review, int base);
SideReview *reviews_make_draft   (const char *reviewer);
SideReview *reviews_make_sealed  (const char *reviewer);
SideReview *reviews_revise       (const SideReview *review, const char *reviewer, double price);

G_END_DECLS
