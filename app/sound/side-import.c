/* side-import.c - recordings that lie on this computer already
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file is opened as the player opens it, so that what is taken over can be
 * heard and what cannot says why. It is copied, or two of them are joined,
 * beside its place and only then takes its name there: a name is a whole file.
 */
#include "side-import.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "side-error.h"
#include "side-file.h"
#include "side-hash.h"
#include "side-sound-file.h"

#define COPY_BYTES   (1 << 20)
#define JOIN_FRAMES  32768

typedef struct {
  char **paths;
  char  *sha256;
  char  *folder;
} Request;

/* What a copy under way needs. */
typedef struct {
  guint64          done;
  guint64          total;
  SideJobProgress  progress;
  gpointer         progress_data;
  GCancellable    *cancellable;
} Copying;

/**
 * side_import_facts_free:
 * @self: facts
 */
void
side_import_facts_free (SideImportFacts *self)
{
  g_free (self->format);
  g_free (self->sha256);
  g_free (self);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_strfreev (request->paths);
  g_free (request->sha256);
  g_free (request->folder);
  g_free (request);
}

static void
set_disk_error (GError     **error,
                int          code,
                const char  *path)
{
  int meaning = code == ENOSPC || code == EDQUOT || code == EFBIG ? SIDE_ERROR_FULL
                : code == EACCES || code == EROFS || code == EPERM ? SIDE_ERROR_READ_ONLY
                : code == ENOENT ? SIDE_ERROR_NOT_FOUND : SIDE_ERROR_FAILED;

  g_set_error (error, SIDE_ERROR, meaning, "%s: %s", path, g_strerror (code));
}

static gboolean
is_cancelled (GCancellable  *cancellable,
              GError       **error)
{
  if (!g_cancellable_is_cancelled (cancellable))
    return FALSE;
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_CANCELLED, "taken back");
  return TRUE;
}

/* ---- looking ---- */

static char *
name_format (int format)
{
  static const struct { int format; const char *name; } containers[] = {
    { SF_FORMAT_WAV, "WAV" }, { SF_FORMAT_WAVEX, "WAV" }, { SF_FORMAT_RF64, "WAV" }, { SF_FORMAT_W64, "WAV" },
    { SF_FORMAT_FLAC, "FLAC" }, { SF_FORMAT_MPEG, "MP3" }, { SF_FORMAT_OGG, "Ogg" }, { SF_FORMAT_AU, "AU" },
    { SF_FORMAT_AIFF, "AIFF" }, { SF_FORMAT_RAW, "GSM" },
  };
  static const struct { int format; const char *name; } codings[] = {
    { SF_FORMAT_PCM_U8, "8 bit" }, { SF_FORMAT_PCM_S8, "8 bit" }, { SF_FORMAT_ALAW, "A-law" }, { SF_FORMAT_ULAW, "µ-law" },
    { SF_FORMAT_GSM610, "GSM" }, { SF_FORMAT_OPUS, "Opus" }, { SF_FORMAT_VORBIS, "Vorbis" }, { SF_FORMAT_IMA_ADPCM, "ADPCM" },
    { SF_FORMAT_MS_ADPCM, "ADPCM" },
  };
  const char *container = "?";
  const char *coding = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (containers); i++)
    if ((format & SF_FORMAT_TYPEMASK) == containers[i].format)
      container = containers[i].name;
  for (gsize i = 0; i < G_N_ELEMENTS (codings); i++)
    if ((format & SF_FORMAT_SUBMASK) == codings[i].format)
      coding = codings[i].name;
  if (coding == NULL || g_str_equal (coding, container))
    return g_strdup (container);
  return g_strdup_printf ("%s, %s", container, coding);
}

static char *
hash_open (int            fd,
           const char    *path,
           GCancellable  *cancellable,
           GError       **error)
{
  char *hash = side_hash_of_fd (fd, cancellable);

  if (hash == NULL && !is_cancelled (cancellable, error))
    set_disk_error (error, errno, path);
  return hash;
}

static char *
hash_file (const char    *path,
           GCancellable  *cancellable,
           GError       **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  char *hash;

  if (fd < 0)
    {
      set_disk_error (error, errno, path);
      return NULL;
    }
  hash = hash_open (fd, path, cancellable, error);
  g_close (fd, NULL);
  return hash;
}

