/* side-marks-eaf-text.c - puts the text of an ELAN document together
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In the order of the schema EAFv3.0: licence, header, time slots, tiers, types,
 * locales and languages, constraints, and what else a document came with.
 */
#include <string.h>

#include "side-marks-eaf-out.h"
#include "side-time.h"

static const struct {
  const char *stereotype;
  const char *description;
} constraints[] = {
  { "Time_Subdivision", "Time subdivision of parent annotation's time interval, no time gaps allowed within this interval" },
  { "Symbolic_Subdivision", "Symbolic subdivision of a parent annotation. Annotations refering to the same parent are ordered" },
  { "Symbolic_Association", "1-1 association with a parent annotation" },
  { "Included_In", "Time alignable annotations within the parent annotation's time interval, gaps are allowed" },
};

static void
append_escaped (GString    *out,
                const char *text,
                gsize       len,
                gboolean    in_attribute)
{
  for (gsize i = 0; i < len; i++)
    {
      switch (text[i])
        {
        case '&':
          g_string_append (out, "&amp;");
          break;
        case '<':
          g_string_append (out, "&lt;");
          break;
        case '>':
          g_string_append (out, "&gt;");
          break;
        case '"':
          g_string_append (out, in_attribute ? "&quot;" : "\"");
          break;
        case '\n':
        case '\t':
          if (in_attribute)
            g_string_append_printf (out, "&#%d;", text[i]);
          else
            g_string_append_c (out, text[i]);
          break;
        default:
          g_string_append_c (out, text[i]);
          break;
        }
    }
}

/* ' name="value"', whatever the value is. */
void
side_eaf_append_attribute (GString    *out,
                           const char *name,
                           const char *value)
{
  g_autofree char *clean = side_marks_clean (value, strlen (value));

  g_string_append_printf (out, " %s=\"", name);
  if (clean != NULL)
    append_escaped (out, clean, strlen (clean), TRUE);
  g_string_append_c (out, '"');
}

void
side_eaf_append_text (GString    *out,
                      const char *text,
                      gsize       len)
{
  g_autofree char *clean = side_marks_clean (text, len);

  if (clean != NULL)
    append_escaped (out, clean, strlen (clean), FALSE);
}

/* Elements kept under @name, each on a line of its own. */
static void
put_kept (const SideMarkList *list,
          const char         *name,
          GString            *out)
{
  for (guint i = 0; list->extra != NULL && i < list->extra->len; i += 2)
    if (g_str_equal (list->extra->pdata[i], name))
      g_string_append_printf (out, "    %s%s\n", g_str_equal (name, SIDE_EAF_HEADER) ? "    " : "", (const char *) list->extra->pdata[i + 1]);
}

/* The newest mark's instant, so that the same marks make the same document. */
static char *
find_date (const SideMarkList *list)
{
  gint64 newest = 0;

  for (guint i = 0; i < list->marks->len; i++)
    {
      const SideMark *mark = g_ptr_array_index (list->marks, i);

      newest = MAX (newest, MAX (mark->created_ms, mark->changed_ms));
    }
  return side_time_to_iso (newest);
}

static void
put_root (const SideMarkList *list,
          GString            *out)
{
  static const char *const names[] = { "AUTHOR", "DATE", "FORMAT", "VERSION" };
  g_autofree char *date = find_date (list);
  const char *const defaults[] = { "", date, "3.0", "3.0" };
  const char *format = side_marks_pairs_get (list->extra, SIDE_EAF_ROOT "FORMAT");

  g_string_append (out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ANNOTATION_DOCUMENT");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *full = g_strconcat (SIDE_EAF_ROOT, names[i], NULL);
      const char *value = side_marks_pairs_get (list->extra, full);

      side_eaf_append_attribute (out, names[i], value != NULL ? value : defaults[i]);
    }
  g_string_append_printf (out, "\n    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n"
                          "    xsi:noNamespaceSchemaLocation=\"http://www.mpi.nl/tools/elan/EAFv%s.xsd\">\n",
                          g_strcmp0 (format, "2.7") == 0 || g_strcmp0 (format, "2.8") == 0 ? format : "3.0");
}

static const char *
get_mime_type (const char *media)
{
  static const char *const types[][2] = {
    { ".mp3", "audio/mpeg" }, { ".ogg", "audio/ogg" }, { ".opus", "audio/ogg" }, { ".flac", "audio/flac" },
  };
  g_autofree char *lower = g_ascii_strdown (media, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_suffix (lower, types[i][0]))
      return types[i][1];
  return "audio/x-wav";
}

