/* side-marks-textgrid.c - reads TextGrids of Praat
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Long and short text forms are one: only numbers, "strings" and <flags> that
 * stand free count, and come in one order; "xmin =", "intervals [1]:" and the
 * like are for the eye, and "!" begins a comment.
 *
 *   "ooTextFile" "TextGrid" xmin xmax <exists> tiers
 *     "IntervalTier" name xmin xmax n   n times: xmin xmax text
 *     "TextTier"     name xmin xmax n   n times: time text
 *
 * A tier is a tag. A tier named "NAME (author)" below "NAME", whose marks lie
 * where those of "NAME" do, holds their authors; "(reply)" likewise holds
 * answers. A tag that ends like that is written with " ()" after it. A label that is only "·" stands for a span without text, which in a
 * TextGrid would be none.
 */
#include <string.h>

#include "side-marks-private.h"

typedef enum { TOKEN_END, TOKEN_NUMBER, TOKEN_STRING, TOKEN_FLAG } Token;

typedef struct {
  const char *at;
  const char *end;
  guint       line;     /* of @at */
  const char *token;    /* of the token read last */
  gsize       len;
  guint       token_line;
  GError     *error;
} Scanner;

/* A tier as it stands in the file. */
typedef struct {
  SideMarkTier *tier;
  char         *name;      /* as it stands there */
  guint         first;  /* of its marks in the list */
  guint         n_marks;
  gboolean      in_order;  /* each begins after the one before */
} Raw;

static void
step (Scanner *self)
{
  self->line += *self->at == '\n' || (*self->at == '\r' && self->at[1] != '\n');
  self->at++;
}

static Token
scan_string (Scanner *self)
{
  self->token = self->at + 1;
  for (step (self); self->at < self->end; step (self))
    {
      if (*self->at != '"')
        continue;
      if (self->at[1] != '"')
        {
          self->len = (gsize) (self->at - self->token);
          step (self);
          return TOKEN_STRING;
        }
      step (self);
    }
  if (self->error == NULL)
    side_marks_fail (&self->error, self->token_line, "a quotation mark is not closed");
  return TOKEN_END;
}

static Token
scan_word (Scanner *self)
{
  static const char *const digits = "+-.,0123456789eE";

  self->token = self->at;
  while (self->at < self->end && strchr (" \t\r\n\"=", *self->at) == NULL)
    self->at++;
  self->len = 0;
  while (self->token + self->len < self->at && strchr (digits, self->token[self->len]) != NULL)
    self->len++;
  return TOKEN_NUMBER;
}

/* The next number, string or flag. */
static Token
scan (Scanner *self)
{
  while (self->at < self->end)
    {
      char c = *self->at;

      self->token_line = self->line;
      if (c == '"')
        return scan_string (self);
      if (c == '!')
        {
          while (self->at < self->end && *self->at != '\n' && *self->at != '\r')
            self->at++;
        }
      else if (strchr (" \t\r\n=", c) != NULL)
        {
          step (self);
        }
      else if (c == '<')
        {
          self->token = self->at;
          while (self->at < self->end && *self->at != '>' && *self->at != '\n')
            self->at++;
          self->len = (gsize) (self->at - self->token);
          if (self->at < self->end)
            step (self);
          return TOKEN_FLAG;
        }
      else if (g_ascii_isdigit (c) || c == '-' || c == '+')
        {
          return scan_word (self);
        }
      else
        {
          scan_word (self);
        }
    }
  return TOKEN_END;
}

static gboolean
fail (Scanner    *self,
      const char *what)
{
  if (self->error == NULL)
    side_marks_fail (&self->error, self->token_line, "%s", what);
  return FALSE;
}

static gboolean
want_time (Scanner *self,
           gint64  *ns)
{
  if (scan (self) != TOKEN_NUMBER)
    return fail (self, "a time is missing");
  return side_marks_parse_seconds (self->token, self->len, ns) || fail (self, "this is not a time from 0 to 3600000 seconds");
}

