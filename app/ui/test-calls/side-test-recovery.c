/* side-test-recovery.c - test calls that were cut off when the program ended
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * When a project is read for the first time, the recordings that were left
 * behind get their names, and each call of this person that has a recording
 * here and no end gets it: how long the recording is, its checksum, and what is
 * heard in it. Calls dialled since the program began are none of these. A call
 * without any sound on this computer may go on on another one, and is let alone.
 */
#include "side-test-recovery.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <sys/stat.h>
#include <unistd.h>

#include "side-error.h"
#include "side-format.h"
#include "side-hash.h"
#include "side-job.h"
#include "side-phone-recorder.h"
#include "side-test-hearing.h"
#include "side-test-recordings.h"
#include "side-test-timeline.h"
#include "side-wav.h"
#include "side-wire.h"

#define HEAD_BYTES 44   /* as side-phone-recorder.c writes it */

struct _SideTestRecovery
{
  SideDocumentShelf  parent_instance;
  gint64             began_ms;   /* when something was read first; 0 before */
  gboolean           looked;     /* for the recordings of this project's calls */
  gboolean           done;
};

G_DEFINE_FINAL_TYPE (SideTestRecovery, side_test_recovery, SIDE_TYPE_DOCUMENT_SHELF)

static guint recovered_signal;

/* ---- in a thread ---- */

/* One call whose end is looked for. */
typedef struct {
  SideTestCall *call;
  char         *path;
  gint64        ended_ms;   /* 0: it was not made on this computer */
  char         *sha256;     /* (nullable): of the recording, if there was any sound */
  GArray       *heard;      /* (nullable): in the recording */
  gint64        heard_from_ms; /* where that begins in the call */
} Wanted;

typedef struct {
  char      *folder;
  GPtrArray *wanted;        /* of Wanted */
} Search;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  side_test_call_unref (wanted->call);
  g_free (wanted->path);
  g_free (wanted->sha256);
  g_clear_pointer (&wanted->heard, g_array_unref);
  g_free (wanted);
}

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->folder);
  g_ptr_array_unref (search->wanted);
  g_free (search);
}

/* Its length, or -1 where it is no recording of ours. */
static gint64
length_of (int                fd,
           const struct stat *about)
{
  guint8 head[HEAD_BYTES];
  SideWavInfo info = { 0 };

  if (pread (fd, head, sizeof head, 0) != sizeof head || !side_wav_parse (head, sizeof head, (guint64) about->st_size, &info, NULL))
    return -1;
  return (gint64) (info.frames * 1000 / info.rate);
}

/* Without its own beginning the recording is laid so that it ends with the call. */
static void
hear (Wanted *wanted,
      int     fd,
      gint64  length_ms)
{
  const SideTestCall *call = wanted->call;
  gint64 began_ms = call->recorded_ms != 0 ? call->recorded_ms : wanted->ended_ms - length_ms;

  wanted->heard_from_ms = MAX (began_ms - call->dialled_ms, 0);
  wanted->heard = side_test_hear_again (fd, call->answered_ms != 0 ? MAX (call->answered_ms - began_ms, 0) : -1, NULL);
}

/* Returns: (nullable): what was left behind of its recording */
static const SidePhoneRecovered *
find_left (const Wanted *wanted,
           GPtrArray    *recovered)
{
  for (guint i = 0; i < recovered->len; i++)
    if (g_strcmp0 (((const SidePhoneRecovered *) recovered->pdata[i])->path, wanted->path) == 0)
      return recovered->pdata[i];
  return NULL;
}

/* It has gone on at least until the last moment that was written down. */
static gint64
known_until_ms (const SideTestCall *call)
{
  const SideTestSegment *last = call->segments->len > 0 ? call->segments->pdata[call->segments->len - 1] : NULL;
  gint64 until_ms = call->dialled_ms + MAX (last != NULL ? last->to_ms : 0, 1);

  return MAX (MAX (until_ms, call->ringing_ms), MAX (call->early_ms, call->answered_ms));
}

