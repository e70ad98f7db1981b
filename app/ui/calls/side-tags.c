/* side-tags.c - the vocabulary of a project: words, colours, keys
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads tag documents from the desk's store and writes them back step by step.
 * The id of a tag follows from project and word, so that two people who change
 * the same word offline meet in one document, where a conflict is seen. What
 * is shown is the documents over the built-in words.
 */
#include "side-tags.h"

#include <glib/gi18n.h>
#include <string.h>

#include "side-note-item.h"
#include "side-text.h"
#include "side-wire.h"

struct _SideTags
{
  SideDocumentShelf  parent_instance;
  GPtrArray         *list;   /* of SideTag, in their order, the retired ones too */
};

G_DEFINE_FINAL_TYPE (SideTags, side_tags, SIDE_TYPE_DOCUMENT_SHELF)

/* Mid-tones: as a dot or a band they stand out on white and on the dark
 * background, and carry words in black or white. */
static const struct { const char *colour; const char *name; } palette[] = {
  { "#26a269", NC_ ("colour", "Green") }, { "#2ec27e", NC_ ("colour", "Light green") },
  { "#1c8a99", NC_ ("colour", "Teal") }, { "#1a5fb4", NC_ ("colour", "Blue") },
  { "#3584e4", NC_ ("colour", "Light blue") }, { "#9141ac", NC_ ("colour", "Purple") },
  { "#c64e8d", NC_ ("colour", "Pink") }, { "#e01b24", NC_ ("colour", "Red") },
  { "#a51d2d", NC_ ("colour", "Dark red") }, { "#d9690f", NC_ ("colour", "Orange") },
  { "#c88800", NC_ ("colour", "Amber") }, { "#865e3c", NC_ ("colour", "Brown") },
  { "#5e5c64", NC_ ("colour", "Grey") },
};

static SideDesk *
get_desk (SideTags *self)
{
  return side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self));
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const SideTag *x = *(SideTag *const *) a, *y = *(SideTag *const *) b;

  if (x->place != y->place)
    return x->place < y->place ? -1 : 1;
  return g_strcmp0 (x->word, y->word);
}

static SideTag *
new_tag (SideTags   *self,
         const char *word)
{
  const char *project = side_document_shelf_get_project (SIDE_DOCUMENT_SHELF (self));
  g_autofree char *name = g_strjoin ("\n", "tag", project != NULL ? project : "", word, NULL);
  g_autofree char *id = side_id_named (name);

  return side_tag_new (id, project, word);
}

static void
add_built_in (SideTags *self)
{
  gsize n_tags;
  const SideNoteTag *tags = side_note_tags (&n_tags);

  for (gsize i = 0; i < n_tags; i++)
    {
      SideTag *tag;

      if (side_tags_find (self, tags[i].id) != NULL)
        continue;
      tag = new_tag (self, tags[i].id);
      tag->label = g_strdup (_(tags[i].label));
      tag->colour = g_strdup (tags[i].colour);
      tag->shortcut = g_strdup (tags[i].shortcut);
      tag->place = (int) i;
      g_ptr_array_add (self->list, tag);
    }
}

static void
arrange (SideTags *self)
{
  add_built_in (self);
  g_ptr_array_sort (self->list, compare_places);
}

static void
side_tags_forget (SideDocumentShelf *shelf)
{
  SideTags *self = SIDE_TAGS (shelf);

  g_ptr_array_set_size (self->list, 0);
  arrange (self);
}

static void
side_tags_take (SideDocumentShelf *shelf,
                GPtrArray         *documents)
{
  SideTags *self = SIDE_TAGS (shelf);

  g_ptr_array_set_size (self->list, 0);
  for (guint i = 0; i < documents->len; i++)
    {
      SideDocument *document = g_ptr_array_index (documents, i);
      g_autoptr (GError) error = NULL;
      SideTag *tag = side_wire_tag_from_json (document->body, -1, &error);

      if (tag == NULL || side_tags_find (self, tag->word) != NULL)
        {
          g_debug ("tag %s is not taken: %s", document->id, error != NULL ? error->message : "its word is there already");
          g_clear_pointer (&tag, side_tag_unref);
          continue;
        }
      g_ptr_array_add (self->list, tag);
    }
  arrange (self);
  side_document_shelf_set_read (shelf);
}

static void
side_tags_finalize (GObject *object)
{
  g_ptr_array_unref (SIDE_TAGS (object)->list);
  G_OBJECT_CLASS (side_tags_parent_class)->finalize (object);
}

static void
side_tags_class_init (SideTagsClass *klass)
{
  static const char *const kinds[] = { "tag", NULL };
  SideDocumentShelfClass *shelf_class = SIDE_DOCUMENT_SHELF_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = side_tags_finalize;
  shelf_class->kinds = kinds;
  shelf_class->forget = side_tags_forget;
  shelf_class->take = side_tags_take;
}

