/* side-queue-log.h - reads Asterisk's queue_log
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The manager's events are exact to the millisecond but are gone while the
 * link is down, and do not tell a time-out from a caller who hung up. The file
 * queue_log has whole seconds only, but has them all. SideQueueLog follows the
 * file while it grows and through rotations; side_queue_log_parse() reads one
 * line and is pure.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SIDE_QUEUE_LOG_LINE_MAX 8192
#define SIDE_QUEUE_LOG_DATA     8

/**
 * SideQueueLogKind: what a line says; those of no interest here are OTHER.
 */
typedef enum {
  SIDE_QUEUE_LOG_OTHER,
  SIDE_QUEUE_LOG_ENTER,
  SIDE_QUEUE_LOG_CONNECT,
  SIDE_QUEUE_LOG_COMPLETE_CALLER,
  SIDE_QUEUE_LOG_COMPLETE_AGENT,
  SIDE_QUEUE_LOG_BLIND_TRANSFER,
  SIDE_QUEUE_LOG_ATTENDED_TRANSFER,
  SIDE_QUEUE_LOG_ABANDON,
  SIDE_QUEUE_LOG_TIMEOUT,
  SIDE_QUEUE_LOG_EMPTY,
  SIDE_QUEUE_LOG_KEY,
  SIDE_QUEUE_LOG_WITHDRAW,
  SIDE_QUEUE_LOG_SYSCOMPAT,
  SIDE_QUEUE_LOG_RING_NO_ANSWER,
  SIDE_QUEUE_LOG_ADD_MEMBER,
  SIDE_QUEUE_LOG_REMOVE_MEMBER,
  SIDE_QUEUE_LOG_PAUSE,
  SIDE_QUEUE_LOG_UNPAUSE,
  SIDE_QUEUE_LOG_QUEUE_START,
} SideQueueLogKind;

/**
 * SideQueueLogEntry: one line. Texts are valid UTF-8 without control characters.
 * @at_ms: when it was written; whole seconds
 * @call: Uniqueid of the caller's channel, "NONE" or "MANAGER"
 * @queue: "NONE" where it concerns all
 * @agent: member name or interface, "NONE" where it concerns nobody
 * @kind: what it says
 * @data: what follows, "" where there is less
 * @n_data: how many of them there are
 * @cut: an ENTERQUEUE that ends within the caller's number
 * @offset: where the line begins in the file
 * @length: its bytes, without the line end
 * @plain: no control characters were in it
 * @number: where the caller's number begins in the line of an ENTERQUEUE
 */
typedef struct {
  gint64            at_ms;
  char             *call;
  char             *queue;
  char             *agent;
  SideQueueLogKind  kind;
  char             *data[SIDE_QUEUE_LOG_DATA];
  guint             n_data;
  gboolean          cut;
  goffset           offset;
  gsize             length;
  gboolean          plain;
  gsize             number;
} SideQueueLogEntry;

SideQueueLogEntry *side_queue_log_parse      (const char *line, gsize length);
void               side_queue_log_entry_free (SideQueueLogEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideQueueLogEntry, side_queue_log_entry_free)

typedef struct _SideQueueLog SideQueueLog;

/* Takes ownership of @entry. */
typedef void (*SideQueueLogFunc) (SideQueueLogEntry *entry, gpointer data);

SideQueueLog *side_queue_log_new         (const char *path, SideQueueLogFunc func, gpointer data);
void          side_queue_log_free        (SideQueueLog *self);
gboolean      side_queue_log_seek        (SideQueueLog *self, gint64 from_ms, GError **error);
guint         side_queue_log_read        (SideQueueLog *self);
guint64       side_queue_log_get_damaged (SideQueueLog *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideQueueLog, side_queue_log_free)

G_END_DECLS