static void
measure (Wanted    *wanted,
         GPtrArray *recovered)
{
  const SidePhoneRecovered *left = find_left (wanted, recovered);
  int fd = open (wanted->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  struct stat about;
  gint64 length_ms;

  /* It was dialled here, and nothing was heard of it: its file is as old as the call. */
  if (fd < 0 && left != NULL)
    wanted->ended_ms = MAX (left->ended_ms, known_until_ms (wanted->call));
  if (fd < 0)
    return;
  length_ms = fstat (fd, &about) == 0 && S_ISREG (about.st_mode) ? length_of (fd, &about) : -1;
  if (length_ms >= 0)
    {
      gint64 written_ms = (gint64) about.st_mtim.tv_sec * 1000 + about.st_mtim.tv_nsec / 1000000;

      if (left != NULL)
        written_ms = left->ended_ms;
      wanted->ended_ms = wanted->call->recorded_ms != 0 ? wanted->call->recorded_ms + length_ms : written_ms;
      wanted->ended_ms = MAX (wanted->ended_ms, known_until_ms (wanted->call));
      wanted->sha256 = side_hash_of_fd (fd, NULL);
      hear (wanted, fd, length_ms);
    }
  close (fd);
}

static gpointer
search_work (gpointer          data,
             SideJobProgress   progress,
             gpointer          job,
             GCancellable     *cancellable,
             GError          **error)
{
  Search *search = data;
  g_autoptr (GPtrArray) recovered = side_phone_recordings_recover (search->folder, error);

  if (recovered == NULL)
    return NULL;
  for (guint i = 0; i < search->wanted->len; i++)
    measure (search->wanted->pdata[i], recovered);
  return g_ptr_array_ref (search->wanted);
}

/* ---- what was found ---- */

/* What was heard after the last that is known, where the recording does not tell: it
 * waits for a person to say. */
static void
fill_up (SideTestCall *call)
{
  const SideTestSegment *last = call->segments->len > 0 ? call->segments->pdata[call->segments->len - 1] : NULL;
  gint64 from_ms = last != NULL ? last->to_ms : 0, to_ms = call->ended_ms - call->dialled_ms;

  if (to_ms > from_ms && call->segments->len < SIDE_TEST_CALL_MAX_SEGMENTS)
    side_test_call_add_segment (call, SIDE_SEGMENT_OTHER, from_ms, to_ms, 0);
}

static void
settle (SideTestRecovery *self,
        const Wanted     *wanted)
{
  SideDesk *desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self));
  g_autoptr (SideTestCall) call = side_test_call_copy (wanted->call);
  g_autoptr (SideDocument) document = NULL;

  call->ended_ms = wanted->ended_ms;
  g_free (call->recording);
  call->recording = wanted->sha256 != NULL ? g_path_get_basename (wanted->path) : NULL;
  g_free (call->recording_sha256);
  call->recording_sha256 = g_strdup (wanted->sha256);
  if (wanted->heard != NULL)
    side_test_timeline_fill (call, (const SidePhoneSegment *) (void *) wanted->heard->data, wanted->heard->len, wanted->heard_from_ms,
                             call->ended_ms - call->dialled_ms);
  else if (wanted->sha256 == NULL)
    side_test_timeline_fill (call, NULL, 0, 0, call->ended_ms - call->dialled_ms);
  fill_up (call);
  document = side_wire_document_for_test_call (call);
  document->changed_ms = side_desk_get_write_ms (desk);
  side_document_shelf_put (SIDE_DOCUMENT_SHELF (self), document, NULL);
}

