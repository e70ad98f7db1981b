/* side-wire-http.h - protocol v1: what requests and answers carry
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Session, problem, the pages of calls, events and changed documents, and the
 * files no call refers to. The same rules as in side-wire.h.
 */
#pragma once

#include "side-wire.h"

G_BEGIN_DECLS

typedef struct _SideSession SideSession;

/**
 * SidePerson: a user who may be asked to review.
 * @name: their name at the server
 * @role: a supervisor or a trainer
 * @projects: ids of those of the asker's projects that they have too
 */
typedef struct {
  char      *name;
  SideRole   role;
  GPtrArray *projects;   /* of char * */
} SidePerson;

SidePerson  *side_person_new             (const char *name, SideRole role);
void         side_person_free            (SidePerson *self);

/**
 * SideSession: who is signed in and what for.
 * @user: their name at the server
 * @role: what they are
 * @operator_id: (nullable): of the role operator: which they are in the calls
 * @projects: of SideProject: what they are granted
 * @capabilities: names of what this server offers this user: "recordings",
 *   "documents", "changes", …; an app ignores those it does not know
 * @server_name: what the server is called, to be shown
 * @server_version: its version
 * @simulated: whether its calls are made up
 * @at_ms: the server's time when it answered
 * @epoch: (nullable): which archive the server's numbers are of
 * @token: (nullable): only in the answer to a sign-in
 * @expires_ms: when the token ends, 0 when it does not
 * @people: (nullable): of SidePerson: who reviews in these projects; %NULL
 *   when the server does not tell this user, or is one that tells nobody
 */
struct _SideSession
{
  gatomicrefcount   ref_count;
  char             *user;
  SideRole          role;
  char             *operator_id;
  GPtrArray        *projects;
  GPtrArray        *capabilities;   /* of char * */
  char             *server_name;
  char             *server_version;
  gboolean          simulated;
  gint64            at_ms;
  char             *epoch;
  char             *token;
  gint64            expires_ms;
  GPtrArray        *people;
};

#define SIDE_TYPE_SESSION (side_session_get_type ())
GType        side_session_get_type       (void);
SideSession *side_session_new            (const char *user, SideRole role);
SideSession *side_session_ref            (SideSession *self);
void         side_session_unref          (SideSession *self);
SideProject *side_session_find_project   (const SideSession *self, const char *id);
gboolean     side_session_can            (const SideSession *self, const char *capability);
GPtrArray   *side_session_list_people    (const SideSession *self, const char *project);

char        *side_wire_session_to_json   (const SideSession *session);
SideSession *side_wire_session_from_json (const char *text, gssize len, GError **error);

char        *side_wire_sign_in_to_json   (const char *user, const char *password);
gboolean     side_wire_sign_in_from_json (const char *text, gssize len, char **user, char **password, GError **error);

/* Problems, RFC 9457. */
const char  *side_wire_error_to_code     (SideError code);
SideError    side_wire_error_from_code   (const char *word);
guint        side_wire_error_to_status   (SideError code);
SideError    side_wire_error_from_status (guint status);
char        *side_wire_problem_to_json   (guint status, const GError *error, const SideDocument *current);
GError      *side_wire_problem_from_json (guint status, const char *text, gssize len, SideDocument **current);

/**
 * SideCallPage: a page of calls.
 * @calls: of SideCall
 * @changes: of gint64, one for each call: its place in the order of changes
 * @cursor: (nullable): asks for the next page; %NULL after the last
 */
typedef struct {
  GPtrArray *calls;
  GArray    *changes;
  char      *cursor;
} SideCallPage;

SideCallPage *side_call_page_new          (void);
void          side_call_page_free         (SideCallPage *page);
void          side_call_page_add          (SideCallPage *page, SideCall *call, gint64 change);
gint64        side_call_page_get_change   (const SideCallPage *page, guint index);
char         *side_wire_calls_to_json     (const SideCallPage *page, const SideWireView *view);
SideCallPage *side_wire_calls_from_json   (const char *text, gssize len, GError **error);

char         *side_wire_events_to_json    (SideEvent *const *events, gsize n_events, const SideWireView *view);
GPtrArray    *side_wire_events_from_json  (const char *text, gssize len, GError **error);

/**
 * SideEventPage: a page of the log of events.
 * @events: of SideEvent, in the order of their numbers
 * @next: what to ask for next with after=; 0 on the last page
 */
typedef struct {
  GPtrArray *events;
  guint64    next;
} SideEventPage;

SideEventPage *side_event_page_new            (void);
void           side_event_page_free           (SideEventPage *page);
char          *side_wire_event_page_to_json   (const SideEventPage *page, const SideWireView *view);
SideEventPage *side_wire_event_page_from_json (const char *text, gssize len, GError **error);

/**
 * SideChangePage: a page of the feed of changed documents.
 * @documents: of SideDocument, in the order of their change
 * @next: what to ask for next with since=
 * @more: whether there is more already
 */
typedef struct {
  GPtrArray *documents;
  gint64     next;
  gboolean   more;
} SideChangePage;

SideChangePage *side_change_page_new        (void);
void            side_change_page_free       (SideChangePage *page);
char           *side_wire_changes_to_json   (const SideChangePage *page);
SideChangePage *side_wire_changes_from_json (const char *text, gssize len, GError **error);

/**
 * SideUnmatchedFile: a recording's file that no call refers to.
 * @name: its name below a recordings folder, in UTF-8
 * @size: bytes
 * @modified_ms: when it was last written
 */
typedef struct {
  char   *name;
  gint64  size;
  gint64  modified_ms;
} SideUnmatchedFile;

/**
 * SideUnmatched: such files.
 * @files: of SideUnmatchedFile, newest first
 * @complete: %FALSE: there may be more; not everything was looked at
 */
typedef struct {
  GPtrArray *files;
  gboolean   complete;
} SideUnmatched;

SideUnmatchedFile *side_unmatched_file_new       (const char *name, gint64 size, gint64 modified_ms);
void               side_unmatched_file_free      (SideUnmatchedFile *file);
SideUnmatched     *side_unmatched_new            (void);
void               side_unmatched_free           (SideUnmatched *self);
char              *side_wire_unmatched_to_json   (const SideUnmatched *unmatched);
SideUnmatched     *side_wire_unmatched_from_json (const char *text, gssize len, GError **error);
char              *side_wire_claimed_to_json     (const char *const *calls);
char             **side_wire_claimed_from_json   (const char *text, gssize len, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidePerson, side_person_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideSession, side_session_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideCallPage, side_call_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideChangePage, side_change_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideEventPage, side_event_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideUnmatched, side_unmatched_free)

G_END_DECLS