static void
put_header (const SideMarkList *list,
            GString            *out)
{
  gboolean described = FALSE;

  for (guint i = 0; list->extra != NULL && i < list->extra->len; i += 2)
    described |= g_str_equal (list->extra->pdata[i], SIDE_EAF_HEADER) && g_str_has_prefix (list->extra->pdata[i + 1], "<MEDIA_DESCRIPTOR");
  g_string_append (out, "    <HEADER MEDIA_FILE=\"\" TIME_UNITS=\"milliseconds\">\n");
  if (list->media != NULL && !described)
    {
      g_autofree char *relative = g_strconcat ("./", list->media, NULL);

      g_string_append (out, "        <MEDIA_DESCRIPTOR");
      side_eaf_append_attribute (out, "MEDIA_URL", list->media);
      side_eaf_append_attribute (out, "MIME_TYPE", get_mime_type (list->media));
      if (strchr (list->media, '/') == NULL)
        side_eaf_append_attribute (out, "RELATIVE_MEDIA_URL", relative);
      g_string_append (out, "/>\n");
    }
  put_kept (list, SIDE_EAF_HEADER, out);
  g_string_append (out, "    </HEADER>\n");
}

/* Time slots */

typedef struct {
  GHashTable *known;      /* id -> SideMarkSlot of the list */
  GArray     *made;       /* of Made */
  GHashTable *names;      /* mark -> names of its two slots */
} Slots;

typedef struct {
  gint64  at_ms;
  guint   place;
  char  **name;
} Made;

static int
compare_made (gconstpointer a,
              gconstpointer b)
{
  const Made *left = a;
  const Made *right = b;

  if (left->at_ms != right->at_ms)
    return left->at_ms < right->at_ms ? -1 : 1;
  return left->place < right->place ? -1 : left->place > right->place;
}

/* The slot a mark had, if it still is where the mark is; else a new one. */
static void
choose_slot (Slots          *self,
             const SideMark *mark,
             const char     *pair,
             gint64          at_ms,
             char          **name)
{
  const char *id = side_marks_pairs_get (mark->extra, pair);
  const SideMarkSlot *slot = id != NULL ? g_hash_table_lookup (self->known, id) : NULL;

  if (slot != NULL && slot->at_ns == at_ms * SIDE_MARKS_MS_NS)
    {
      *name = g_strdup (slot->id);
    }
  else
    {
      Made made = { .at_ms = at_ms, .place = self->made->len, .name = name };

      g_array_append_val (self->made, made);
    }
}

static void
choose_slots (Slots            *self,
              const SideEafOut *document)
{
  for (guint i = 0; i < document->list->slots->len; i++)
    {
      SideMarkSlot *slot = g_ptr_array_index (document->list->slots, i);

      g_hash_table_insert (self->known, slot->id, slot);
    }
  for (guint i = 0; i < document->tiers->len; i++)
    {
      const SideEafOutTier *tier = g_ptr_array_index (document->tiers, i);

      for (guint k = 0; !tier->refers && k < tier->marks->len; k++)
        {
          SideMark *mark = g_ptr_array_index (tier->marks, k);
          char **names = g_new0 (char *, 3);
          gint64 from, to;

          side_eaf_get_span (mark, &from, &to);
          g_hash_table_insert (self->names, mark, names);
          choose_slot (self, mark, SIDE_EAF_SLOT_1, from, &names[0]);
          choose_slot (self, mark, SIDE_EAF_SLOT_2, to, &names[1]);
        }
    }
}

static void
put_slot (GString    *out,
          const char *id,
          gboolean    aligned,
          gint64      at_ms)
{
  g_string_append (out, "        <TIME_SLOT");
  side_eaf_append_attribute (out, "TIME_SLOT_ID", id);
  if (aligned)
    g_string_append_printf (out, " TIME_VALUE=\"%" G_GINT64_FORMAT "\"", at_ms);
  g_string_append (out, "/>\n");
}

/* New slots find their places among those the document had; none of these is
 * left out, for those without a time lie between them. */
