/* side-marks-textgrid-write.c - writes TextGrids of Praat
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Spans become interval tiers, points become point tiers, one for each tag and
 * as many more as overlaps need. Praat wants intervals without gaps, so what is
 * between marks is filled with empty ones. What a label cannot hold follows on
 * tiers of its own: see side-marks-textgrid.c.
 */
#include <string.h>

#include "side-marks-private.h"

#define EMPTY "\302\267"

/* A tier to write. */
typedef struct {
  char               *name;
  gboolean            points;
  GPtrArray          *marks;      /* of SideMark, in time order */
  SideMarksAttribute  attribute;  /* what its labels say; SIDE_MARKS_N_ATTRIBUTES for the text */
  const GArray       *breaks;     /* nullable */
} Tier;

typedef struct {
  const SideMarkList *list;
  GHashTable         *answers;    /* mark -> GPtrArray of the marks that answer it */
  GHashTable         *answering;  /* marks that are an answer */
  GPtrArray          *tiers;      /* of Tier */
} Writer;

static void
free_tier (gpointer data)
{
  Tier *tier = data;

  g_free (tier->name);
  g_ptr_array_unref (tier->marks);
  g_free (tier);
}

static void
get_span (const SideMark *mark,
          gint64         *from,
          gint64         *to)
{
  *from = mark->from_ns;
  *to = MAX (mark->to_ns, mark->from_ns + 1);
}

static char *
get_key (const SideMarkList *list,
         const SideMark     *mark)
{
  return g_strdup_printf ("%d %d %s", mark->tier, mark->from_ns == mark->to_ns, mark->tag != NULL ? mark->tag : "");
}

static void
add_tier (Writer             *self,
          const char         *name,
          GPtrArray          *marks,
          gboolean            points,
          SideMarksAttribute  attribute,
          const GArray       *breaks)
{
  Tier *tier = g_new0 (Tier, 1);

  tier->name = g_strdup (name);
  tier->points = points;
  tier->marks = g_ptr_array_ref (marks);
  tier->attribute = attribute;
  tier->breaks = breaks;
  g_ptr_array_add (self->tiers, tier);
}

/* Below a tier the ones that tell what its labels cannot. */
static void
add_attributes (Writer     *self,
                const char *name,
                GPtrArray  *marks,
                gboolean    points)
{
  for (guint attribute = 0; attribute < SIDE_MARKS_N_ATTRIBUTES; attribute++)
    {
      g_autoptr (GPtrArray) having = g_ptr_array_new ();
      g_autofree char *full = g_strdup_printf ("%s (%s)", name, side_marks_attribute_names[attribute]);

      for (guint i = 0; i < marks->len; i++)
        {
          SideMark *mark = g_ptr_array_index (marks, i);
          gboolean is_answer = g_hash_table_contains (self->answering, mark);
          g_autofree char *value = NULL;

          /* The tag is the tier's name, but for answers; whom they answer is told by their place. */
          if ((attribute == SIDE_MARKS_TAG && !is_answer) || (attribute == SIDE_MARKS_PARENT && is_answer))
            continue;
          value = side_marks_get_attribute (mark, (SideMarksAttribute) attribute);
          if (value != NULL)
            g_ptr_array_add (having, mark);
        }
      if (having->len > 0)
        add_tier (self, full, having, points, (SideMarksAttribute) attribute, NULL);
    }
}

static void
add_with_answers (Writer       *self,
                  const char   *name,
                  GPtrArray    *marks,
                  gboolean      points,
                  const GArray *breaks)
{
  g_autofree char *reply_name = g_strconcat (name, " (reply)", NULL);
  g_autoptr (GPtrArray) asked = g_ptr_array_ref (marks);

  add_tier (self, name, marks, points, SIDE_MARKS_N_ATTRIBUTES, breaks);
  add_attributes (self, name, marks, points);
  /* A first tier of answers, one of second answers, and so on. */
  for (guint round = 0; asked->len > 0; round++)
    {
      g_autoptr (GPtrArray) still = g_ptr_array_new ();
      g_autoptr (GPtrArray) replies = g_ptr_array_new ();

      for (guint i = 0; i < asked->len; i++)
        {
          GPtrArray *answers = g_hash_table_lookup (self->answers, g_ptr_array_index (asked, i));

          if (answers == NULL || answers->len <= round)
            continue;
          g_ptr_array_add (replies, g_ptr_array_index (answers, round));
          g_ptr_array_add (still, g_ptr_array_index (asked, i));
        }
      if (replies->len > 0)
        add_with_answers (self, reply_name, replies, points, NULL);
      g_ptr_array_unref (asked);
      asked = g_steal_pointer (&still);
    }
}

