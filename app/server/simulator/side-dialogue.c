/* side-dialogue.c - what is said in the demo's recordings
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-dialogue.h"

#include <gio/gio.h>
#include <string.h>

#include "side-demo-resources.h"
#include "side-demo-texts.h"
#include "side-error.h"

#define FOLDER "/org/sidetone/demo/"

static const char *const section_names[SIDE_N_SECTIONS] = {
  "greeting", "body", "closing", "before-hold", "after-hold", "transfer",
};

static void
line_free (gpointer data)
{
  SideLine *line = data;

  g_free (line->text);
  g_free (line);
}

/**
 * side_dialogue_free:
 * @self: (transfer full): a dialogue
 */
void
side_dialogue_free (SideDialogue *self)
{
  g_return_if_fail (self != NULL);
  g_free (self->language);
  g_free (self->queue);
  for (guint i = 0; i < SIDE_N_SECTIONS; i++)
    g_ptr_array_unref (self->sections[i]);
  g_free (self);
}

static gboolean
parse_setting (SideDialogue *self,
               const char   *setting)
{
  const char *value = strchr (setting, ' ');
  g_autofree char *name = NULL;

  if (value == NULL)
    return FALSE;
  name = g_strndup (setting, (gsize) (value - setting));
  value++;
  if (g_str_equal (name, "language"))
    {
      g_free (self->language);
      self->language = g_strdup (value);
    }
  else if (g_str_equal (name, "queue"))
    {
      g_free (self->queue);
      self->queue = g_strdup (value);
    }
  else if (g_str_equal (name, "customer"))
    {
      self->man = !g_str_equal (value, "woman");
      self->woman = !g_str_equal (value, "man");
    }
  else if (g_str_equal (name, "sells"))
    {
      self->sells = g_str_equal (value, "yes");
    }
  else
    {
      return FALSE;
    }
  return TRUE;
}

static int
find_section (const char *name)
{
  for (int i = 0; i < SIDE_N_SECTIONS; i++)
    if (g_str_equal (name, section_names[i]))
      return i;
  return -1;
}

/* A turn: "O: text", "C! text" and so on. */
static SideLine *
parse_turn (const char *text)
{
  SideLine *line;

  if ((text[0] != 'O' && text[0] != 'C') || text[1] == '\0' || strchr (":!~", text[1]) == NULL || text[2] != ' '
      || text[3] == '\0')
    return NULL;
  line = g_new0 (SideLine, 1);
  line->customer = text[0] == 'C';
  line->cuts_in = text[1] == '!';
  line->slow = text[1] == '~';
  line->text = g_strdup (text + 3);
  return line;
}

/**
 * side_dialogue_parse:
 * @text: a dialogue's file
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the dialogue, or %NULL with
 *   %SIDE_ERROR_INVALID and the line that is wrong
 */
SideDialogue *
side_dialogue_parse (const char  *text,
                     GError     **error)
{
  g_autoptr (SideDialogue) self = g_new0 (SideDialogue, 1);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *exchange = NULL;
  int section = -1;

  for (guint i = 0; i < SIDE_N_SECTIONS; i++)
    self->sections[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->man = self->woman = TRUE;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *row = g_strstrip (lines[i]);
      SideLine *line = NULL;
      gboolean fine = TRUE;

      if (*row == ';')
        continue;
      if (*row == '\0')
        exchange = NULL;
      else if (*row == '@')
        fine = parse_setting (self, row + 1);
      else if (g_str_has_prefix (row, "== "))
        fine = (section = find_section (row + 3)) >= 0;
      else
        fine = section >= 0 && (line = parse_turn (row)) != NULL;
      if (!fine)
        {
          g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "line %u of a dialogue makes no sense: “%s”", i + 1, row);
          return NULL;
        }
      if (line == NULL)
        continue;
      if (exchange == NULL)
        {
          exchange = g_ptr_array_new_with_free_func (line_free);
          g_ptr_array_add (self->sections[section], exchange);
        }
      g_ptr_array_add (exchange, line);
    }
  if (self->language == NULL || self->queue == NULL || self->sections[SIDE_SECTION_BODY]->len == 0)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "a dialogue without language, queue or body");
      return NULL;
    }
  return g_steal_pointer (&self);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/**
 * side_demo_texts_get:
 *
 * A static library's constructors may be left out by the linker, so the texts
 * are registered by hand when they are first wanted.
 *
 * Returns: (transfer none): the built-in texts: dialogues and scripts
 */
GResource *
side_demo_texts_get (void)
{
  static gsize registered;

  if (g_once_init_enter (&registered))
    {
      side_demo_register_resource ();
      g_once_init_leave (&registered, 1);
    }
  return side_demo_get_resource ();
}

/**
 * side_dialogue_load:
 * @error: return location
 *
 * Returns: (transfer full) (element-type SideDialogue) (nullable): the
 *   dialogues built into the program, in order of their names
 */
GPtrArray *
side_dialogue_load (GError **error)
{
  GResource *resource = side_demo_texts_get ();
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) side_dialogue_free);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_auto (GStrv) names = g_resource_enumerate_children (resource, FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (names == NULL)
    return NULL;
  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (sorted, names[i]);
  g_ptr_array_sort (sorted, compare_names);
  for (guint i = 0; i < sorted->len; i++)
    {
      g_autofree char *path = g_strconcat (FOLDER, g_ptr_array_index (sorted, i), NULL);
      g_autoptr (GBytes) bytes = g_resource_lookup_data (resource, path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
      g_autofree char *text = NULL;
      SideDialogue *dialogue;

      if (bytes == NULL)
        return NULL;
      text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      dialogue = side_dialogue_parse (text, error);
      if (dialogue == NULL)
        {
          g_prefix_error (error, "%s: ", path);
          return NULL;
        }
      g_ptr_array_add (all, dialogue);
    }
  return g_steal_pointer (&all);
}

/**
 * side_dialogue_fill:
 * @text: a turn with placeholders
 * @words: what to put in their place
 *
 * Returns: (transfer full): the turn as it is spoken
 */
char *
side_dialogue_fill (const char              *text,
                    const SideDialogueWords *words)
{
  const struct {
    const char *placeholder, *word;
  } table[] = {
    { "{shop}", words->shop },   { "{operator}", words->op }, { "{customer}", words->customer },
    { "{order}", words->order }, { "{price}", words->price }, { "{city}", words->city },
  };
  GString *out = g_string_new (text);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_string_replace (out, table[i].placeholder, table[i].word, 0);
  return g_string_free (out, FALSE);
}