static gboolean
want_count (Scanner *self,
            guint   *count)
{
  guint64 value = 0;

  if (scan (self) != TOKEN_NUMBER)
    return fail (self, "a number of things is missing");
  for (gsize i = 0; i < self->len; i++)
    {
      if (!g_ascii_isdigit (self->token[i]) || (value = value * 10 + (guint64) (self->token[i] - '0')) > G_MAXINT32)
        return fail (self, "this is not a number of things");
    }
  *count = (guint) value;
  return TRUE;
}

/* A string without its quotation marks, doubled ones made single. */
static char *
want_string (Scanner *self)
{
  GString *out;

  if (scan (self) != TOKEN_STRING)
    {
      fail (self, "a text in quotation marks is missing");
      return NULL;
    }
  out = g_string_sized_new (self->len);
  for (gsize i = 0; i < self->len; i++)
    {
      g_string_append_c (out, self->token[i]);
      i += self->token[i] == '"';
    }
  return g_string_free (out, FALSE);
}

/* Undoes what keeps a span without text from being a gap: one "·" less. */
static void
restore_empty (SideMark *mark)
{
  const char *text = mark->text;
  gsize len = strlen (text);

  for (gsize i = 0; i < len; i += 2)
    if (strncmp (text + i, "\302\267", 2) != 0)
      return;
  mark->text = side_marks_clean (text + 2, len - 2);
  g_free ((char *) text);
}

static void
add_break (SideMarkTier *tier,
           gint64        at_ns)
{
  if (tier->breaks == NULL)
    tier->breaks = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (tier->breaks, at_ns);
}

static gboolean
read_mark (Scanner      *self,
           SideMarkList *list,
           SideMarkTier *tier,
           gboolean     *in_gap)
{
  g_autofree char *text = NULL;
  gint64 from, to;
  guint line;
  SideMark *mark;

  if (!want_time (self, &from))
    return FALSE;
  line = self->token_line;
  to = from;
  if (!tier->points && !want_time (self, &to))
    return FALSE;
  text = want_string (self);
  if (text == NULL)
    return FALSE;
  if (*text == '\0' && !tier->points && to >= from)
    {
      if (*in_gap)
        add_break (tier, from);
      *in_gap = TRUE;
      return TRUE;
    }
  *in_gap = FALSE;
  mark = side_mark_new (from, to, tier->name, text);
  if (!tier->points && mark->text != NULL)
    restore_empty (mark);
  mark->tier = (int) list->tiers->len - 1;
  return side_marks_take (list, mark, line, &self->error);
}

/* Whether a name says that its tier tells something about another. */
gboolean
side_marks_textgrid_is_reserved (const char *name,
                                 gsize       len)
{
  const char *open;

  while (len >= 3 && memcmp (name + len - 3, " ()", 3) == 0)
    len -= 3;
  if (len < 3 || name[len - 1] != ')')
    return FALSE;
  open = g_strrstr_len (name, (gssize) len, " (");
  if (open == NULL)
    return FALSE;
  open += 2;
  len -= (gsize) (open - name) + 1;
  return (len == 5 && memcmp (open, "reply", 5) == 0) || side_marks_find_attribute (open, len) != SIDE_MARKS_N_ATTRIBUTES;
}

/* The tag that a tier of this name has. */
static char *
get_tag (const char *name)
{
  gsize len = strlen (name);

  if (g_str_has_suffix (name, " ()") && side_marks_textgrid_is_reserved (name, len - 3))
    len -= 3;
  return side_marks_clean (name, len);
}

