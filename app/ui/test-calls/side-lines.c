/* side-lines.c - the telephone lines of whoever works on this computer
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file is small and written whole, at once, when somebody saved a line. It
 * also names the lines whose passwords are still to be forgotten: a line that
 * was removed can be brought back with its password for a while, and the
 * program may be gone by the end of that.
 */
#include "side-lines.h"

#include <glib/gstdio.h>
#include <string.h>

#include "side-error.h"
#include "side-file.h"
#include "side-paths.h"
#include "side-secrets.h"
#include "side-text.h"

#define VERSION   1
#define MAX_BYTES (1024 * 1024)
#define MAX_LINES 100

struct _SideLines
{
  GObject     parent_instance;
  char       *path;
  GPtrArray  *lines;      /* of SideLine */
  GHashTable *secrets;    /* id -> SideSipSecret, of this session */
  GPtrArray  *forgotten;  /* of id: their passwords go when nothing is brought back any more */
  SideLine   *removed;    /* (nullable): what can be brought back */
  guint       position;   /* where it stood */
  GError     *error;      /* (nullable): why the file could not be read */
};

G_DEFINE_FINAL_TYPE (SideLines, side_lines, G_TYPE_OBJECT)

static guint changed_signal;

static void
side_lines_finalize (GObject *object)
{
  SideLines *self = SIDE_LINES (object);

  g_free (self->path);
  g_ptr_array_unref (self->lines);
  g_hash_table_unref (self->secrets);
  g_ptr_array_unref (self->forgotten);
  g_clear_pointer (&self->removed, side_line_free);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (side_lines_parent_class)->finalize (object);
}

static void
side_lines_class_init (SideLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_lines_finalize;
  changed_signal = g_signal_new ("changed", SIDE_TYPE_LINES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
side_lines_init (SideLines *self)
{
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) side_line_free);
  self->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) side_sip_secret_unref);
  self->forgotten = g_ptr_array_new_with_free_func (g_free);
}

/* ---- the file ---- */

static char *
dup_identity (const char *id)
{
  return g_strconcat ("line ", id, NULL);
}

static char *
to_json (SideLines *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, VERSION);
  json_builder_set_member_name (builder, "lines");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->lines->len; i++)
    side_line_write (self->lines->pdata[i], builder);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "forgotten");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->forgotten->len; i++)
    json_builder_add_string_value (builder, self->forgotten->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}

/* A file that could not be read is kept aside, not written over; a newer program's stays where it is. */
static gboolean
write_file (SideLines  *self,
            GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *aside = g_strconcat (self->path, ".damaged", NULL);
  g_autofree char *text = NULL;

  if (g_error_matches (self->error, SIDE_ERROR, SIDE_ERROR_NEWER))
    {
      g_propagate_error (error, g_error_copy (self->error));
      return FALSE;
    }
  g_mkdir_with_parents (folder, 0700);
  if (self->error != NULL && g_rename (self->path, aside) != 0)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_FAILED, "%s cannot be put aside", self->path);
      return FALSE;
    }
  g_clear_error (&self->error);
  text = to_json (self);
  return side_file_write (self->path, text, strlen (text), 0600, error);
}

static gboolean
take_json (SideLines  *self,
           JsonNode   *root,
           GError    **error)
{
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *version = object != NULL ? json_object_get_member (object, "version") : NULL;
  JsonNode *lines = object != NULL ? json_object_get_member (object, "lines") : NULL;
  JsonNode *forgotten = object != NULL ? json_object_get_member (object, "forgotten") : NULL;

  if (version == NULL || json_node_get_value_type (version) != G_TYPE_INT64 || lines == NULL || !JSON_NODE_HOLDS_ARRAY (lines))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_CORRUPT, "%s holds no lines", self->path);
      return FALSE;
    }
  if (json_node_get_int (version) > VERSION)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_NEWER, "%s is of a newer Sidetone", self->path);
      return FALSE;
    }
  for (guint i = 0; i < MIN (json_array_get_length (json_node_get_array (lines)), MAX_LINES); i++)
    {
      JsonNode *node = json_array_get_element (json_node_get_array (lines), i);
      g_autoptr (SideLine) line = JSON_NODE_HOLDS_OBJECT (node) ? side_line_read (json_node_get_object (node)) : NULL;

      if (line != NULL && side_lines_find (self, line->id) == NULL)
        g_ptr_array_add (self->lines, g_steal_pointer (&line));
    }
  for (guint i = 0; forgotten != NULL && JSON_NODE_HOLDS_ARRAY (forgotten) && i < json_array_get_length (json_node_get_array (forgotten)); i++)
    {
      JsonNode *node = json_array_get_element (json_node_get_array (forgotten), i);

      if (json_node_get_value_type (node) == G_TYPE_STRING)
        g_ptr_array_add (self->forgotten, g_strdup (json_node_get_string (node)));
    }
  return TRUE;
}

