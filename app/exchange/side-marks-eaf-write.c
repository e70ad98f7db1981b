/* side-marks-eaf-write.c - writes documents of ELAN
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tiers the list came with are written as they were; all other marks get tiers
 * by tag, author and side, dependent tiers for their answers, and one dependent
 * tier for each attribute a tier cannot tell: see side-marks-eaf.h. The text is
 * put together in side-marks-eaf-text.c.
 */
#include <string.h>

#include "side-marks-eaf-out.h"
#include "side-text.h"

static void
free_tier (gpointer data)
{
  SideEafOutTier *tier = data;

  g_free (tier->id);
  g_free (tier->type);
  g_ptr_array_unref (tier->marks);
  g_free (tier);
}

static const SideMarkTier *
get_kept (const SideMarkList *list,
          const SideMark     *mark)
{
  const SideMarkTier *tier;

  if (mark->tier < 0 || mark->tier >= (int) list->tiers->len)
    return NULL;
  tier = g_ptr_array_index (list->tiers, mark->tier);
  return side_marks_pairs_get (tier->extra, SIDE_EAF_TYPE) != NULL ? tier : NULL;
}

/* ELAN counts in whole milliseconds and knows no points. */
void
side_eaf_get_span (const SideMark *mark,
                   gint64         *from,
                   gint64         *to)
{
  *from = side_marks_to_ms (mark->from_ns);
  *to = MAX (side_marks_to_ms (mark->to_ns), *from + 1);
}

static const char *
or_nothing (const char *text)
{
  return text != NULL ? text : "";
}

static char *
get_key (const SideMarkList *list,
         const SideMark     *mark)
{
  const SideMarkTier *kept = get_kept (list, mark);

  if (kept != NULL && !kept->refers)
    return g_strdup_printf ("%d", mark->tier);
  return g_strdup_printf ("%d %d\001%s\001%s", mark->from_ns == mark->to_ns, mark->side, or_nothing (mark->tag), or_nothing (mark->author));
}

/* Ids */

static gboolean
is_xml_id (const char *id)
{
  if (!g_ascii_isalpha (*id) && *id != '_')
    return FALSE;
  for (const char *p = id; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isalnum (g_utf8_get_char (p)) && strchr ("_-.", *p) == NULL)
      return FALSE;
  return !g_str_has_prefix (id, SIDE_EAF_UUID) || !side_id_is_valid (id + strlen (SIDE_EAF_UUID));
}

/* A new id "a1", "a2", … */
char *
side_eaf_new_id (SideEafOut *self)
{
  char *id = NULL;

  do
    {
      g_free (id);
      id = g_strdup_printf ("a%u", ++self->last_id);
    }
  while (g_hash_table_contains (self->used_ids, id));
  return id;
}

static void
give_ids (SideEafOut *self)
{
  GPtrArray *marks = self->list->marks;

  for (guint i = 0; i < marks->len; i++)
    {
      SideMark *mark = g_ptr_array_index (marks, i);
      g_autofree char *id = NULL;

      if (mark->id == NULL)
        continue;
      if (side_id_is_valid (mark->id))
        id = g_strconcat (SIDE_EAF_UUID, mark->id, NULL);
      else if (is_xml_id (mark->id))
        id = g_strdup (mark->id);
      if (id != NULL && g_hash_table_add (self->used_ids, g_strdup (id)))
        g_hash_table_insert (self->ids, mark, g_steal_pointer (&id));
    }
  for (guint i = 0; i < marks->len; i++)
    if (!g_hash_table_contains (self->ids, g_ptr_array_index (marks, i)))
      {
        g_hash_table_insert (self->ids, g_ptr_array_index (marks, i), side_eaf_new_id (self));
        g_hash_table_add (self->made_ids, g_ptr_array_index (marks, i));
      }
}

/* Tiers */

/* Returns: (transfer full): @base, or with a number that makes it unique. */
static char *
make_name (SideEafOut *self,
           const char *base)
{
  char *name = g_strdup (base);

  while (g_hash_table_contains (self->names, name))
    {
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->names, base)) + 1;

      g_hash_table_replace (self->names, g_strdup (base), GUINT_TO_POINTER (number));
      g_free (name);
      name = g_strdup_printf ("%s#%u", base, number);
    }
  g_hash_table_insert (self->names, g_strdup (name), GUINT_TO_POINTER (1));
  return name;
}

static SideEafOutTier *
add_tier (SideEafOut *self,
          const char *name,
          const char *prefix,
          const char *type)
{
  SideEafOutTier *tier = g_new0 (SideEafOutTier, 1);

  tier->id = make_name (self, name);
  tier->type = g_strconcat (prefix, type, NULL);
  tier->attribute = SIDE_MARKS_N_ATTRIBUTES;
  tier->marks = g_ptr_array_new ();
  g_ptr_array_add (self->tiers, tier);
  return tier;
}

