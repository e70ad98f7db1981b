/* side-import-item.c - one recording that may be imported
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-import-item.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "side-imports.h"
#include "side-text.h"

struct _SideImportItem
{
  GObject            parent_instance;
  char              *path;       /* the file, or the half that was sent */
  char              *received;   /* nullable: the other half */
  char              *folder;
  char              *name;       /* as it is shown */
  char              *stem;       /* what is read, without ending and half */
  gint64             file_ms;    /* when the file was last written */
  SideRecordingName *said;       /* nullable */
  SideImportFacts   *facts;      /* nullable */
  SideImportState    state;
  GError            *error;      /* nullable */
};

enum { SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SideImportItem, side_import_item, G_TYPE_OBJECT)

static void
side_import_item_finalize (GObject *object)
{
  SideImportItem *self = SIDE_IMPORT_ITEM (object);

  g_free (self->path);
  g_free (self->received);
  g_free (self->folder);
  g_free (self->name);
  g_free (self->stem);
  g_clear_pointer (&self->said, side_recording_name_free);
  g_clear_pointer (&self->facts, side_import_facts_free);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (side_import_item_parent_class)->finalize (object);
}

static void
side_import_item_class_init (SideImportItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_import_item_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SIDE_TYPE_IMPORT_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
side_import_item_init (SideImportItem *self)
{
}

/**
 * side_import_item_new:
 * @path: a file, or the half of a call that was sent
 * @received: (nullable): the half that was received
 *
 * Returns: (transfer full): a recording that was not looked at yet
 */
SideImportItem *
side_import_item_new (const char *path,
                      const char *received)
{
  SideImportItem *self = g_object_new (SIDE_TYPE_IMPORT_ITEM, NULL);
  g_autofree char *base = g_filename_display_basename (path);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *stem = g_strdup (base);
  char *dot = strrchr (stem, '.');
  GStatBuf info;

  if (dot != NULL && dot != stem)
    *dot = '\0';
  self->path = g_strdup (path);
  self->received = g_strdup (received);
  self->folder = g_filename_display_name (folder);
  self->name = g_steal_pointer (&base);
  side_recording_name_half (stem, &self->stem);
  if (received != NULL)
    {
      g_autofree char *other = g_filename_display_basename (received);
      char *both = g_strdup_printf ("%s + %s", other, self->name);

      g_free (self->name);
      self->name = both;
    }
  g_strdelimit (self->name, "\n\r\t", ' ');   /* it stands on one line */
  if (g_stat (path, &info) == 0)
    self->file_ms = (gint64) info.st_mtime * 1000;
  return self;
}

/**
 * side_import_item_get_name:
 * @self: a recording
 *
 * Returns: the name of its file, or of both
 */
const char *
side_import_item_get_name (SideImportItem *self)
{
  return self->name;
}

/**
 * side_import_item_get_folder:
 * @self: a recording
 *
 * Returns: where its file lies, to be shown
 */
const char *
side_import_item_get_folder (SideImportItem *self)
{
  return self->folder;
}

/**
 * side_import_item_is_pair:
 * @self: a recording
 *
 * Returns: whether it is in two files
 */
gboolean
side_import_item_is_pair (SideImportItem *self)
{
  return self->received != NULL;
}

/**
 * side_import_item_dup_paths:
 * @self: a recording
 * @operator_half: in which half the operator speaks
 *
 * Returns: (transfer full): its files, the operator's first
 */
char **
side_import_item_dup_paths (SideImportItem *self,
                            SideNameHalf    operator_half)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean turned = self->received != NULL && operator_half == SIDE_NAME_HALF_RECEIVED;

  g_strv_builder_add (builder, turned ? self->received : self->path);
  if (self->received != NULL)
    g_strv_builder_add (builder, turned ? self->path : self->received);
  return g_strv_builder_end (builder);
}

/**
 * side_import_item_read_name:
 * @self: a recording
 * @pattern: (nullable): what its name should look like; %NULL to recognise it
 * @zone: where it was made
 */