static gboolean
read_tier (Scanner      *self,
           SideMarkList *list,
           GArray       *raws)
{
  g_autofree char *class = want_string (self);
  g_autofree char *name = class != NULL ? want_string (self) : NULL;
  g_autofree char *clean = NULL;
  gboolean in_gap = FALSE;
  gint64 unused;
  guint count;
  Raw raw = { .first = list->marks->len, .in_order = TRUE };
  gint64 before = -1;

  if (name == NULL)
    return FALSE;
  if (!g_str_equal (class, "IntervalTier") && !g_str_equal (class, "TextTier"))
    return fail (self, "a tier is neither an IntervalTier nor a TextTier");
  clean = get_tag (name);
  raw.tier = side_marks_add_tier (list, clean);
  raw.tier->points = g_str_equal (class, "TextTier");
  if (!want_time (self, &unused) || !want_time (self, &unused) || !want_count (self, &count))
    return FALSE;
  for (guint i = 0; i < count; i++)
    if (!read_mark (self, list, raw.tier, &in_gap))
      return FALSE;
  raw.n_marks = list->marks->len - raw.first;
  for (guint i = raw.first; i < list->marks->len; i++)
    {
      gint64 from = ((const SideMark *) g_ptr_array_index (list->marks, i))->from_ns;

      raw.in_order &= from > before;
      before = from;
    }
  raw.name = g_steal_pointer (&name);
  g_array_append_val (raws, raw);
  return TRUE;
}

static gboolean
read_grid (Scanner      *self,
           SideMarkList *list,
           GArray       *raws)
{
  g_autofree char *file_type = want_string (self);
  g_autofree char *class = file_type != NULL ? want_string (self) : NULL;
  guint count;

  if (class == NULL)
    return FALSE;
  if (!g_str_has_prefix (file_type, "ooTextFile") || !g_str_has_prefix (class, "TextGrid"))
    return fail (self, "this is not a TextGrid in text form");
  /* The long form tells the names of what comes. */
  if (g_strstr_len (self->at, MIN (self->end - self->at, 200), "xmin") == NULL)
    side_marks_pairs_add (&list->extra, "textgrid.short", "1");
  if (!want_time (self, &list->start_ns) || !want_time (self, &list->end_ns))
    return FALSE;
  if (list->end_ns < list->start_ns)
    return fail (self, "the TextGrid ends before it begins");
  if (scan (self) != TOKEN_FLAG)
    return fail (self, "the TextGrid does not say whether there are tiers");
  if (strncmp (self->token, "<exists", 7) != 0)
    return TRUE;
  if (!want_count (self, &count))
    return FALSE;
  for (guint i = 0; i < count; i++)
    if (!read_tier (self, list, raws))
      return FALSE;
  return TRUE;
}

/* Tiers that tell something about the marks of another */