static void
put_slots (Slots            *self,
           const SideEafOut *document,
           GString          *out)
{
  GPtrArray *slots = document->list->slots;
  guint at = 0, number = 0;

  g_array_sort (self->made, compare_made);
  g_string_append (out, "    <TIME_ORDER>\n");
  for (guint i = 0; i <= slots->len; i++)
    {
      const SideMarkSlot *slot = i < slots->len ? g_ptr_array_index (slots, i) : NULL;

      for (; at < self->made->len && (slot == NULL || slot->aligned); at++)
        {
          Made *made = &g_array_index (self->made, Made, at);

          if (slot != NULL && made->at_ms >= slot->at_ns / SIDE_MARKS_MS_NS)
            break;
          do
            {
              g_free (*made->name);
              *made->name = g_strdup_printf ("ts%u", ++number);
            }
          while (g_hash_table_contains (self->known, *made->name));
          put_slot (out, *made->name, TRUE, made->at_ms);
        }
      if (slot != NULL)
        put_slot (out, slot->id, slot->aligned, slot->at_ns / SIDE_MARKS_MS_NS);
    }
  g_string_append (out, "    </TIME_ORDER>\n");
}

/* Tiers */

static void
put_tier_start (const SideEafOutTier *tier,
                GString              *out)
{
  g_string_append (out, "    <TIER");
  side_eaf_append_attribute (out, "TIER_ID", tier->id);
  for (guint i = 0; tier->kept != NULL && i < tier->kept->extra->len; i += 2)
    side_eaf_append_attribute (out, (const char *) tier->kept->extra->pdata[i] + strlen (SIDE_EAF_OWN), tier->kept->extra->pdata[i + 1]);
  if (tier->kept == NULL)
    {
      side_eaf_append_attribute (out, "LINGUISTIC_TYPE_REF", tier->type);
      if (tier->parent != NULL)
        side_eaf_append_attribute (out, "PARENT_REF", tier->parent);
      if (tier->side != SIDE_MARK_SIDE_NONE)
        side_eaf_append_attribute (out, "PARTICIPANT", tier->side == SIDE_MARK_SIDE_OPERATOR ? "operator" : "customer");
      if (tier->author != NULL)
        side_eaf_append_attribute (out, "ANNOTATOR", tier->author);
    }
  g_string_append (out, tier->marks->len > 0 ? ">\n" : "/>\n");
}

/* What only ELAN knows of an annotation. */
static void
put_own (const SideEafOutTier *tier,
         const SideMark       *mark,
         GString              *out)
{
  for (guint i = 0; tier->kept != NULL && mark->extra != NULL && i < mark->extra->len; i += 2)
    {
      const char *name = mark->extra->pdata[i];

      if (g_str_has_prefix (name, SIDE_EAF_OWN) && !g_str_equal (name, SIDE_EAF_SLOT_1) && !g_str_equal (name, SIDE_EAF_SLOT_2))
        side_eaf_append_attribute (out, name + strlen (SIDE_EAF_OWN), mark->extra->pdata[i + 1]);
    }
}

static void
put_value (const char *element,
           const char *text,
           GString    *out)
{
  g_string_append (out, ">\n                <ANNOTATION_VALUE>");
  if (text != NULL)
    side_eaf_append_text (out, text, strlen (text));
  g_string_append_printf (out, "</ANNOTATION_VALUE>\n            </%s>\n        </ANNOTATION>\n", element);
}

static void
put_aligned (SideEafOut           *self,
             const SideEafOutTier *tier,
             const SideMark       *mark,
             char                **slots,
             GString              *out)
{
  g_string_append (out, "        <ANNOTATION>\n            <ALIGNABLE_ANNOTATION");
  side_eaf_append_attribute (out, "ANNOTATION_ID", g_hash_table_lookup (self->ids, mark));
  put_own (tier, mark, out);
  side_eaf_append_attribute (out, "TIME_SLOT_REF1", slots[0]);
  side_eaf_append_attribute (out, "TIME_SLOT_REF2", slots[1]);
  put_value ("ALIGNABLE_ANNOTATION", mark->text, out);
}

