/* side-asterisk-findings.c - the doctor's findings, and what is seen in files
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "side-asterisk-doctor-private.h"
#include "side-queue-log.h"

/* Lines of queue_log looked at for operators' names: those of the last days. */
#define LOOK_BACK_MS (G_GINT64_CONSTANT (7) * 86400000)

static void
finding_free (gpointer data)
{
  SideFinding *finding = data;

  g_free (finding->id);
  g_free (finding->what);
  g_free (finding->why);
  g_free (finding->line);
  g_free (finding);
}

GPtrArray *
side_findings_new (void)
{
  return g_ptr_array_new_with_free_func (finding_free);
}

void
side_findings_add (GPtrArray        *findings,
                   SideFindingState  state,
                   const char       *id,
                   const char       *why,
                   const char       *line,
                   const char       *format,
                   ...)
{
  SideFinding *finding = g_new0 (SideFinding, 1);
  va_list args;

  va_start (args, format);
  finding->what = g_strdup_vprintf (format, args);
  va_end (args);
  finding->state = state;
  finding->id = g_strdup (id);
  finding->why = g_strdup (why);
  finding->line = state != SIDE_FINDING_OK ? g_strdup (line) : NULL;
  g_ptr_array_add (findings, finding);
}

/**
 * side_finding_state_to_string:
 * @state: a state
 *
 * Returns: "ok", "warning", "missing" or "unknown"
 */
const char *
side_finding_state_to_string (SideFindingState state)
{
  static const char * const words[] = { "ok", "warning", "missing", "unknown" };

  g_return_val_if_fail ((gsize) state < G_N_ELEMENTS (words), "unknown");
  return words[state];
}

/**
 * side_findings_are_fine:
 * @findings: (element-type SideFinding): what the doctor found
 *
 * Returns: whether nothing is missing
 */
gboolean
side_findings_are_fine (GPtrArray *findings)
{
  g_return_val_if_fail (findings != NULL, FALSE);

  for (guint i = 0; i < findings->len; i++)
    {
      if (((SideFinding *) g_ptr_array_index (findings, i))->state == SIDE_FINDING_MISSING)
        return FALSE;
    }
  return TRUE;
}

/* Whether a PBX has the queue a finding is about. */
static gboolean
is_there (GPtrArray  *findings,
          const char *id)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const SideFinding *finding = g_ptr_array_index (findings, i);

      if (finding->state != SIDE_FINDING_UNKNOWN && finding->state != SIDE_FINDING_MISSING && strcmp (finding->id, id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Whether its queues were asked for: each that was has a finding. */
static gboolean
was_asked (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    if (g_str_has_prefix (((SideFinding *) g_ptr_array_index (findings, i))->id, "queue:"))
      return TRUE;
  return FALSE;
}

/**
 * side_findings_compare:
 * @findings: (array length=n) (element-type GPtrArray): what was found at each
 *   of all PBXs there are, of SideFinding
 * @n: how many
 *
 * A queue that one PBX does not have is missing when none has it.
 */
void
side_findings_compare (GPtrArray *const *findings,
                       gsize             n)
{
  for (gsize i = 0; i < n; i++)
    if (!was_asked (findings[i]))
      return;
  for (gsize i = 0; i < n; i++)
    {
      for (guint k = 0; k < findings[i]->len; k++)
        {
          SideFinding *finding = g_ptr_array_index (findings[i], k);
          gboolean found = FALSE;

          if (finding->state != SIDE_FINDING_UNKNOWN || !g_str_has_prefix (finding->id, "queue:"))
            continue;
          for (gsize other = 0; other < n && !found; other++)
            found = is_there (findings[other], finding->id);
          if (!found)
            finding->state = SIDE_FINDING_MISSING;
        }
    }
}

typedef struct {
  guint  entries;
  guint  named;
  guint  by_interface;
} LogLook;

static void
take_entry (SideQueueLogEntry *entry,
            gpointer           data)
{
  LogLook *look = data;

  look->entries++;
  if (entry->kind == SIDE_QUEUE_LOG_CONNECT)
    {
      if (strchr (entry->agent, '/') != NULL)
        look->by_interface++;
      else
        look->named++;
    }
  side_queue_log_entry_free (entry);
}

static void
judge_queue_log (const DoctorNotes *notes,
                 GPtrArray         *findings)
{
  static const char why[] = "It tells a time-out from a caller who hung up, and what passed while the link was down.";
  const char *path = notes->settings->queue_log;
  LogLook look = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (SideQueueLog) log = NULL;

  if (path == NULL || *path == '\0')
    {
      side_findings_add (findings, SIDE_FINDING_WARNING, "queue_log", why,
                         "server's configuration, section of the PBX: queue_log=/var/log/asterisk/queue_log",
                         "no queue_log is set");
      return;
    }
  log = side_queue_log_new (path, take_entry, &look);
  if (!side_queue_log_seek (log, g_get_real_time () / 1000 - LOOK_BACK_MS, &error))
    {
      side_findings_add (findings, SIDE_FINDING_MISSING, "queue_log", why,
                         "the server's user must be able to read it: usermod -a -G asterisk sidetone",
                         "queue_log cannot be read: %s", error->message);
      return;
    }
  side_queue_log_read (log);
  side_findings_add (findings, SIDE_FINDING_OK, "queue_log", why, NULL, "%s is readable, %u lines of the last week", path,
                     look.entries);
  if (look.by_interface > 0)
    side_findings_add (findings, SIDE_FINDING_WARNING, "queue_log-names",
                       "Operators keep their name when they change their telephone.",
                       "queues.conf, [general]: log_membername_as_agent=yes",
                       "queue_log names operators by their telephone");
  else if (look.named > 0)
    side_findings_add (findings, SIDE_FINDING_OK, "queue_log-names",
                       "Operators keep their name when they change their telephone.", NULL,
                       "queue_log has the operators' names");
}

static void
judge_folder (const char *folder,
              GPtrArray  *findings)
{
  static const char why[] = "Recordings are served from there.";
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  g_autofree char *id = g_strconcat ("recordings:", folder, NULL);
  const char *name = dir != NULL ? g_dir_read_name (dir) : NULL;
  g_autofree char *file = name != NULL ? g_build_filename (folder, name, NULL) : NULL;

  if (dir == NULL)
    side_findings_add (findings, SIDE_FINDING_MISSING, id, why,
                       "the server's user must be able to read it: usermod -a -G asterisk sidetone",
                       "the recordings' folder cannot be read: %s", error->message);
  else if (file != NULL && g_access (file, R_OK) != 0)
    side_findings_add (findings, SIDE_FINDING_MISSING, id, why,
                       "the server's user must be able to read it: usermod -a -G asterisk sidetone",
                       "%s cannot be read: %s", file, g_strerror (errno));
  else
    side_findings_add (findings, SIDE_FINDING_OK, id, why, NULL, "%s is readable", folder);
}

void
side_doctor_judge_files (const DoctorNotes *notes,
                         GPtrArray         *findings)
{
  judge_queue_log (notes, findings);
  if (notes->settings->folders == NULL || notes->settings->folders[0] == NULL)
    side_findings_add (findings, SIDE_FINDING_WARNING, "recordings", "Without one no recording is served.",
                       "server's configuration: [recordings] folders=/var/spool/asterisk/recording",
                       "no folder of recordings is set");
  for (gsize i = 0; notes->settings->folders != NULL && notes->settings->folders[i] != NULL; i++)
    judge_folder (notes->settings->folders[i], findings);
}
