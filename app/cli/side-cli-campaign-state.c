/* side-cli-campaign-state.c - what was done of a campaign, in a file that only grows
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One JSON object a line (docs/cli.md). That a call begins is on the disk before
 * anybody's telephone rings, so that a program that dies calls nobody twice; what
 * it came to follows when it is over. Whoever writes holds the lock of the file.
 */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "side-cli-campaign.h"
#include "side-wire.h"

#define MAX_BYTES (512 * 1024 * 1024)

static void
mark_free (gpointer data)
{
  SideCliMark *mark = data;

  g_free (mark->id);
  g_free (mark->scenario);
  g_free (mark->number);
  g_clear_pointer (&mark->call, side_test_call_unref);
  g_free (mark);
}

static gboolean
fail_errno (const char  *path,
            GError     **error)
{
  int saved = errno;

  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (saved), "%s: %s", path, g_strerror (saved));
  return FALSE;
}

static gboolean
fail_line (const char  *path,
           guint        line,
           GError     **error)
{
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_CORRUPT, "%s: line %u is damaged: nobody is called before somebody has looked at it", path, line);
  return FALSE;
}

/* -- reading */

static SideCliMark *
find_mark (const SideCliState *self,
           const char         *id)
{
  for (guint i = self->marks->len; id != NULL && i-- > 0;)
    if (g_strcmp0 (((const SideCliMark *) self->marks->pdata[i])->id, id) == 0)
      return self->marks->pdata[i];
  return NULL;
}

static const char *
text_of (JsonObject *object,
         const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static gboolean
take_begun (SideCliState *self,
            JsonObject   *object)
{
  const char *id = text_of (object, "id"), *scenario = text_of (object, "scenario");
  SideCliMark *mark;

  if (id == NULL || scenario == NULL || find_mark (self, id) != NULL)
    return FALSE;
  mark = g_new0 (SideCliMark, 1);
  mark->id = g_strdup (id);
  mark->scenario = g_strdup (scenario);
  mark->number = g_strdup (text_of (object, "number"));
  mark->at_ms = json_object_get_int_member_with_default (object, "at_ms", 0);
  mark->began_ms = json_object_get_int_member_with_default (object, "began_ms", 0);
  g_ptr_array_add (self->marks, mark);
  return TRUE;
}

static gboolean
take_ended (SideCliState *self,
            JsonNode     *node)
{
  g_autofree char *text = json_to_string (node, FALSE);
  SideTestCall *call = side_wire_test_call_from_json (text, -1, NULL);
  SideCliMark *mark = call != NULL ? find_mark (self, call->review->id) : NULL;

  if (mark == NULL)
    {
      g_clear_pointer (&call, side_test_call_unref);
      return FALSE;
    }
  g_clear_pointer (&mark->call, side_test_call_unref);
  mark->call = call;
  return TRUE;
}

/* Whether the line says something that may stand there. */
static gboolean
take_line (SideCliState  *self,
           const char    *line,
           gsize          len,
           const char    *campaign,
           gboolean      *foreign)
{
  g_autofree char *text = g_strndup (line, len);
  g_autoptr (JsonNode) node = g_utf8_validate (text, -1, NULL) ? json_from_string (text, NULL) : NULL;
  JsonObject *object;
  JsonNode *member;
  SideCliMark *mark;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  object = json_node_get_object (node);
  if (text_of (object, "campaign") != NULL)
    {
      *foreign = g_ascii_strcasecmp (text_of (object, "campaign"), campaign) != 0;
      return TRUE;
    }
  member = json_object_get_member (object, "begun");
  if (member != NULL && JSON_NODE_HOLDS_OBJECT (member))
    return take_begun (self, json_node_get_object (member));
  member = json_object_get_member (object, "call");
  if (member != NULL)
    return take_ended (self, member);
  mark = find_mark (self, text_of (object, "dropped"));
  if (mark != NULL)
    mark->dropped = TRUE;
  return mark != NULL;
}

/* @whole: (out): bytes of lines that are complete; the rest is what somebody was
 * writing when they died */
static gboolean
take_all (SideCliState  *self,
          const char    *text,
          gsize          len,
          const char    *campaign,
          gsize         *whole,
          GError       **error)
{
  const char *at = text, *end;
  gboolean foreign = FALSE;
  guint number = 1;

  for (; (end = memchr (at, '\n', len - (gsize) (at - text))) != NULL; at = end + 1, number++)
    {
      if (end > at && !take_line (self, at, (gsize) (end - at), campaign, &foreign))
        return fail_line (self->path, number, error);
      if (foreign)
        {
          g_set_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT, "%s is of another campaign", self->path);
          return FALSE;
        }
    }
  *whole = (gsize) (at - text);
  return TRUE;
}