static void
side_tags_init (SideTags *self)
{
  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify) side_tag_unref);
}

/**
 * side_tags_get:
 * @desk: a desk
 *
 * Returns: (transfer none): the vocabulary of its project; the built-in words
 *   until its store was read
 */
SideTags *
side_tags_get (SideDesk *desk)
{
  return side_document_shelf_get (desk, SIDE_TYPE_TAGS);
}

/**
 * side_tags_list:
 * @self: a vocabulary
 *
 * Returns: (transfer none) (element-type SideTag): all words in their order,
 *   the retired ones too
 */
GPtrArray *
side_tags_list (SideTags *self)
{
  g_return_val_if_fail (SIDE_IS_TAGS (self), NULL);
  return self->list;
}

/**
 * side_tags_find:
 * @self: a vocabulary
 * @word: (nullable): what a note holds
 *
 * Returns: (transfer none) (nullable): its entry, until the next "changed"
 */
const SideTag *
side_tags_find (SideTags   *self,
                const char *word)
{
  g_return_val_if_fail (SIDE_IS_TAGS (self), NULL);

  for (guint i = 0; word != NULL && i < self->list->len; i++)
    if (g_strcmp0 (((SideTag *) self->list->pdata[i])->word, word) == 0)
      return self->list->pdata[i];
  return NULL;
}

/**
 * side_tags_find_key:
 * @self: a vocabulary
 * @keyval: a key, in lower case
 *
 * Returns: (transfer none) (nullable): the word that is marked with that key
 */
const SideTag *
side_tags_find_key (SideTags *self,
                    guint     keyval)
{
  g_return_val_if_fail (SIDE_IS_TAGS (self), NULL);

  for (guint i = 0; i < self->list->len; i++)
    {
      const SideTag *tag = self->list->pdata[i];

      if (!tag->retired && tag->shortcut != NULL && gdk_keyval_from_name (tag->shortcut) == keyval)
        return tag;
    }
  return NULL;
}

/**
 * side_tags_label:
 * @self: a vocabulary
 * @word: (nullable): what a note holds
 *
 * Returns: (transfer none): what people read; of a word that is in no
 *   vocabulary, as of a file of another program, the word itself
 */
const char *
side_tags_label (SideTags   *self,
                 const char *word)
{
  const SideTag *tag = side_tags_find (self, word);

  if (tag == NULL && g_strcmp0 (word, SIDE_NOTE_TAG_ACTION) == 0)
    return _("Action");
  if (tag == NULL && word != NULL && *word != '\0')
    return word;
  if (tag == NULL)
    tag = side_tags_find (self, SIDE_NOTE_TAG_OTHER);
  return tag != NULL && tag->label != NULL ? tag->label : word != NULL ? word : "";
}

/**
 * side_tags_rgba:
 * @self: a vocabulary
 * @word: (nullable): what a note holds
 * @rgba: (out): its colour
 */
void
side_tags_rgba (SideTags   *self,
                const char *word,
                GdkRGBA    *rgba)
{
  const SideTag *tag = side_tags_find (self, word);

  if (tag == NULL || tag->colour == NULL || !gdk_rgba_parse (rgba, tag->colour))
    *rgba = side_note_tag_rgba (word);
}

/**
 * side_tags_hex:
 * @rgba: a colour
 *
 * Returns: (transfer full): it as markup takes it: "#26a269"
 */
char *
side_tags_hex (const GdkRGBA *rgba)
{
  return g_strdup_printf ("#%02x%02x%02x", (guint) (rgba->red * 255.f + 0.5f), (guint) (rgba->green * 255.f + 0.5f),
                          (guint) (rgba->blue * 255.f + 0.5f));
}

/**
 * side_tags_palette:
 * @n_colours: (out): how many
 *
 * Returns: (transfer none) (array length=n_colours): the colours a tag may have,
 *   as "#26a269"
 */
const char *const *
side_tags_palette (gsize *n_colours)
{
  static const char *colours[G_N_ELEMENTS (palette)];

  for (gsize i = 0; i < G_N_ELEMENTS (palette); i++)
    colours[i] = palette[i].colour;
  *n_colours = G_N_ELEMENTS (palette);
  return colours;
}

/**
 * side_tags_colour_name:
 * @colour: one of the palette, or any other
 *
 * Returns: (transfer none): its name, translated; the colour itself for another
 */
const char *
side_tags_colour_name (const char *colour)
{
  for (gsize i = 0; i < G_N_ELEMENTS (palette); i++)
    if (g_strcmp0 (palette[i].colour, colour) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "colour", palette[i].name);
  return colour != NULL ? colour : "";
}