static char *
make_name (const char *tag)
{
  return g_strconcat (tag, side_marks_textgrid_is_reserved (tag, strlen (tag)) ? " ()" : NULL, NULL);
}

static void
add_lane (Writer       *self,
          GPtrArray    *lane,
          const GArray *breaks)
{
  const SideMark *first = g_ptr_array_index (lane, 0);
  const char *tag = first->tag != NULL ? first->tag : "";
  g_autofree char *name = make_name (tag);

  add_with_answers (self, name, lane, first->from_ns == first->to_ns, breaks);
}

static int
get_tier (const SideMarkList *list,
          GPtrArray          *lane)
{
  const SideMark *first = g_ptr_array_index (lane, 0);

  return first->tier < (int) list->tiers->len ? first->tier : -1;
}

/* First the tiers the list came with, in their order, then those of marks
 * without one. */
static void
add_lanes (Writer    *self,
           GPtrArray *lanes)
{
  GPtrArray *tiers = self->list->tiers;
  g_autofree GSList **by_tier = g_new0 (GSList *, tiers->len + 1);

  for (guint i = lanes->len; i > 0; i--)
    {
      GPtrArray *lane = g_ptr_array_index (lanes, i - 1);
      int tier = get_tier (self->list, lane);
      guint at = tier >= 0 ? (guint) tier : tiers->len;

      by_tier[at] = g_slist_prepend (by_tier[at], lane);
    }
  for (guint i = 0; i <= tiers->len; i++)
    {
      const SideMarkTier *tier = i < tiers->len ? g_ptr_array_index (tiers, i) : NULL;
      const GArray *breaks = tier != NULL ? tier->breaks : NULL;
      g_autoptr (GPtrArray) none = g_ptr_array_new ();

      for (GSList *l = by_tier[i]; l != NULL; l = l->next)
        {
          add_lane (self, l->data, breaks);
          breaks = NULL;
        }
      if (tier != NULL && by_tier[i] == NULL)
        {
          g_autofree char *name = make_name (tier->name);

          add_tier (self, name, none, tier->points, SIDE_MARKS_N_ATTRIBUTES, breaks);
        }
      g_slist_free (by_tier[i]);
    }
}

/* Text */

typedef struct {
  GString  *out;
  gboolean  is_short;
  gint64    start_ns;
  gint64    end_ns;
} Page;

static void
put_number (const Page *page,
            GString    *out,
            const char *words,
            gint64      ns)
{
  if (!page->is_short)
    g_string_append (out, words);
  side_marks_append_seconds (out, ns, 0);
  g_string_append (out, page->is_short ? "\n" : " \n");
}

static void
put_count (const Page *page,
           GString    *out,
           const char *words,
           guint       count)
{
  g_string_append_printf (out, page->is_short ? "%s%u\n" : "%s%u \n", page->is_short ? "" : words, count);
}

static void
put_text (const Page *page,
          GString    *out,
          const char *words,
          const char *text)
{
  if (!page->is_short)
    g_string_append (out, words);
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *p);
    }
  g_string_append (out, page->is_short ? "\"\n" : "\" \n");
}

static void
put_interval (const Page *page,
              GString    *out,
              guint      *n,
              gint64      from,
              gint64      to,
              const char *text)
{
  ++*n;
  if (!page->is_short)
    g_string_append_printf (out, "        intervals [%u]:\n", *n);
  put_number (page, out, "            xmin = ", from);
  put_number (page, out, "            xmax = ", to);
  put_text (page, out, "            text = ", text);
}

/* Fills what is between marks; boundaries without a label stay. */
static void
put_gap (const Page   *page,
         GString      *out,
         guint        *n,
         gint64        from,
         gint64        to,
         const GArray *breaks,
         guint        *at)
{
  while (breaks != NULL && *at < breaks->len && g_array_index (breaks, gint64, *at) < to)
    {
      gint64 middle = g_array_index (breaks, gint64, *at);

      ++*at;
      if (middle <= from)
        continue;
      put_interval (page, out, n, from, middle, "");
      from = middle;
    }
  if (from < to)
    put_interval (page, out, n, from, to, "");
}

/* What a label says. One of an interval may not be empty: it would be none. */
static char *
get_label (const Tier     *tier,
           const SideMark *mark)
{
  g_autofree char *text = NULL;
  const char *p;

  if (tier->attribute != SIDE_MARKS_N_ATTRIBUTES)
    text = side_marks_get_attribute (mark, tier->attribute);
  else
    text = g_strdup (mark->text != NULL ? mark->text : "");
  for (p = text; g_str_has_prefix (p, EMPTY);)
    p += strlen (EMPTY);
  return *p == '\0' && !tier->points ? g_strconcat (text, EMPTY, NULL) : g_steal_pointer (&text);
}