static void
read_file (SideLines *self)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize len;

  if (!side_file_read (self->path, MAX_BYTES, &text, &len, &error))
    {
      if (!g_error_matches (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND))
        self->error = g_steal_pointer (&error);
      return;
    }
  if (!json_parser_load_from_data (parser, text, (gssize) len, &error))
    self->error = g_error_new (SIDE_ERROR, SIDE_ERROR_CORRUPT, "%s is damaged: %s", self->path, error->message);
  else
    take_json (self, json_parser_get_root (parser), &self->error);
}

/**
 * side_lines_new:
 * @path: of a file, which need not be there yet
 *
 * Returns: (transfer full): the lines in it
 */
SideLines *
side_lines_new (const char *path)
{
  SideLines *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (SIDE_TYPE_LINES, NULL);
  self->path = g_strdup (path);
  read_file (self);
  side_lines_forget_removed (self);
  return self;
}

/**
 * side_lines_get_default:
 *
 * Returns: (transfer none): the lines of this user of this computer
 */
SideLines *
side_lines_get_default (void)
{
  static SideLines *lines;

  if (lines == NULL)
    {
      g_autofree char *path = side_paths_config_file ("lines.json");

      lines = side_lines_new (path);
    }
  return lines;
}

/**
 * side_lines_get_error:
 * @self: lines
 *
 * Returns: (transfer none) (nullable): why the file could not be read; CORRUPT
 *   until something is saved: it is kept aside then
 */
const GError *
side_lines_get_error (SideLines *self)
{
  g_return_val_if_fail (SIDE_IS_LINES (self), NULL);
  return self->error;
}

/**
 * side_lines_get_count:
 * @self: lines
 *
 * Returns: how many there are
 */
guint
side_lines_get_count (SideLines *self)
{
  g_return_val_if_fail (SIDE_IS_LINES (self), 0);
  return self->lines->len;
}

/**
 * side_lines_get:
 * @self: lines
 * @position: from 0, below side_lines_get_count()
 *
 * Returns: (transfer none): a line; until the next change
 */
const SideLine *
side_lines_get (SideLines *self,
                guint      position)
{
  g_return_val_if_fail (SIDE_IS_LINES (self) && position < self->lines->len, NULL);
  return self->lines->pdata[position];
}

static gboolean
find_position (SideLines  *self,
               const char *id,
               guint      *position)
{
  for (guint i = 0; id != NULL && i < self->lines->len; i++)
    if (g_str_equal (((const SideLine *) self->lines->pdata[i])->id, id))
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * side_lines_find:
 * @self: lines
 * @id: (nullable): of a line
 *
 * Returns: (transfer none) (nullable): it; until the next change
 */
const SideLine *
side_lines_find (SideLines  *self,
                 const char *id)
{
  guint position;

  g_return_val_if_fail (SIDE_IS_LINES (self), NULL);
  return find_position (self, id, &position) ? self->lines->pdata[position] : NULL;
}

/**
 * side_lines_put:
 * @self: lines
 * @line: a new one, or another version of one that is there
 * @error: return location: of side_file_write(), FULL when there are 100, NEWER
 *
 * Returns: whether it is on the disk; if not, nothing changed
 */
gboolean
side_lines_put (SideLines       *self,
                const SideLine  *line,
                GError         **error)
{
  g_autoptr (SideLine) before = NULL;
  guint position = 0;
  gboolean known;

  g_return_val_if_fail (SIDE_IS_LINES (self) && line != NULL && side_id_is_valid (line->id), FALSE);

  known = find_position (self, line->id, &position);
  if (!known && self->lines->len >= MAX_LINES)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_FULL, "There are %d lines already", MAX_LINES);
      return FALSE;
    }
  if (!known)
    {
      position = self->lines->len;
      g_ptr_array_add (self->lines, NULL);
    }
  before = self->lines->pdata[position];
  self->lines->pdata[position] = side_line_copy (line);
  if (write_file (self, error))
    {
      g_signal_emit (self, changed_signal, 0);
      return TRUE;
    }
  side_line_free (self->lines->pdata[position]);
  self->lines->pdata[position] = g_steal_pointer (&before);
  if (!known)
    g_ptr_array_steal_index (self->lines, position);
  return FALSE;
}

static void
drop_forgotten (SideLines  *self,
                const char *id)
{
  for (guint i = self->forgotten->len; i > 0; i--)
    if (g_str_equal (self->forgotten->pdata[i - 1], id))
      g_ptr_array_remove_index (self->forgotten, i - 1);
}

/**
 * side_lines_remove:
 * @self: lines
 * @id: of one of them
 * @error: return location: of side_file_write(), NEWER
 *
 * It can be brought back by side_lines_restore() until the next one is removed
 * or side_lines_forget_removed() is called.
 *
 * Returns: whether it is gone from the disk; if not, nothing changed
 */