static void
tell (SideTestRecovery *self,
      guint             n,
      const Wanted     *one)
{
  SideDesk *desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self));
  const SideProject *project = side_desk_get_project (desk);
  g_autofree char *when = side_format_when (project != NULL ? project->time_zone : NULL, one->call->dialled_ms, side_desk_get_now_ms (desk));
  g_autofree char *words = NULL;

  if (n > 1)
    words = g_strdup_printf (ngettext ("%u test call was cut off when Sidetone ended; what was recorded is kept.",
                                       "%u test calls were cut off when Sidetone ended; what was recorded is kept.", n), n);
  else if (one->sha256 != NULL)
    /* Translators: a moment, as "today 14:02" */
    words = g_strdup_printf (_("A test call (%s) was cut off when Sidetone ended; its recording is kept."), when);
  else
    /* Translators: a moment, as "today 14:02" */
    words = g_strdup_printf (_("A test call (%s) was cut off when Sidetone ended, before there was any sound."), when);
  g_signal_emit (self, recovered_signal, 0, words);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  SideShelfErrand *errand = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = side_job_run_finish (result, &error);
  g_autoptr (SideTestRecovery) self = side_document_shelf_end (errand);
  const Wanted *one = NULL;
  guint n = 0;

  if (self == NULL || side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self)) == NULL)
    return;
  if (error != NULL)
    side_document_shelf_fail (SIDE_DOCUMENT_SHELF (self), error);
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const Wanted *wanted = found->pdata[i];

      if (wanted->ended_ms == 0)
        continue;
      settle (self, wanted);
      one = wanted;
      n++;
    }
  self->done = TRUE;
  if (n > 0)
    tell (self, n, one);
}

static gboolean
is_wanted (SideTestRecovery   *self,
           const SideTestCall *call)
{
  SideDesk *desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self));

  return call->ended_ms == 0 && call->dialled_ms != 0 && call->dialled_ms < self->began_ms
         && g_strcmp0 (call->review->reviewer, side_desk_get_user (desk)) == 0;
}

static void
side_test_recovery_take (SideDocumentShelf *shelf,
                         GPtrArray         *documents)
{
  SideTestRecovery *self = SIDE_TEST_RECOVERY (shelf);
  SideDesk *desk = side_document_shelf_get_desk (shelf);
  Search *search;

  if (!self->looked && desk != NULL && side_desk_get_role (desk) != SIDE_ROLE_OPERATOR)
    {
      self->looked = TRUE;
      if (self->began_ms == 0)
        self->began_ms = side_desk_get_write_ms (desk);
      search = g_new0 (Search, 1);
      search->folder = side_test_recordings_dup_folder (desk);
      search->wanted = g_ptr_array_new_with_free_func (wanted_free);
      for (guint i = 0; i < documents->len; i++)
        {
          g_autoptr (SideTestCall) call = side_wire_test_call_from_json (((SideDocument *) documents->pdata[i])->body, -1, NULL);
          Wanted *wanted;

          if (call == NULL || !is_wanted (self, call))
            continue;
          wanted = g_new0 (Wanted, 1);
          wanted->path = side_test_recordings_dup_path (desk, call);
          wanted->call = g_steal_pointer (&call);
          g_ptr_array_add (search->wanted, wanted);
        }
      side_job_run_async (search_work, search, search_free, (GDestroyNotify) g_ptr_array_unref, NULL, NULL, NULL, found_cb,
                          side_document_shelf_begin (shelf, TRUE));
    }
  side_document_shelf_set_read (shelf);
}

static void
side_test_recovery_forget (SideDocumentShelf *shelf)
{
  SideTestRecovery *self = SIDE_TEST_RECOVERY (shelf);

  self->looked = self->done = FALSE;
}

static void
side_test_recovery_class_init (SideTestRecoveryClass *klass)
{
  static const char *const kinds[] = { "test-call", NULL };
  SideDocumentShelfClass *shelf_class = SIDE_DOCUMENT_SHELF_CLASS (klass);

  shelf_class->kinds = kinds;
  shelf_class->take = side_test_recovery_take;
  shelf_class->forget = side_test_recovery_forget;
  recovered_signal = g_signal_new ("recovered", SIDE_TYPE_TEST_RECOVERY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
side_test_recovery_init (SideTestRecovery *self)
{
}

/**
 * side_test_recovery_get:
 * @desk: a desk
 *
 * Returns: (transfer none): what looks after its calls, from now on
 */
SideTestRecovery *
side_test_recovery_get (SideDesk *desk)
{
  return side_document_shelf_get (desk, SIDE_TYPE_TEST_RECOVERY);
}

/**
 * side_test_recovery_is_done:
 * @self: a recovery
 *
 * Returns: whether the calls of this project were looked through
 */
gboolean
side_test_recovery_is_done (SideTestRecovery *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_RECOVERY (self), FALSE);
  return self->done;
}