/**
 * side_tags_may_edit:
 * @self: a vocabulary
 *
 * Returns: whether the server takes changes of it from this person: supervisors
 *   and trainers
 */
gboolean
side_tags_may_edit (SideTags *self)
{
  SideDesk *desk;
  SideSession *session;

  g_return_val_if_fail (SIDE_IS_TAGS (self), FALSE);

  desk = get_desk (self);
  session = desk != NULL ? side_desk_get_session (desk) : NULL;
  return session != NULL && side_session_can (session, "documents") && session->role != SIDE_ROLE_CLIENT;
}

static gboolean
is_key (const char *shortcut)
{
  return strlen (shortcut) == 1
         && ((shortcut[0] >= '1' && shortcut[0] <= '9') || (shortcut[0] >= 'a' && shortcut[0] <= 'z'));
}

static char *
refuse_key (SideTags      *self,
            const SideTag *tag)
{
  if (!is_key (tag->shortcut))
    return g_strdup (_("A key is a digit from 1 to 9 or a Latin letter."));
  if (g_str_equal (tag->shortcut, "m") || g_str_equal (tag->shortcut, "l"))
    /* Translators: %s is a key: M or L */
    return g_strdup_printf (_("The key %s has another use: M marks without a tag, L repeats."),
                            g_str_equal (tag->shortcut, "m") ? "M" : "L");
  for (guint i = 0; i < self->list->len; i++)
    {
      const SideTag *other = self->list->pdata[i];

      if (!other->retired && !g_str_equal (other->word, tag->word) && g_strcmp0 (other->shortcut, tag->shortcut) == 0)
        {
          g_autofree char *key = g_ascii_strup (tag->shortcut, -1);

          /* Translators: a key, and the tag that has it */
          return g_strdup_printf (_("The key %s is that of “%s” already."), key, other->label);
        }
    }
  return NULL;
}

/**
 * side_tags_refuse:
 * @self: a vocabulary
 * @tag: how an entry is to be
 *
 * Returns: (transfer full) (nullable): in a sentence, why it cannot be so
 */
char *
side_tags_refuse (SideTags      *self,
                  const SideTag *tag)
{
  g_autofree char *label = g_strdup (tag->label != NULL ? tag->label : "");

  g_return_val_if_fail (SIDE_IS_TAGS (self), NULL);

  g_strstrip (label);
  if (*label == '\0')
    return g_strdup (_("A tag needs a name."));
  if (g_utf8_strlen (label, -1) > SIDE_TAGS_MAX_LABEL)
    return g_strdup_printf (ngettext ("A name has room for %d character.", "A name has room for %d characters.",
                                      SIDE_TAGS_MAX_LABEL), SIDE_TAGS_MAX_LABEL);
  for (guint i = 0; i < self->list->len; i++)
    {
      const SideTag *other = self->list->pdata[i];
      g_autofree char *theirs = g_utf8_casefold (other->label != NULL ? other->label : "", -1);
      g_autofree char *ours = g_utf8_casefold (label, -1);

      if (!g_str_equal (other->word, tag->word) && g_str_equal (theirs, ours))
        return g_strdup_printf (_("There is a tag “%s” already."), other->label);
    }
  return tag->retired || tag->shortcut == NULL ? NULL : refuse_key (self, tag);
}

/* A word no other entry has, that other programs can read: "lost-order-2". */
static char *
make_word (SideTags   *self,
           const char *label)
{
  g_autoptr (GString) word = g_string_new (NULL);
  g_autofree char *folded = g_utf8_strdown (label, -1);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (word, c);
      else if (word->len > 0 && word->str[word->len - 1] != '-')
        g_string_append_c (word, '-');
    }
  while (word->len > 0 && word->str[word->len - 1] == '-')
    g_string_truncate (word, word->len - 1);
  if (word->len == 0)
    g_string_append (word, "tag");
  for (guint n = 2; side_tags_find (self, word->str) != NULL; n++)
    {
      g_autofree char *number = g_strdup_printf ("-%u", n);
      const char *dash = strrchr (word->str, '-');

      if (n > 2 && dash != NULL)
        g_string_truncate (word, (gsize) (dash - word->str));
      g_string_append (word, number);
    }
  return g_string_free (g_steal_pointer (&word), FALSE);
}

/**
 * side_tags_begin:
 * @self: a vocabulary
 * @label: what people are to read
 *
 * Returns: (transfer full): an entry behind all others, with a colour that is
 *   not in use as long as there is one, and no key; not written yet
 */