gboolean
side_lines_remove (SideLines   *self,
                   const char  *id,
                   GError     **error)
{
  SideLine *line;
  guint position = 0;

  g_return_val_if_fail (SIDE_IS_LINES (self) && find_position (self, id, &position), FALSE);

  side_lines_forget_removed (self);
  line = g_ptr_array_steal_index (self->lines, position);
  g_ptr_array_add (self->forgotten, g_strdup (line->id));
  if (!write_file (self, error))
    {
      drop_forgotten (self, line->id);
      g_ptr_array_insert (self->lines, (int) position, line);
      return FALSE;
    }
  self->removed = line;
  self->position = position;
  g_signal_emit (self, changed_signal, 0);
  return TRUE;
}

/**
 * side_lines_restore:
 * @self: lines
 * @error: return location: of side_file_write(), NEWER
 *
 * Brings the line back that was removed last, with its password; does nothing
 * where there is none.
 *
 * Returns: whether nothing went wrong
 */
gboolean
side_lines_restore (SideLines  *self,
                    GError    **error)
{
  SideLine *line;

  g_return_val_if_fail (SIDE_IS_LINES (self), FALSE);

  if (self->removed == NULL)
    return TRUE;
  line = g_steal_pointer (&self->removed);
  drop_forgotten (self, line->id);
  g_ptr_array_insert (self->lines, (int) MIN (self->position, self->lines->len), line);
  if (!write_file (self, error))
    {
      g_ptr_array_steal_index (self->lines, MIN (self->position, self->lines->len - 1));
      g_ptr_array_add (self->forgotten, g_strdup (line->id));
      self->removed = line;
      return FALSE;
    }
  g_signal_emit (self, changed_signal, 0);
  return TRUE;
}

/**
 * side_lines_forget_removed:
 * @self: lines
 *
 * What was removed is not brought back any more: its password is forgotten.
 */
void
side_lines_forget_removed (SideLines *self)
{
  g_return_if_fail (SIDE_IS_LINES (self));

  g_clear_pointer (&self->removed, side_line_free);
  for (guint i = 0; i < self->forgotten->len; i++)
    {
      g_autofree char *identity = dup_identity (self->forgotten->pdata[i]);

      side_secrets_forget (identity);
      g_hash_table_remove (self->secrets, self->forgotten->pdata[i]);
    }
  /* They stay in the file until it is written next: to forget twice does no harm. */
  g_ptr_array_set_size (self->forgotten, 0);
}

/* ---- passwords ---- */

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (side_secrets_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * side_lines_set_password_async:
 * @self: lines
 * @id: of one of them
 * @password: not empty; copied only to where it is kept
 * @callback: called when it is kept or could not be
 * @user_data: data for @callback
 *
 * It is good for this session at once.
 */
void
side_lines_set_password_async (SideLines           *self,
                               const char          *id,
                               const char          *password,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autofree char *identity = dup_identity (id);
  GTask *task;

  g_return_if_fail (SIDE_IS_LINES (self) && password != NULL && *password != '\0');

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, side_lines_set_password_async);
  g_hash_table_replace (self->secrets, g_strdup (id), side_sip_secret_new (password));
  side_secrets_store_async (identity, password, NULL, stored_cb, task);
}

/**
 * side_lines_set_password_finish:
 * @self: lines
 * @result: what the callback was given
 * @error: UNREACHABLE when there is no Secret Service or it refused: it is
 *   kept for this session only
 *
 * Returns: whether it is kept
 */
gboolean
side_lines_set_password_finish (SideLines     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *password = side_secrets_lookup_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, password != NULL ? side_sip_secret_new (password) : NULL, (GDestroyNotify) side_sip_secret_unref);
  if (password != NULL)
    explicit_bzero (password, strlen (password));
  g_free (password);
}

/**
 * side_lines_find_secret_async:
 * @self: lines
 * @id: of one of them
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: data for @callback
 */
void
side_lines_find_secret_async (SideLines           *self,
                              const char          *id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autofree char *identity = dup_identity (id);
  SideSipSecret *secret;
  GTask *task;

  g_return_if_fail (SIDE_IS_LINES (self) && id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_lines_find_secret_async);
  secret = g_hash_table_lookup (self->secrets, id);
  if (secret == NULL)
    {
      side_secrets_lookup_async (identity, cancellable, looked_up_cb, task);
      return;
    }
  g_task_return_pointer (task, side_sip_secret_ref (secret), (GDestroyNotify) side_sip_secret_unref);
  g_object_unref (task);
}

/**
 * side_lines_find_secret_finish:
 * @self: lines
 * @result: what the callback was given
 * @error: UNREACHABLE when there is no Secret Service or it refused
 *
 * Returns: (transfer full) (nullable): the line's password; %NULL without an
 *   error where it has none
 */
SideSipSecret *
side_lines_find_secret_finish (SideLines     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