/* Of two files whichever comes first: a pair is known with its sides exchanged too. */
static char *
hash_files (const char *const  *paths,
            GCancellable       *cancellable,
            GError            **error)
{
  g_autofree char *a = hash_file (paths[0], cancellable, error);
  g_autofree char *b = NULL;
  g_autofree char *both = NULL;

  if (a == NULL || paths[1] == NULL)
    return g_steal_pointer (&a);
  b = hash_file (paths[1], cancellable, error);
  if (b == NULL)
    return NULL;
  both = strcmp (a, b) <= 0 ? g_strconcat (a, b, NULL) : g_strconcat (b, a, NULL);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);
}

/* Two halves must fit: one channel each, the same rate. */
static gboolean
open_all (const char *const  *paths,
          SNDFILE           **files,
          SF_INFO            *infos,
          GError            **error)
{
  for (int i = 0; i < 2 && paths[i] != NULL; i++)
    {
      files[i] = side_sound_file_open (paths[i], &infos[i], error);
      if (files[i] == NULL)
        return FALSE;
    }
  if (files[1] == NULL && infos[0].channels <= 2)
    return TRUE;
  if (files[1] == NULL)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "%s has %d channels", paths[0], infos[0].channels);
      return FALSE;
    }
  if (infos[0].channels == 1 && infos[1].channels == 1 && infos[0].samplerate == infos[1].samplerate)
    return TRUE;
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_CONFLICT,
                       "the two halves do not fit: they must have one channel each and the same rate");
  return FALSE;
}

static void
close_all (SNDFILE **files)
{
  for (int i = 0; i < 2; i++)
    if (files[i] != NULL)
      sf_close (files[i]);
}

/**
 * side_import_look:
 * @paths: (array zero-terminated=1): one file, or the two halves of a call
 * @cancellable: (nullable): taken back
 * @error: as side_sound_file_open() has them; %SIDE_ERROR_CONFLICT when two
 *   halves do not fit together
 *
 * Reads all of the files for their hash: for worker threads.
 *
 * Returns: (transfer full): what can be known of the recording
 */
SideImportFacts *
side_import_look (const char *const  *paths,
                  GCancellable       *cancellable,
                  GError            **error)
{
  SNDFILE *files[2] = { NULL, NULL };
  SF_INFO infos[2] = { { 0 }, { 0 } };
  g_autofree char *sha256 = NULL;
  SideImportFacts *facts = NULL;
  g_autofree gint16 *second = NULL;

  g_return_val_if_fail (paths != NULL && paths[0] != NULL, NULL);
  if (open_all (paths, files, infos, error))
    sha256 = hash_files (paths, cancellable, error);
  if (sha256 != NULL)
    {
      gint64 frames = MAX (infos[0].frames, infos[1].frames);

      facts = g_new0 (SideImportFacts, 1);
      facts->rate = (guint) infos[0].samplerate;
      facts->length_ms = frames / infos[0].samplerate * 1000 + frames % infos[0].samplerate * 1000 / infos[0].samplerate;
      facts->n_channels = paths[1] != NULL ? 2 : (guint) infos[0].channels;
      facts->format = name_format (infos[0].format);
      facts->sha256 = g_steal_pointer (&sha256);
      /* Of some files only the decoding shows that there is nothing in them. */
      second = g_new (gint16, infos[0].samplerate * infos[0].channels);
      if (sf_readf_short (files[0], second, infos[0].samplerate) < 1)
        {
          g_clear_pointer (&facts, side_import_facts_free);
          g_set_error (error, SIDE_ERROR, SIDE_ERROR_CORRUPT, "%s holds no sound", paths[0]);
        }
    }
  close_all (files);
  return facts;
}

static gpointer
look_work (gpointer          data,
           SideJobProgress   progress,
           gpointer          job,
           GCancellable     *cancellable,
           GError          **error)
{
  Request *request = data;

  return side_import_look ((const char *const *) request->paths, cancellable, error);
}

/**
 * side_import_look_async:
 * @paths: (array zero-terminated=1): one file, or the two halves of a call
 * @cancellable: (nullable): taken back
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * side_import_look() in a thread.
 */
void
side_import_look_async (const char *const    *paths,
                        GCancellable         *cancellable,
                        GAsyncReadyCallback   callback,
                        gpointer              user_data)
{
  Request *request = g_new0 (Request, 1);

  request->paths = g_strdupv ((char **) paths);
  side_job_run_async (look_work, request, request_free, (GDestroyNotify) side_import_facts_free, NULL, NULL, cancellable,
                      callback, user_data);
}

