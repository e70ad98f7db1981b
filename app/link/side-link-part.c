/* side-link-part.c - a file that is being fetched
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It grows under another name and is renamed only when it is whole, on the
 * disk and of the right hash: whoever finds a file under its own name may
 * trust it, even after the power failed in the middle.
 */
#include "side-link-part.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "side-error.h"

#define CHUNK_BYTES 65536

static gboolean
fail (SideLinkPart  *part,
      const char    *what,
      int            saved_errno,
      GError       **error)
{
  SideError code = SIDE_ERROR_FAILED;

  if (saved_errno == ENOSPC || saved_errno == EDQUOT || saved_errno == EFBIG)
    code = SIDE_ERROR_FULL;
  else if (saved_errno == EACCES || saved_errno == EROFS || saved_errno == EPERM)
    code = SIDE_ERROR_READ_ONLY;
  g_set_error (error, SIDE_ERROR, (int) code, "%s: cannot %s: %s", part->part_path, what, g_strerror (saved_errno));
  return FALSE;
}

/*
 * side_link_part_new:
 * @path: where the whole file goes; its folder exists
 *
 * Returns: (transfer full): a part that is not open yet
 */
SideLinkPart *
side_link_part_new (const char *path)
{
  SideLinkPart *part = g_new0 (SideLinkPart, 1);

  part->path = g_strdup (path);
  part->part_path = g_strconcat (path, ".part", NULL);
  part->fd = -1;
  part->hash = side_hash_new ();
  return part;
}

/* side_link_part_free: what there is of the file stays, to be gone on with. */
void
side_link_part_free (SideLinkPart *part)
{
  if (part->fd >= 0)
    close (part->fd);
  side_hash_free (part->hash);
  g_free (part->path);
  g_free (part->part_path);
  g_free (part);
}

static gboolean
take_in (SideLinkPart  *part,
         GError       **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK_BYTES);
  gssize n;

  while ((n = read (part->fd, chunk, CHUNK_BYTES)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail (part, "read", errno, error);
      side_hash_update (part->hash, chunk, (gsize) n);
      part->size += n;
    }
  return TRUE;
}

/*
 * side_link_part_open:
 * @part: a part
 * @resume: whether to go on with what an earlier try has left
 * @error: SIDE_ERROR_READ_ONLY, SIDE_ERROR_FULL, SIDE_ERROR_FAILED
 */
gboolean
side_link_part_open (SideLinkPart  *part,
                     gboolean       resume,
                     GError       **error)
{
  /* No link is followed: the name is known before the file is there. */
  part->fd = open (part->part_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (part->fd < 0)
    return fail (part, "open", errno, error);
  return resume ? take_in (part, error) : side_link_part_restart (part, error);
}

/* side_link_part_restart: throws away what there is. */
gboolean
side_link_part_restart (SideLinkPart  *part,
                        GError       **error)
{
  if (ftruncate (part->fd, 0) < 0 || lseek (part->fd, 0, SEEK_SET) < 0)
    return fail (part, "truncate", errno, error);
  side_hash_reset (part->hash);
  part->size = 0;
  return TRUE;
}

gboolean
side_link_part_write (SideLinkPart  *part,
                      const guint8  *data,
                      gsize          n,
                      GError       **error)
{
  gsize done = 0;

  while (done < n)
    {
      gssize written = write (part->fd, data + done, n - done);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return fail (part, "write", errno, error);
      side_hash_update (part->hash, data + done, (gsize) written);
      part->size += written;
      done += (gsize) written;
    }
  return TRUE;
}

/* side_link_part_has: whether what there is has the hash @sha256 (nullable) already. */
gboolean
side_link_part_has (SideLinkPart *part,
                    const char   *sha256)
{
  g_autofree char *found = side_hash_get_hex (part->hash);

  return sha256 != NULL && g_ascii_strcasecmp (found, sha256) == 0;
}

static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  /* Not every file system can; the file itself is on the disk by now. */
  if (fd >= 0 && fsync (fd) < 0)
    g_debug ("%s: cannot sync: %s", folder, g_strerror (errno));
  if (fd >= 0)
    close (fd);
}

/*
 * side_link_part_finish:
 * @part: a part that has all its bytes
 * @sha256: (nullable): the hash it must have
 * @found: (out) (transfer full): the hash it has
 * @error: SIDE_ERROR_CORRUPT when it is another, and the part is then gone
 *
 * Brings it to the disk and under its own name.
 */
gboolean
side_link_part_finish (SideLinkPart  *part,
                       const char    *sha256,
                       char         **found,
                       GError       **error)
{
  g_autofree char *hash = side_hash_get_hex (part->hash);

  if (sha256 != NULL && g_ascii_strcasecmp (hash, sha256) != 0)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_CORRUPT, "The recording has the hash %s, not %s", hash, sha256);
      side_link_part_discard (part);
      return FALSE;
    }
  if (fsync (part->fd) < 0)
    return fail (part, "sync", errno, error);
  if (g_rename (part->part_path, part->path) < 0)
    return fail (part, "rename", errno, error);
  sync_folder (part->path);
  *found = g_steal_pointer (&hash);
  return TRUE;
}

/* side_link_part_discard: nothing is left of it. */
void
side_link_part_discard (SideLinkPart *part)
{
  if (part->fd >= 0)
    close (part->fd);
  part->fd = -1;
  g_unlink (part->part_path);
}