SideTag *
side_tags_begin (SideTags   *self,
                 const char *label)
{
  g_autofree char *word = NULL;
  SideTag *tag;

  g_return_val_if_fail (SIDE_IS_TAGS (self), NULL);

  word = make_word (self, label);
  tag = new_tag (self, word);
  tag->label = g_strstrip (g_strdup (label));
  for (gsize i = 0; i < G_N_ELEMENTS (palette) && tag->colour == NULL; i++)
    {
      gboolean used = FALSE;

      for (guint k = 0; k < self->list->len; k++)
        used = used || g_strcmp0 (((SideTag *) self->list->pdata[k])->colour, palette[i].colour) == 0;
      if (!used)
        tag->colour = g_strdup (palette[i].colour);
    }
  if (tag->colour == NULL)
    tag->colour = g_strdup (palette[self->list->len % G_N_ELEMENTS (palette)].colour);
  for (guint i = 0; i < self->list->len; i++)
    tag->place = MAX (tag->place, ((SideTag *) self->list->pdata[i])->place + 1);
  return tag;
}

static void
add_change (SideTags      *self,
            GPtrArray     *changes,
            const SideTag *tag)
{
  g_autoptr (SideTag) copy = side_tag_copy (tag);
  g_autoptr (SideDocument) document = NULL;

  copy->changed_ms = side_desk_get_write_ms (get_desk (self));
  document = side_wire_document_for_tag (copy);
  side_document_shelf_add_change (SIDE_DOCUMENT_SHELF (self), changes, document);
}

/* Shown at once: what is on the disk follows a moment later. */
static void
show (SideTags      *self,
      const SideTag *tag)
{
  for (guint i = 0; i < self->list->len; i++)
    if (g_str_equal (((SideTag *) self->list->pdata[i])->word, tag->word))
      {
        g_ptr_array_remove_index (self->list, i);
        break;
      }
  g_ptr_array_add (self->list, side_tag_copy (tag));
  g_ptr_array_sort (self->list, compare_places);
}

/**
 * side_tags_put:
 * @self: a vocabulary
 * @tag: an entry as it is to be; side_tags_refuse() has nothing against it
 *
 * Can be taken back by side_tags_get_steps(). What goes wrong is told by
 * "failed".
 */
void
side_tags_put (SideTags      *self,
               const SideTag *tag)
{
  g_autoptr (GPtrArray) changes = side_steps_new_changes ();
  g_autofree char *words = NULL;
  const SideTag *old;

  g_return_if_fail (SIDE_IS_TAGS (self));
  g_return_if_fail (side_tags_may_edit (self));

  old = side_tags_find (self, tag->word);
  words = g_strdup_printf (old == NULL ? _("tag “%s” added") : !old->retired && tag->retired ? _("tag “%s” retired")
                           : _("tag “%s” changed"), tag->label);
  add_change (self, changes, tag);
  show (self, tag);
  side_document_shelf_write (SIDE_DOCUMENT_SHELF (self), words, changes);
}

/**
 * side_tags_move:
 * @self: a vocabulary
 * @word: of an entry
 * @by: -1 to go before the one before it, 1 to go behind the one behind it,
 *   more to go further
 */
void
side_tags_move (SideTags   *self,
                const char *word,
                int         by)
{
  g_autoptr (GPtrArray) changes = side_steps_new_changes ();
  g_autoptr (GPtrArray) order = g_ptr_array_new_with_free_func ((GDestroyNotify) side_tag_unref);
  g_autofree char *words = NULL;
  int from = -1, to;

  g_return_if_fail (SIDE_IS_TAGS (self));
  g_return_if_fail (side_tags_may_edit (self));

  for (guint i = 0; i < self->list->len; i++)
    {
      g_ptr_array_add (order, side_tag_copy (self->list->pdata[i]));
      if (g_str_equal (((SideTag *) self->list->pdata[i])->word, word))
        from = (int) i;
    }
  to = CLAMP (from + by, 0, (int) order->len - 1);
  if (from < 0 || to == from)
    return;
  words = g_strdup_printf (_("tag “%s” moved"), ((SideTag *) order->pdata[from])->label);
  g_ptr_array_insert (order, to, g_ptr_array_steal_index (order, (guint) from));
  for (guint i = 0; i < order->len; i++)
    {
      SideTag *tag = order->pdata[i];

      if (tag->place == (int) i)
        continue;
      tag->place = (int) i;
      add_change (self, changes, tag);
    }
  for (guint i = 0; i < order->len; i++)
    show (self, order->pdata[i]);
  side_document_shelf_write (SIDE_DOCUMENT_SHELF (self), words, changes);
}

/**
 * side_tags_get_steps:
 * @self: a vocabulary
 *
 * Returns: (transfer none): what was changed here since the project was chosen
 */
SideSteps *
side_tags_get_steps (SideTags *self)
{
  g_return_val_if_fail (SIDE_IS_TAGS (self), NULL);
  return side_document_shelf_get_steps (SIDE_DOCUMENT_SHELF (self));
}
