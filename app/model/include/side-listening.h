/* side-listening.h - what one person heard, and what left the house
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A listening is one sitting: the spans of a recording that one person played,
 * and how fast. An export record says that a recording, or a part of it, was
 * written to a file. Both are documents; nobody edits another's, and an export
 * record is never changed or deleted.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SideHeard: a span that was played
 * @from_ms: position in the recording
 * @to_ms: its end, greater than @from_ms
 * @rate: how fast; 1 as it was spoken
 */
typedef struct {
  gint64 from_ms;
  gint64 to_ms;
  double rate;
} SideHeard;

typedef struct _SideListening SideListening;

struct _SideListening
{
  gatomicrefcount  ref_count;
  char            *id;             /* UUID */
  char            *project;
  char            *call;
  char            *listener;       /* user */
  GArray          *spans;          /* of SideHeard, in the order they were heard */
  gint64           length_ms;      /* of the recording */
  gint64           changed_ms;
};

typedef struct _SideExportRecord SideExportRecord;

/**
 * SideExportRecord:
 * @format: "wav", "flac", "mp3" or "opus"
 * @name: of the file, without its folder
 * @blanked: spans that hold silence instead of the recording, of SideHeard
 * @voice_changed: whether the voices were altered
 */
struct _SideExportRecord
{
  gatomicrefcount  ref_count;
  char            *id;             /* UUID */
  char            *project;
  char            *call;
  char            *author;
  char            *format;
  char            *name;
  char            *sha256;         /* of the written file, hex */
  gint64           from_ms;
  gint64           to_ms;
  GArray          *blanked;
  gboolean         voice_changed;
  gint64           at_ms;
};

#define SIDE_TYPE_LISTENING (side_listening_get_type ())
GType             side_listening_get_type  (void);
SideListening    *side_listening_new       (const char *id, const char *project, const char *call,
                                            const char *listener);
SideListening    *side_listening_ref       (SideListening *self);
void              side_listening_unref     (SideListening *self);
void              side_listening_add       (SideListening *self, gint64 from_ms, gint64 to_ms, double rate);
GArray           *side_heard_union         (const SideHeard *spans, gsize n_spans, gint64 length_ms,
                                            gint64 *heard_ms);

#define SIDE_TYPE_EXPORT_RECORD (side_export_record_get_type ())
GType             side_export_record_get_type (void);
SideExportRecord *side_export_record_new      (const char *id, const char *project, const char *call);
SideExportRecord *side_export_record_ref      (SideExportRecord *self);
void              side_export_record_unref    (SideExportRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideListening, side_listening_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideExportRecord, side_export_record_unref)

G_END_DECLS