static void
add_mark (SideEafOut     *self,
          SideEafOutTier *tier,
          SideMark       *mark)
{
  g_ptr_array_add (tier->marks, mark);
  g_hash_table_insert (self->tier_of, mark, tier);
}

/* Whether a mark has a value for @attribute that its tier does not tell. */
static char *
get_untold (SideEafOut         *self,
            const SideEafOutTier *tier,
            const SideMark     *mark,
            SideMarksAttribute  attribute)
{
  switch (attribute)
    {
    case SIDE_MARKS_ID:
      return g_hash_table_contains (self->made_ids, mark) ? g_strdup (mark->id) : NULL;
    case SIDE_MARKS_AUTHOR:
      return g_strcmp0 (mark->author, tier->author) != 0 ? g_strdup (mark->author) : NULL;
    case SIDE_MARKS_SIDE:
      return mark->side != tier->side ? side_marks_get_attribute (mark, attribute) : NULL;
    case SIDE_MARKS_TAG:
      return g_strcmp0 (mark->tag, tier->tag) != 0 ? g_strdup (mark->tag) : NULL;
    case SIDE_MARKS_PARENT:
      return tier->refers ? NULL : g_strdup (mark->parent);
    case SIDE_MARKS_CRITERION:
    case SIDE_MARKS_LOW:
    case SIDE_MARKS_HIGH:
    case SIDE_MARKS_CREATED:
    case SIDE_MARKS_CHANGED:
    case SIDE_MARKS_N_ATTRIBUTES:
    default:
      return side_marks_get_attribute (mark, attribute);
    }
}

static void
add_attributes (SideEafOut     *self,
                SideEafOutTier *tier)
{
  for (guint attribute = 0; attribute < SIDE_MARKS_N_ATTRIBUTES; attribute++)
    {
      const char *word = side_marks_attribute_names[attribute];
      SideEafOutTier *below = NULL;

      for (guint i = 0; i < tier->marks->len; i++)
        {
          SideMark *mark = g_ptr_array_index (tier->marks, i);
          g_autofree char *value = get_untold (self, tier, mark, (SideMarksAttribute) attribute);
          g_autofree char *name = NULL;

          if (value == NULL)
            continue;
          if (below == NULL)
            {
              name = g_strdup_printf ("%s %s", tier->id, word);
              below = add_tier (self, name, SIDE_EAF_IS, word);
              below->refers = TRUE;
              below->parent = tier->id;
              below->attribute = (SideMarksAttribute) attribute;
              below->stereotype = "Symbolic_Association";
            }
          g_ptr_array_add (below->marks, mark);
        }
    }
}

static SideEafOutTier *
add_kept (SideEafOut         *self,
          const SideMarkTier *kept)
{
  SideEafOutTier *tier = add_tier (self, kept->name, "", side_marks_pairs_get (kept->extra, SIDE_EAF_TYPE));
  const char *participant = side_marks_pairs_get (kept->extra, SIDE_EAF_OWN "PARTICIPANT");
  g_autoptr (SideMark) probe = side_mark_new (0, 0, NULL, NULL);

  tier->kept = kept;
  tier->refers = kept->refers;
  tier->tag = kept->name;
  tier->author = side_marks_pairs_get (kept->extra, SIDE_EAF_OWN "ANNOTATOR");
  if (participant != NULL && side_marks_set_attribute (probe, SIDE_MARKS_SIDE, participant))
    tier->side = probe->side;
  return tier;
}

static SideEafOutTier *
add_own (SideEafOut     *self,
         const SideMark *mark,
         const char     *name,
         const char     *prefix)
{
  SideEafOutTier *tier = add_tier (self, name, prefix, or_nothing (mark->tag));

  tier->tag = mark->tag;
  tier->author = mark->author;
  tier->side = mark->side;
  return tier;
}

/* The tiers the list came with, in their order and with all their attributes. */
static void
add_kept_tiers (SideEafOut *self,
                GPtrArray  *lanes,
                const int  *parents)
{
  GPtrArray *tiers = self->list->tiers;
  g_autofree SideEafOutTier **by_tier = g_new0 (SideEafOutTier *, tiers->len + 1);

  for (guint i = 0; i < tiers->len; i++)
    {
      const SideMarkTier *kept = g_ptr_array_index (tiers, i);

      if (side_marks_pairs_get (kept->extra, SIDE_EAF_TYPE) != NULL)
        by_tier[i] = add_kept (self, kept);
    }
  for (guint i = 0; i < lanes->len; i++)
    {
      GPtrArray *lane = g_ptr_array_index (lanes, i);
      const SideMark *first = g_ptr_array_index (lane, 0);
      const SideMarkTier *kept = get_kept (self->list, first);
      SideEafOutTier *tier;

      if (kept == NULL || kept->refers)
        continue;
      tier = by_tier[first->tier];
      if (tier->marks->len > 0)
        tier = add_kept (self, kept);
      for (guint k = 0; k < lane->len; k++)
        add_mark (self, tier, g_ptr_array_index (lane, k));
    }
  for (guint i = 0; i < self->list->marks->len; i++)
    {
      SideMark *mark = g_ptr_array_index (self->list->marks, i);
      const SideMarkTier *kept = parents[i] >= 0 ? get_kept (self->list, mark) : NULL;

      if (kept != NULL && kept->refers)
        add_mark (self, by_tier[mark->tier], mark);
    }
}