/**
 * side_import_look_finish:
 * @result: what the callback was given
 * @error: as side_import_look() has them
 *
 * Returns: (transfer full): the facts
 */
SideImportFacts *
side_import_look_finish (GAsyncResult  *result,
                         GError       **error)
{
  return side_job_run_finish (result, error);
}

/* ---- taking over ---- */

static void
tell (Copying *copying,
      guint64  more)
{
  copying->done += more;
  if (copying->progress != NULL && copying->total > 0)
    copying->progress (MIN (1.0, (double) copying->done / (double) copying->total), copying->progress_data);
}

static gboolean
write_all (int            fd,
           const guchar  *block,
           gsize          length,
           const char    *path,
           GError       **error)
{
  while (length > 0)
    {
      gssize n = write (fd, block, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          set_disk_error (error, errno, path);
          return FALSE;
        }
      block += n;
      length -= (gsize) n;
    }
  return TRUE;
}

static gboolean
copy_file (Copying     *copying,
           const char  *from,
           int          to,
           const char  *to_path,
           GError     **error)
{
  g_autofree guchar *block = g_malloc (COPY_BYTES);
  int fd = g_open (from, O_RDONLY | O_CLOEXEC, 0);
  gssize n = 0;
  GStatBuf info;

  if (fd < 0)
    {
      set_disk_error (error, errno, from);
      return FALSE;
    }
  copying->total = g_stat (from, &info) == 0 ? (guint64) info.st_size : 0;
  while (!is_cancelled (copying->cancellable, error) && (n = read (fd, block, COPY_BYTES)) > 0)
    {
      if (!write_all (to, block, (gsize) n, to_path, error))
        break;
      tell (copying, (guint64) n);
    }
  if (n < 0)
    set_disk_error (error, errno, from);
  g_close (fd, NULL);
  return n == 0 && !g_cancellable_is_cancelled (copying->cancellable);
}

/* One side is done before the other: silence, until both are. */
static gboolean
join_blocks (Copying   *copying,
             SNDFILE  **files,
             SNDFILE   *to,
             GError   **error)
{
  g_autofree gint16 *sides = g_new (gint16, 2 * JOIN_FRAMES);
  g_autofree gint16 *both = g_new (gint16, 2 * JOIN_FRAMES);
  sf_count_t n = 0;

  do
    {
      sf_count_t left = sf_readf_short (files[0], sides, JOIN_FRAMES);
      sf_count_t right = sf_readf_short (files[1], sides + JOIN_FRAMES, JOIN_FRAMES);

      n = MAX (left, right);
      for (sf_count_t i = 0; i < n; i++)
        {
          both[2 * i] = i < left ? sides[i] : 0;
          both[2 * i + 1] = i < right ? sides[JOIN_FRAMES + i] : 0;
        }
      errno = 0;
      if (n > 0 && sf_writef_short (to, both, n) != n)
        {
          set_disk_error (error, errno != 0 ? errno : EIO, "the joined recording");
          return FALSE;
        }
      tell (copying, (guint64) n);
    }
  while (n > 0 && !is_cancelled (copying->cancellable, error));
  return n == 0;
}

static gboolean
join_files (Copying            *copying,
            const char *const  *paths,
            int                 to,
            GError            **error)
{
  SNDFILE *files[2] = { NULL, NULL };
  SF_INFO infos[2] = { { 0 }, { 0 } };
  gboolean joined = FALSE;

  if (open_all (paths, files, infos, error))
    {
      SF_INFO info = { .samplerate = infos[0].samplerate, .channels = 2, .format = SF_FORMAT_FLAC | SF_FORMAT_PCM_16 };
      SNDFILE *out = sf_open_fd (to, SFM_WRITE, &info, SF_FALSE);

      copying->total = (guint64) MAX (infos[0].frames, infos[1].frames);
      if (out == NULL)
        g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "the halves cannot be joined: %s", sf_strerror (NULL));
      else
        {
          joined = join_blocks (copying, files, out, error);
          errno = 0;
          if (sf_close (out) != 0 && joined)
            {
              set_disk_error (error, errno != 0 ? errno : EIO, "the joined recording");
              joined = FALSE;
            }
        }
    }
  close_all (files);
  return joined;
}