void
side_import_item_read_name (SideImportItem  *self,
                            SideNamePattern *pattern,
                            GTimeZone       *zone)
{
  g_clear_pointer (&self->said, side_recording_name_free);
  self->said = pattern != NULL ? side_name_pattern_match (pattern, self->stem, zone)
                               : side_recording_name_guess (self->stem, zone);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * side_import_item_get_said:
 * @self: a recording
 *
 * Returns: (transfer none) (nullable): what its name says
 */
const SideRecordingName *
side_import_item_get_said (SideImportItem *self)
{
  return self->said;
}

/**
 * side_import_item_get_at_ms:
 * @self: a recording
 * @by_file: (out) (optional): the name does not say; it is by when the file was
 *   written, less its length
 *
 * Returns: when the call began
 */
gint64
side_import_item_get_at_ms (SideImportItem *self,
                            gboolean       *by_file)
{
  gboolean named = self->said != NULL && self->said->at_ms != 0;

  if (by_file != NULL)
    *by_file = !named;
  return named ? self->said->at_ms : self->file_ms - (self->facts != NULL ? self->facts->length_ms : 0);
}

/**
 * side_import_item_get_facts:
 * @self: a recording
 *
 * Returns: (transfer none) (nullable): what was found in it
 */
const SideImportFacts *
side_import_item_get_facts (SideImportItem *self)
{
  return self->facts;
}

/**
 * side_import_item_set_facts:
 * @self: a recording
 * @facts: (transfer full): what was found in it
 */
void
side_import_item_set_facts (SideImportItem  *self,
                            SideImportFacts *facts)
{
  g_clear_pointer (&self->facts, side_import_facts_free);
  self->facts = facts;
}

/**
 * side_import_item_get_state:
 * @self: a recording
 *
 * Returns: what became of it
 */
SideImportState
side_import_item_get_state (SideImportItem *self)
{
  return self->state;
}

/**
 * side_import_item_get_error:
 * @self: a recording
 *
 * Returns: (transfer none) (nullable): why it cannot be imported
 */
const GError *
side_import_item_get_error (SideImportItem *self)
{
  return self->error;
}

/**
 * side_import_item_set_state:
 * @self: a recording
 * @state: what became of it
 * @error: (nullable): why
 */
void
side_import_item_set_state (SideImportItem  *self,
                            SideImportState  state,
                            const GError    *error)
{
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  self->state = state;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* By its id or its name, as people wrote it into the exchange. */
static const char *
find_queue (const SideProject *project,
            const char        *text)
{
  g_autofree char *folded = side_text_fold (text);

  for (guint i = 0; i < project->queues->len; i++)
    {
      const SideQueue *queue = project->queues->pdata[i];
      g_autofree char *id = side_text_fold (queue->id);
      g_autofree char *name = side_text_fold (queue->name != NULL ? queue->name : "");

      if (g_str_equal (id, folded) || g_str_equal (name, folded))
        return queue->id;
    }
  return g_intern_string (text);
}

static const char *
direction_words (SideDirection direction)
{
  switch (direction)
    {
    case SIDE_DIRECTION_INCOMING:
      return _("Incoming call");
    case SIDE_DIRECTION_OUTGOING:
      return _("Outgoing call");
    case SIDE_DIRECTION_INTERNAL:
      return _("Internal call");
    case SIDE_DIRECTION_NONE:
    default:
      return NULL;
    }
}

/**
 * side_import_item_make_call:
 * @self: a recording that was looked at
 * @project: where it belongs
 *
 * The name of the file is its comment, by which it is found again.
 *
 * Returns: (transfer full): the call it becomes
 */
SideCall *
side_import_item_make_call (SideImportItem    *self,
                            const SideProject *project)
{
  g_autofree char *id = side_import_dup_call_id (self->facts->sha256);
  SideCall *call = side_call_new (id);
  const SideRecordingName *said = self->said;
  const char *topic = said != NULL ? direction_words (said->direction) : NULL;

  call->recording = side_import_dup_recording_id (self->facts->sha256);
  call->sha256 = g_strdup (self->facts->sha256);
  call->project = project->id;
  call->joined_ms = side_import_item_get_at_ms (self, NULL);
  call->answered_ms = call->joined_ms;
  call->talk_ms = self->facts->length_ms;
  call->recording_ms = self->facts->length_ms;
  call->ended_ms = call->joined_ms + self->facts->length_ms;
  call->channels = (int) self->facts->n_channels;
  call->outcome = SIDE_OUTCOME_ANSWERED;
  call->note = g_strdup (self->name);
  call->imported = TRUE;
  if (topic != NULL)
    call->topic = g_intern_string (topic);
  if (said != NULL && said->number != NULL)
    call->caller = g_strdup (*said->number == '+' ? said->number + 1 : said->number);
  if (said != NULL && said->queue != NULL)
    call->queue = find_queue (project, said->queue);
  if (said != NULL && said->agent != NULL)
    {
      call->operator_id = g_intern_string (said->agent);
      call->operator_name = call->operator_id;
    }
  return call;
}