static void
add_own_tiers (SideEafOut *self,
               GPtrArray  *lanes)
{
  for (guint i = 0; i < lanes->len; i++)
    {
      GPtrArray *lane = g_ptr_array_index (lanes, i);
      const SideMark *first = g_ptr_array_index (lane, 0);
      const SideMarkTier *kept = get_kept (self->list, first);
      SideEafOutTier *tier;

      if (kept != NULL && !kept->refers)
        continue;
      tier = add_own (self, first, first->tag != NULL ? first->tag : "marks", first->from_ns == first->to_ns ? SIDE_EAF_POINT : SIDE_EAF_MARK);
      for (guint k = 0; k < lane->len; k++)
        add_mark (self, tier, g_ptr_array_index (lane, k));
    }
}

/* Answers, those to marks first, then those to answers, and so on. */
static void
add_replies (SideEafOut *self,
             const int  *parents)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int depth = 0; depth < SIDE_MARKS_MAX_DEPTH; depth++)
    {
      g_autoptr (GPtrArray) ready = g_ptr_array_new ();

      for (guint i = 0; i < self->list->marks->len; i++)
        {
          SideMark *mark = g_ptr_array_index (self->list->marks, i);

          if (parents[i] >= 0 && !g_hash_table_contains (self->tier_of, mark)
              && g_hash_table_contains (self->tier_of, g_ptr_array_index (self->list->marks, parents[i])))
            g_ptr_array_add (ready, GUINT_TO_POINTER (i));
        }
      for (guint k = 0; k < ready->len; k++)
        {
          guint i = GPOINTER_TO_UINT (g_ptr_array_index (ready, k));
          SideMark *mark = g_ptr_array_index (self->list->marks, i);
          SideEafOutTier *above = g_hash_table_lookup (self->tier_of, g_ptr_array_index (self->list->marks, parents[i]));
          g_autofree char *key = g_strdup_printf ("%p %d\001%s\001%s", (void *) above, mark->side, or_nothing (mark->tag),
                                                  or_nothing (mark->author));
          g_autofree char *name = g_strconcat (above->id, " reply", NULL);
          SideEafOutTier *tier = g_hash_table_lookup (found, key);

          if (tier == NULL)
            {
              tier = add_own (self, mark, name, SIDE_EAF_REPLY);
              tier->refers = TRUE;
              tier->parent = above->id;
              tier->stereotype = "Symbolic_Subdivision";
              g_hash_table_insert (found, g_steal_pointer (&key), tier);
            }
          add_mark (self, tier, mark);
        }
    }
}

/* Annotations of a tier with times of its own answer by their attribute. */
static int *
find_parents (const SideMarkList *list)
{
  int *parents = side_marks_find_parents (list, side_eaf_get_span);

  for (guint i = 0; i < list->marks->len; i++)
    {
      const SideMarkTier *kept = get_kept (list, g_ptr_array_index (list->marks, i));

      if (kept != NULL && !kept->refers)
        parents[i] = -1;
    }
  return parents;
}

void
side_marks_write_eaf (const SideMarkList *list,
                      GString            *out)
{
  g_autofree int *parents = find_parents (list);
  g_autoptr (GPtrArray) lanes = side_marks_make_lanes (list, parents, get_key, side_eaf_get_span);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GHashTable) used_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) made_ids = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) tier_of = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) tiers = g_ptr_array_new_with_free_func (free_tier);
  SideEafOut self = {
    .list = list, .ids = ids, .used_ids = used_ids, .made_ids = made_ids, .names = names, .tier_of = tier_of, .tiers = tiers,
  };
  guint n_tiers;

  give_ids (&self);
  add_kept_tiers (&self, lanes, parents);
  add_own_tiers (&self, lanes);
  add_replies (&self, parents);
  n_tiers = tiers->len;
  for (guint i = 0; i < n_tiers; i++)
    add_attributes (&self, g_ptr_array_index (tiers, i));
  side_eaf_put_document (&self, out);
}