static void
put_tier (const Page *page,
          const Tier *tier,
          guint       number)
{
  g_autoptr (GString) body = g_string_new (NULL);
  gint64 at = page->start_ns;
  guint n = 0, n_breaks = 0;

  for (guint i = 0; i < tier->marks->len; i++)
    {
      const SideMark *mark = g_ptr_array_index (tier->marks, i);
      g_autofree char *label = get_label (tier, mark);

      if (!tier->points)
        {
          put_gap (page, body, &n, at, mark->from_ns, tier->breaks, &n_breaks);
          put_interval (page, body, &n, mark->from_ns, mark->to_ns, label);
          at = mark->to_ns;
          continue;
        }
      n++;
      if (!page->is_short)
        g_string_append_printf (body, "        points [%u]:\n", n);
      put_number (page, body, "            number = ", mark->from_ns);
      put_text (page, body, "            mark = ", label);
    }
  if (!tier->points)
    put_gap (page, body, &n, at, page->end_ns, tier->breaks, &n_breaks);
  if (!page->is_short)
    g_string_append_printf (page->out, "    item [%u]:\n", number);
  put_text (page, page->out, "        class = ", tier->points ? "TextTier" : "IntervalTier");
  put_text (page, page->out, "        name = ", tier->name);
  put_number (page, page->out, "        xmin = ", page->start_ns);
  put_number (page, page->out, "        xmax = ", page->end_ns);
  put_count (page, page->out, tier->points ? "        points: size = " : "        intervals: size = ", n);
  g_string_append_len (page->out, body->str, (gssize) body->len);
}

static void
put_grid (Writer  *self,
          GString *out)
{
  Page page = { .out = out, .start_ns = self->list->start_ns, .end_ns = self->list->end_ns };

  page.is_short = side_marks_pairs_get (self->list->extra, "textgrid.short") != NULL;
  for (guint i = 0; i < self->list->marks->len; i++)
    {
      const SideMark *mark = g_ptr_array_index (self->list->marks, i);

      page.start_ns = MIN (page.start_ns, mark->from_ns);
      page.end_ns = MAX (page.end_ns, mark->to_ns);
    }
  /* Praat knows no grid without length. */
  if (page.end_ns <= page.start_ns)
    page.end_ns = MIN (page.start_ns + SIDE_MARKS_SECOND_NS, SIDE_MARKS_MAX_NS);
  page.start_ns = MIN (page.start_ns, page.end_ns - 1);
  g_string_append (out, "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n");
  put_number (&page, out, "xmin = ", page.start_ns);
  put_number (&page, out, "xmax = ", page.end_ns);
  g_string_append (out, page.is_short ? "<exists>\n" : "tiers? <exists> \n");
  put_count (&page, out, "size = ", self->tiers->len);
  if (!page.is_short)
    g_string_append (out, "item []: \n");
  for (guint i = 0; i < self->tiers->len && out->len <= SIDE_MARKS_MAX_BYTES; i++)
    put_tier (&page, g_ptr_array_index (self->tiers, i), i + 1);
}

static void
free_answers (gpointer data)
{
  g_ptr_array_unref (data);
}

void
side_marks_write_textgrid (const SideMarkList *list,
                           GString            *out)
{
  g_autofree int *parents = side_marks_find_parents (list, get_span);
  g_autoptr (GPtrArray) lanes = side_marks_make_lanes (list, parents, get_key, get_span);
  g_autoptr (GHashTable) answers = g_hash_table_new_full (NULL, NULL, NULL, free_answers);
  g_autoptr (GHashTable) answering = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) tiers = g_ptr_array_new_with_free_func (free_tier);
  Writer writer = { .list = list, .answers = answers, .answering = answering, .tiers = tiers };

  for (guint i = 0; i < list->marks->len; i++)
    {
      SideMark *mark = g_ptr_array_index (list->marks, i);
      SideMark *parent = parents[i] >= 0 ? g_ptr_array_index (list->marks, parents[i]) : NULL;
      GPtrArray *of_parent = parent != NULL ? g_hash_table_lookup (answers, parent) : NULL;

      if (parent == NULL)
        continue;
      if (of_parent == NULL)
        g_hash_table_insert (answers, parent, of_parent = g_ptr_array_new ());
      g_ptr_array_add (of_parent, mark);
      g_hash_table_add (answering, mark);
    }
  add_lanes (&writer, lanes);
  put_grid (&writer, out);
}