/* The decoder goes by the content, but for GSM without a header by the name. */
static const char *
ending_of (const char *const *paths)
{
  static const char *const endings[] = { "wav", "gsm", "flac", "mp3", "ogg", "opus" };
  const char *dot = strrchr (paths[0], '.');

  if (paths[1] != NULL)
    return "flac";
  for (gsize i = 0; dot != NULL && i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strcasecmp (dot + 1, endings[i]) == 0)
      return endings[i];
  return "wav";
}

/* What is kept must be what its name says. */
static gboolean
is_as_said (const char *const  *paths,
            const char         *sha256,
            int                 copy,
            GCancellable       *cancellable,
            GError            **error)
{
  g_autofree char *now = paths[1] != NULL ? hash_files (paths, cancellable, error) : NULL;

  if (paths[1] == NULL)
    now = hash_open (copy, paths[0], cancellable, error);
  if (now != NULL && !g_str_equal (now, sha256))
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT, "%s was changed meanwhile", paths[0]);
  return now != NULL && g_str_equal (now, sha256);
}

/**
 * side_import_take:
 * @paths: (array zero-terminated=1): one file, or the two halves of a call,
 *   the operator's first
 * @sha256: what side_import_look() said of them
 * @folder: where the copy goes; made if need be
 * @progress: (nullable): told how far it is
 * @progress_data: for @progress
 * @cancellable: (nullable): taken back; then nothing stays
 * @error: FULL, READ_ONLY, NOT_FOUND, CONFLICT when the files were changed
 *   since, CANCELLED, or as side_sound_file_open() has them
 *
 * Two halves become one FLAC file of two channels; the shorter one is filled
 * up with silence.
 *
 * Returns: (transfer full): path of the copy
 */
char *
side_import_take (const char *const  *paths,
                  const char         *sha256,
                  const char         *folder,
                  SideJobProgress     progress,
                  gpointer            progress_data,
                  GCancellable       *cancellable,
                  GError            **error)
{
  Copying copying = { .progress = progress, .progress_data = progress_data, .cancellable = cancellable };
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autoptr (SideNewFile) file = NULL;
  gboolean written;
  int fd;

  g_return_val_if_fail (paths != NULL && paths[0] != NULL && sha256 != NULL && strlen (sha256) >= 32, NULL);
  name = g_strdup_printf ("%.32s.%s", sha256, ending_of (paths));
  path = g_build_filename (folder, name, NULL);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      set_disk_error (error, errno, folder);
      return NULL;
    }
  file = side_new_file_open (path, 0600, error);
  if (file == NULL)
    return NULL;
  fd = side_new_file_get_fd (file);
  written = paths[1] != NULL ? join_files (&copying, paths, fd, error) : copy_file (&copying, paths[0], fd, path, error);
  if (!written || !is_as_said (paths, sha256, fd, cancellable, error) || !side_new_file_finish (file, TRUE, error))
    return NULL;
  return g_steal_pointer (&path);
}

static gpointer
take_work (gpointer          data,
           SideJobProgress   progress,
           gpointer          job,
           GCancellable     *cancellable,
           GError          **error)
{
  Request *request = data;

  return side_import_take ((const char *const *) request->paths, request->sha256, request->folder, progress, job, cancellable,
                           error);
}

/**
 * side_import_take_async:
 * @paths: (array zero-terminated=1): one file, or the two halves of a call
 * @sha256: what side_import_look() said of them
 * @folder: where the copy goes
 * @progress: (nullable): told how far it is
 * @progress_data: for @progress
 * @cancellable: (nullable): taken back
 * @callback: called when it is there
 * @user_data: for @callback
 *
 * side_import_take() in a thread.
 */
void
side_import_take_async (const char *const    *paths,
                        const char           *sha256,
                        const char           *folder,
                        SideJobProgress       progress,
                        gpointer              progress_data,
                        GCancellable         *cancellable,
                        GAsyncReadyCallback   callback,
                        gpointer              user_data)
{
  Request *request = g_new0 (Request, 1);

  request->paths = g_strdupv ((char **) paths);
  request->sha256 = g_strdup (sha256);
  request->folder = g_strdup (folder);
  side_job_run_async (take_work, request, request_free, g_free, progress, progress_data, cancellable, callback, user_data);
}

/**
 * side_import_take_finish:
 * @result: what the callback was given
 * @error: as side_import_take() has them
 *
 * Returns: (transfer full): path of the copy
 */
char *
side_import_take_finish (GAsyncResult  *result,
                         GError       **error)
{
  return side_job_run_finish (result, error);
}