static gboolean
read_all (SideCliState  *self,
          int            fd,
          const char    *campaign,
          gsize         *whole,
          GError       **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gssize got = 1;

  while (got > 0 && bytes->len <= MAX_BYTES)
    {
      guint before = bytes->len;

      g_byte_array_set_size (bytes, before + 65536);
      do
        got = read (fd, bytes->data + before, 65536);
      while (got < 0 && errno == EINTR);
      g_byte_array_set_size (bytes, before + (guint) MAX (got, 0));
    }
  if (got < 0)
    return fail_errno (self->path, error);
  if (bytes->len > MAX_BYTES)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "%s is larger than %d MiB", self->path, MAX_BYTES >> 20);
      return FALSE;
    }
  return take_all (self, (const char *) bytes->data, bytes->len, campaign, whole, error);
}

static void
state_init (SideCliState *self,
            const char   *path)
{
  self->fd = -1;
  self->path = g_strdup (path);
  self->marks = g_ptr_array_new_with_free_func (mark_free);
}

/**
 * side_cli_state_look:
 * @self: all zero; to be cleared whatever is returned
 * @path: the file; it need not be there
 * @campaign: UUID
 * @error: as side_cli_state_open(), but for the lock
 *
 * Reads it without a lock, and writes nothing.
 *
 * Returns: whether it could be read
 */
gboolean
side_cli_state_look (SideCliState  *self,
                     const char    *path,
                     const char    *campaign,
                     GError       **error)
{
  gsize whole;
  gboolean read_well;
  int fd;

  state_init (self, path);
  fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0)
    return errno == ENOENT || fail_errno (path, error);
  read_well = read_all (self, fd, campaign, &whole, error);
  close (fd);
  return read_well;
}

/* -- writing */

static gboolean
append (SideCliState  *self,
        const char    *text,
        GError       **error)
{
  gsize len = strlen (text);

  while (len > 0)
    {
      gssize n = write (self->fd, text, len);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail_errno (self->path, error);
      text += n;
      len -= (gsize) n;
    }
  return fsync (self->fd) == 0 || fail_errno (self->path, error);
}

/* Ends @builder's object, and writes it as a line. */
static gboolean
append_object (SideCliState  *self,
               JsonBuilder   *builder,
               GError       **error)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *json = json_to_string (root, FALSE);
  g_autofree char *line = g_strconcat (json, "\n", NULL);

  return append (self, line, error);
}

static gboolean
append_head (SideCliState  *self,
             const char    *campaign,
             GError       **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  side_cli_add_text (builder, "campaign", campaign);
  json_builder_end_object (builder);
  return append_object (self, builder, error);
}

/**
 * side_cli_state_open:
 * @self: all zero; to be cleared whatever is returned
 * @path: the file; it is made where there is none
 * @campaign: UUID
 * @error: SIDE_ERROR_BUSY where another process has it; SIDE_ERROR_CONFLICT for that of another
 *   campaign; SIDE_ERROR_CORRUPT; of files
 *
 * Returns: whether it is read, and ours alone until it is cleared
 */
