/* server-rig.h - a whole server in the test's process, with a source that is told what to say
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two projects: "tea" (queue tea-orders) and "toys" (queue toys-orders, whose
 * settings show clients full names). Everything lies in a temporary folder.
 */
#pragma once

#include <libsoup/soup.h>

#include "side-http-server.h"
#include "side-hub.h"

G_BEGIN_DECLS

#define RIG_DAY G_GINT64_CONSTANT (1795219200000)   /* 2026-11-21T00:00:00Z */

/**
 * RigActs: what the source does when a supervisor asks.
 * @told: of SideAct: what it was told to do
 * @hurdle: what is in the way of everything there
 * @error: (nullable): how the next one fails
 * @hold: nothing is answered until rig_let_act()
 * @held: (nullable): of GTask: what waits for that
 */
typedef struct {
  GPtrArray  *told;
  SideHurdle  hurdle;
  GError     *error;
  gboolean    hold;
  GPtrArray  *held;
} RigActs;

typedef struct {
  char                *dir;
  char                *database;
  char                *recordings;
  SideClock           *clock;
  GPtrArray           *projects;
  SideArchive         *archive;
  SideRecordingKeeper *keeper;
  SideHub             *hub;
  SideHttpServer      *server;
  SideSource          *source;
  SoupSession         *session;
  char                *url;
  guint16              port;       /* the same after a restart */
  RigActs              acts;
  GHashTable          *phones;     /* "anna" has PJSIP/301 */
  const char *const   *breaks;     /* of the next rig_start() */
} Rig;

typedef struct {
  guint               status;
  char               *body;      /* ended by a NUL beyond @len */
  gsize               len;
  SoupMessageHeaders *headers;
} RigAnswer;

Rig       *rig_new            (void);
void       rig_free           (Rig *rig);
void       rig_stop           (Rig *rig);
void       rig_start          (Rig *rig);
char      *rig_add_user       (Rig *rig, const char *name, SideRole role, const char *projects, const char *password);
void       rig_say            (Rig *rig, SideEvent *event);
SideEvent *rig_event          (SideEventKind kind, const char *project, const char *call, gint64 at_ms);
void       rig_whole_call     (Rig *rig, const char *project, const char *call, gint64 at_ms);
void       rig_let_act        (Rig *rig);
void       rig_settle         (Rig *rig);

RigAnswer *rig_ask            (Rig *rig, const char *method, const char *path, const char *token,
                               const char *header, const char *value, const char *body);
RigAnswer *rig_get            (Rig *rig, const char *path, const char *token);
RigAnswer *rig_put            (Rig *rig, const char *token, SideDocument *document, gint64 base);
char      *rig_read_on        (Rig *rig, const char *token, gint64 *since);
void       rig_keep           (Rig *rig, SideDocument *document, const char *author, gint64 base);
void       rig_expect_put     (Rig *rig, const char *token, SideDocument *document, gint64 base, guint status);
void       rig_answer_free    (RigAnswer *answer);
const char *rig_answer_header (RigAnswer *answer, const char *name);
void        rig_assert_problem (RigAnswer *answer, guint status, const char *code);

char      *rig_write_wav      (Rig *rig, const char *name, guint frames, gboolean interleaved);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Rig, rig_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RigAnswer, rig_answer_free)

G_END_DECLS