/* The mark of @base, which is in order, that lies where @mark does. */
static SideMark *
find_under (const SideMarkList *list,
            const Raw          *base,
            const SideMark     *mark)
{
  guint low = 0, high = base->n_marks;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      SideMark *candidate = g_ptr_array_index (list->marks, base->first + middle);

      if (candidate->from_ns == mark->from_ns)
        return candidate->to_ns == mark->to_ns ? candidate : NULL;
      if (candidate->from_ns < mark->from_ns)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

/* Sets @attribute of the marks of @base, or makes the marks of @raw answers to
 * them; all of them or, with @try_only, none. */
static gboolean
apply (const SideMarkList *list,
       const Raw          *base,
       const Raw          *raw,
       SideMarksAttribute  attribute,
       gboolean            try_only)
{
  for (guint i = 0; i < raw->n_marks; i++)
    {
      SideMark *mark = g_ptr_array_index (list->marks, raw->first + i);
      SideMark *owner = find_under (list, base, mark);

      if (owner == NULL || (attribute == SIDE_MARKS_N_ATTRIBUTES && owner->id == NULL))
        return FALSE;
      if (attribute != SIDE_MARKS_N_ATTRIBUTES)
        {
          g_autoptr (SideMark) probe = try_only ? side_mark_new (0, 0, NULL, NULL) : NULL;

          if (mark->text == NULL || !side_marks_set_attribute (try_only ? probe : owner, attribute, mark->text))
            return FALSE;
        }
      else if (!try_only)
        {
          mark->parent = g_strdup (owner->id);
          g_clear_pointer (&mark->tag, g_free);
          mark->tier = -1;
        }
    }
  return TRUE;
}

static char *
base_key (const SideMarkTier *tier,
          const char         *name,
          gsize               len)
{
  return g_strdup_printf ("%c%.*s", tier->points ? 'p' : 'i', (int) len, name);
}

/* Takes a tier "NAME (author)" up into the marks of "NAME" above it. */
static gboolean
fold (SideMarkList *list,
      GHashTable   *bases,
      const Raw    *raw,
      gboolean     *is_reply)
{
  const char *name = raw->name;
  const char *open = strrchr (name, '(');
  gsize len = strlen (name);
  g_autofree char *key = NULL;
  SideMarksAttribute attribute;
  const Raw *base;

  if (open == NULL || open == name || open[-1] != ' ' || name[len - 1] != ')' || raw->n_marks == 0 || raw->tier->breaks != NULL)
    return FALSE;
  attribute = side_marks_find_attribute (open + 1, len - (gsize) (open + 1 - name) - 1);
  *is_reply = g_str_equal (open, "(reply)");
  if (attribute == SIDE_MARKS_N_ATTRIBUTES && !*is_reply)
    return FALSE;
  key = base_key (raw->tier, name, (gsize) (open - name) - 1);
  base = g_hash_table_lookup (bases, key);
  if (base == NULL || !apply (list, base, raw, attribute, TRUE))
    return FALSE;
  return apply (list, base, raw, attribute, FALSE);
}

/* What became of a tier. */
typedef enum { KEPT, ATTRIBUTE, REPLIES } Fate;

/* Leaves out the tiers that were taken up, and the marks that were attributes. */
static void
rebuild (SideMarkList *list,
         GArray       *raws,
         const Fate   *fates)
{
  g_autofree gpointer *marks = g_ptr_array_steal (list->marks, NULL);
  guint n_tiers = 0;

  for (guint i = 0; i < raws->len; i++)
    {
      const Raw *raw = &g_array_index (raws, Raw, i);

      for (guint k = 0; k < raw->n_marks; k++)
        {
          SideMark *mark = marks[raw->first + k];

          mark->tier = fates[i] == KEPT ? (int) n_tiers : -1;
          if (fates[i] == ATTRIBUTE)
            side_mark_free (mark);
          else
            g_ptr_array_add (list->marks, mark);
        }
      if (fates[i] == KEPT)
        {
          gpointer tier = g_ptr_array_index (list->tiers, i);

          g_ptr_array_index (list->tiers, i) = g_ptr_array_index (list->tiers, n_tiers);
          g_ptr_array_index (list->tiers, n_tiers++) = tier;
        }
    }
  g_ptr_array_set_size (list->tiers, (gint) n_tiers);
}

/* Finds out which tiers tell something about others, and takes them up. */
static void
fold_all (SideMarkList *list,
          GArray       *raws)
{
  g_autoptr (GHashTable) bases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree Fate *fates = g_new0 (Fate, raws->len + 1);
  gboolean any = FALSE;

  for (guint i = 0; i < raws->len; i++)
    {
      Raw *raw = &g_array_index (raws, Raw, i);
      gboolean is_reply = FALSE;

      if (fold (list, bases, raw, &is_reply))
        fates[i] = is_reply ? REPLIES : ATTRIBUTE;
      any |= fates[i] != KEPT;
      if (fates[i] != ATTRIBUTE && raw->in_order)
        g_hash_table_replace (bases, base_key (raw->tier, raw->name, strlen (raw->name)), raw);
    }
  if (any)
    rebuild (list, raws, fates);
}

static void
clear_raw (gpointer data)
{
  g_free (((Raw *) data)->name);
}

SideMarkList *
side_marks_read_textgrid (const char  *text,
                          gsize        len,
                          GError     **error)
{
  g_autoptr (SideMarkList) list = side_mark_list_new ();
  g_autoptr (GArray) raws = g_array_new (FALSE, FALSE, sizeof (Raw));
  Scanner scanner = { .at = text, .end = text + len, .line = 1, .token_line = 1 };

  g_array_set_clear_func (raws, clear_raw);
  if (!read_grid (&scanner, list, raws))
    {
      g_propagate_error (error, scanner.error);
      return NULL;
    }
  fold_all (list, raws);
  return g_steal_pointer (&list);
}