gboolean
side_cli_state_open (SideCliState  *self,
                     const char    *path,
                     const char    *campaign,
                     GError       **error)
{
  gsize whole = 0;

  state_init (self, path);
  self->fd = g_open (path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->fd < 0)
    return fail_errno (path, error);
  if (flock (self->fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno != EWOULDBLOCK)
        return fail_errno (path, error);
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_BUSY, "another run of this campaign is going on: %s is locked", path);
      return FALSE;
    }
  if (!read_all (self, self->fd, campaign, &whole, error))
    return FALSE;
  if (ftruncate (self->fd, (off_t) whole) != 0)
    return fail_errno (path, error);
  return whole > 0 || append_head (self, campaign, error);
}

/**
 * side_cli_state_find:
 * @self: a state
 * @call: a call of the campaign
 *
 * Returns: (transfer none) (nullable): that it was begun; never one that was dropped
 */
SideCliMark *
side_cli_state_find (const SideCliState     *self,
                     const SideCampaignCall *call)
{
  for (guint i = 0; i < self->marks->len; i++)
    {
      SideCliMark *mark = self->marks->pdata[i];

      if (!mark->dropped && mark->at_ms == call->at_ms && g_ascii_strcasecmp (mark->scenario, call->scenario) == 0
          && g_strcmp0 (mark->number, call->number) == 0)
        return mark;
    }
  return NULL;
}

/**
 * side_cli_state_begin:
 * @self: an open state
 * @call: which call begins
 * @id: of the test call that is made for it
 * @now_ms: the present instant
 * @error: of files: then it must not begin
 *
 * Returns: whether it is on the disk
 */
gboolean
side_cli_state_begin (SideCliState            *self,
                      const SideCampaignCall  *call,
                      const char              *id,
                      gint64                   now_ms,
                      GError                 **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  SideCliMark *mark = g_new0 (SideCliMark, 1);

  mark->id = g_strdup (id);
  mark->at_ms = call->at_ms;
  mark->began_ms = now_ms;
  mark->scenario = g_strdup (call->scenario);
  mark->number = g_strdup (call->number);
  g_ptr_array_add (self->marks, mark);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "begun");
  json_builder_begin_object (builder);
  side_cli_add_text (builder, "id", id);
  json_builder_set_member_name (builder, "at_ms");
  json_builder_add_int_value (builder, call->at_ms);
  json_builder_set_member_name (builder, "began_ms");
  json_builder_add_int_value (builder, now_ms);
  side_cli_add_text (builder, "scenario", call->scenario);
  side_cli_add_text (builder, "number", call->number);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return append_object (self, builder, error);
}

/**
 * side_cli_state_end:
 * @self: an open state
 * @id: of a test call that was begun
 * @call: (nullable): what it came to; %NULL where nobody was called after all
 * @error: of files
 *
 * Returns: whether it is on the disk
 */
gboolean
side_cli_state_end (SideCliState        *self,
                    const char          *id,
                    const SideTestCall  *call,
                    GError             **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  SideCliMark *mark = find_mark (self, id);

  g_return_val_if_fail (mark != NULL, FALSE);

  json_builder_begin_object (builder);
  if (call != NULL)
    {
      g_autofree char *json = side_wire_test_call_to_json (call);

      mark->call = side_test_call_copy (call);
      json_builder_set_member_name (builder, "call");
      json_builder_add_value (builder, json_from_string (json, NULL));
    }
  else
    {
      mark->dropped = TRUE;
      side_cli_add_text (builder, "dropped", id);
    }
  json_builder_end_object (builder);
  return append_object (self, builder, error);
}

/**
 * side_cli_state_clear:
 * @self: a state, open or not
 */
void
side_cli_state_clear (SideCliState *self)
{
  if (self->path != NULL && self->fd >= 0)
    close (self->fd);   /* and with it the lock */
  self->fd = -1;
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->marks, g_ptr_array_unref);
}