/* @before: parent's id -> id of the annotation that refers to it, if any does. */
static void
put_referring (SideEafOut           *self,
               const SideEafOutTier *tier,
               const SideMark       *mark,
               GHashTable           *by_id,
               GHashTable           *before,
               GString              *out)
{
  gboolean is_mark = tier->attribute == SIDE_MARKS_N_ATTRIBUTES;
  const SideMark *owner = is_mark ? g_hash_table_lookup (by_id, mark->parent) : mark;
  const char *owner_id = g_hash_table_lookup (self->ids, owner);
  g_autofree char *id = is_mark ? g_strdup (g_hash_table_lookup (self->ids, mark)) : side_eaf_new_id (self);
  g_autofree char *value = is_mark ? g_strdup (mark->text) : side_marks_get_attribute (mark, tier->attribute);
  const char *previous = g_hash_table_lookup (before, owner_id);

  g_string_append (out, "        <ANNOTATION>\n            <REF_ANNOTATION");
  side_eaf_append_attribute (out, "ANNOTATION_ID", id);
  side_eaf_append_attribute (out, "ANNOTATION_REF", owner_id);
  put_own (tier, mark, out);
  if (is_mark && tier->kept == NULL && previous != NULL)
    side_eaf_append_attribute (out, "PREVIOUS_ANNOTATION", previous);
  put_value ("REF_ANNOTATION", value, out);
  g_hash_table_replace (before, g_strdup (owner_id), g_steal_pointer (&id));
}

static void
put_tiers (SideEafOut *self,
           Slots      *slots,
           GString    *out)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = self->list->marks->len; i > 0; i--)
    {
      SideMark *mark = g_ptr_array_index (self->list->marks, i - 1);

      if (mark->id != NULL)
        g_hash_table_replace (by_id, mark->id, mark);
    }
  for (guint i = 0; i < self->tiers->len && out->len <= SIDE_MARKS_MAX_BYTES; i++)
    {
      const SideEafOutTier *tier = g_ptr_array_index (self->tiers, i);
      g_autoptr (GHashTable) before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

      put_tier_start (tier, out);
      for (guint k = 0; k < tier->marks->len; k++)
        {
          const SideMark *mark = g_ptr_array_index (tier->marks, k);

          if (tier->refers)
            put_referring (self, tier, mark, by_id, before, out);
          else
            put_aligned (self, tier, mark, g_hash_table_lookup (slots->names, mark), out);
        }
      if (tier->marks->len > 0)
        g_string_append (out, "    </TIER>\n");
    }
}

/* Types and what comes after them */

static void
put_types (SideEafOut *self,
           GString    *out)
{
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->tiers->len; i++)
    {
      const SideEafOutTier *tier = g_ptr_array_index (self->tiers, i);

      if (tier->kept != NULL || !g_hash_table_add (done, tier->type))
        continue;
      g_string_append (out, "    <LINGUISTIC_TYPE");
      if (tier->stereotype != NULL)
        side_eaf_append_attribute (out, "CONSTRAINTS", tier->stereotype);
      side_eaf_append_attribute (out, "GRAPHIC_REFERENCES", "false");
      side_eaf_append_attribute (out, "LINGUISTIC_TYPE_ID", tier->type);
      side_eaf_append_attribute (out, "TIME_ALIGNABLE", tier->refers ? "false" : "true");
      g_string_append (out, "/>\n");
    }
}

static void
put_constraints (GString *out)
{
  for (gsize i = 0; i < G_N_ELEMENTS (constraints); i++)
    {
      g_string_append (out, "    <CONSTRAINT");
      side_eaf_append_attribute (out, "DESCRIPTION", constraints[i].description);
      side_eaf_append_attribute (out, "STEREOTYPE", constraints[i].stereotype);
      g_string_append (out, "/>\n");
    }
}

static void
put_tail (const SideMarkList *list,
          GString            *out)
{
  gboolean done = FALSE;

  for (guint i = 0; list->extra != NULL && i < list->extra->len; i += 2)
    {
      const char *element = list->extra->pdata[i + 1];

      if (!g_str_equal (list->extra->pdata[i], SIDE_EAF_TAIL))
        continue;
      if (!done && !g_str_has_prefix (element, "<LINGUISTIC_TYPE") && !g_str_has_prefix (element, "<LOCALE")
          && !g_str_has_prefix (element, "<LANGUAGE"))
        {
          put_constraints (out);
          done = TRUE;
        }
      g_string_append_printf (out, "    %s\n", element);
    }
  if (!done)
    put_constraints (out);
}

void
side_eaf_put_document (SideEafOut *self,
                       GString    *out)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) names = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_strfreev);
  g_autoptr (GArray) made = g_array_new (FALSE, FALSE, sizeof (Made));
  Slots slots = { .known = known, .made = made, .names = names };

  choose_slots (&slots, self);
  put_root (self->list, out);
  put_kept (self->list, SIDE_EAF_LICENSE, out);
  put_header (self->list, out);
  put_slots (&slots, self, out);
  put_tiers (self, &slots, out);
  put_types (self, out);
  put_tail (self->list, out);
  g_string_append (out, "</ANNOTATION_DOCUMENT>\n");
}
