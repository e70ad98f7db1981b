/* side-marks-eaf.c - reads the documents of ELAN
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Annotations name time slots or other annotations, and may do so before those
 * come; so everything is collected first and settled by side-marks-eaf-settle.c.
 * Elements we have no use for (licences, types, vocabularies, languages, links)
 * are kept as text. There are no document types and no entities but XML's five.
 */
#include "side-marks-eaf.h"

#include <string.h>

#include "side-marks-eaf-private.h"

#define MAX_DEPTH    64
#define MAX_SLOT_MS  G_GINT64_CONSTANT (3600000000)

typedef struct {
  SideEafDraft  draft;
  guint         depth;
  GString      *copy;          /* of an element that is kept; NULL outside one */
  guint         copy_depth;
  const char   *copy_name;     /* nullable: what it is kept as; NULL to drop it */
  SideEafTier   tier;          /* the tier we are in */
  GString      *value;         /* nullable: the text of the annotation we are in */
  gboolean      in_header;
  gboolean      in_tier;
  gboolean      in_annotation;
  gboolean      in_value;
} Reader;

static guint
get_line (GMarkupParseContext *context)
{
  int line, column;

  g_markup_parse_context_get_position (context, &line, &column);
  return (guint) line;
}

static const char *
find (const char **names,
      const char **values,
      const char  *name)
{
  for (gsize i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return values[i];
  return NULL;
}

/* Keeps the attributes that are not among @known. */
static void
keep_attributes (GPtrArray        **pairs,
                 const char       **names,
                 const char       **values,
                 const char *const *known)
{
  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;

      if (g_strv_contains (known, names[i]))
        continue;
      name = g_strconcat (SIDE_EAF_OWN, names[i], NULL);
      value = side_marks_clean (values[i], strlen (values[i]));
      side_marks_pairs_add (pairs, name, value != NULL ? value : "");
    }
}

/* Elements that are kept as they are */

static void
copy_start (Reader      *self,
            const char  *element,
            const char **names,
            const char **values)
{
  g_string_append_printf (self->copy, "<%s", element);
  for (gsize i = 0; names[i] != NULL; i++)
    side_eaf_append_attribute (self->copy, names[i], values[i]);
  g_string_append_c (self->copy, '>');
}

static void
begin_copy (Reader      *self,
            const char  *name,
            const char  *element,
            const char **names,
            const char **values)
{
  self->copy = g_string_new (NULL);
  self->copy_depth = self->depth;
  self->copy_name = name;
  copy_start (self, element, names, values);
}

static void
end_copy (Reader *self)
{
  if (self->copy_name != NULL)
    side_marks_pairs_add (&self->draft.list->extra, self->copy_name, self->copy->str);
  g_string_free (self->copy, TRUE);
  self->copy = NULL;
}

/* Whether we write the element anew whenever it is needed. */
static gboolean
is_ours (const char  *element,
         const char **names,
         const char **values)
{
  static const char *const stereotypes[] = { "Time_Subdivision", "Symbolic_Subdivision", "Symbolic_Association", "Included_In", NULL };
  const char *type = find (names, values, "LINGUISTIC_TYPE_ID");
  const char *stereotype = find (names, values, "STEREOTYPE");

  if (g_str_equal (element, "CONSTRAINT"))
    return stereotype != NULL && g_strv_contains (stereotypes, stereotype);
  return g_str_equal (element, "LINGUISTIC_TYPE") && type != NULL
         && (g_str_has_prefix (type, SIDE_EAF_MARK) || g_str_has_prefix (type, SIDE_EAF_POINT)
             || g_str_has_prefix (type, SIDE_EAF_REPLY) || g_str_has_prefix (type, SIDE_EAF_IS));
}

/* The parts of a document */

static gboolean
start_header (Reader      *self,
              const char **names,
              const char **values,
              guint        line,
              GError     **error)
{
  const char *units = find (names, values, "TIME_UNITS");
  const char *media = find (names, values, "MEDIA_FILE");

  self->in_header = TRUE;
  if (media != NULL && *media != '\0' && self->draft.list->media == NULL)
    self->draft.list->media = side_marks_clean (media, strlen (media));
  if (units == NULL || g_str_equal (units, "milliseconds"))
    return TRUE;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "line %u: times are in “%s”, not in milliseconds", line, units);
  return FALSE;
}

static gboolean
start_slot (Reader      *self,
            const char **names,
            const char **values,
            guint        line,
            GError     **error)
{
  const char *id = find (names, values, "TIME_SLOT_ID");
  const char *value = find (names, values, "TIME_VALUE");
  SideMarkSlot *slot;
  guint64 ms = 0;

  if (id == NULL)
    return side_marks_fail (error, line, "a time slot has no TIME_SLOT_ID");
  if (value != NULL && !g_ascii_string_to_unsigned (value, 10, 0, MAX_SLOT_MS, &ms, NULL))
    return side_marks_fail (error, line, "“%.40s” is not a number of milliseconds from 0 to 3600000000", value);
  slot = g_new0 (SideMarkSlot, 1);
  slot->id = g_strdup (id);
  slot->aligned = value != NULL;
  slot->at_ns = (gint64) ms * SIDE_MARKS_MS_NS;
  g_ptr_array_add (self->draft.list->slots, slot);
  g_hash_table_insert (self->draft.slots, slot->id, slot);
  return TRUE;
}

/* What the linguistic type says a tier is. */
static void
classify (SideEafTier *tier,
          const char  *type)
{
  static const char *const prefixes[] = {
    [SIDE_EAF_KIND_MARK] = SIDE_EAF_MARK,
    [SIDE_EAF_KIND_POINT] = SIDE_EAF_POINT,
    [SIDE_EAF_KIND_REPLY] = SIDE_EAF_REPLY,
    [SIDE_EAF_KIND_IS] = SIDE_EAF_IS,
  };
  const char *rest;

  tier->kind = SIDE_EAF_KIND_OTHER;
  for (guint i = SIDE_EAF_KIND_OTHER + 1; type != NULL && i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (type, prefixes[i]))
      {
        rest = type + strlen (prefixes[i]);
        tier->attribute = i == SIDE_EAF_KIND_IS ? side_marks_find_attribute (rest, strlen (rest)) : SIDE_MARKS_N_ATTRIBUTES;
        if (i == SIDE_EAF_KIND_IS && tier->attribute == SIDE_MARKS_N_ATTRIBUTES)
          return;
        tier->kind = (SideEafKind) i;
        tier->tag = side_marks_clean (rest, strlen (rest));
        return;
      }
}

static gboolean
start_tier (Reader      *self,
            const char **names,
            const char **values,
            guint        line,
            GError     **error)
{
  static const char *const known[] = { "TIER_ID", NULL };
  const char *id = find (names, values, "TIER_ID");
  const char *annotator = find (names, values, "ANNOTATOR");
  const char *participant = find (names, values, "PARTICIPANT");
  g_autofree char *name = NULL;
  g_autoptr (SideMark) probe = side_mark_new (0, 0, NULL, NULL);

  if (id == NULL)
    return side_marks_fail (error, line, "a tier has no TIER_ID");
  name = side_marks_clean (id, strlen (id));
  side_eaf_tier_clear (&self->tier);
  classify (&self->tier, find (names, values, "LINGUISTIC_TYPE_REF"));
  self->tier.author = annotator != NULL ? side_marks_clean (annotator, strlen (annotator)) : NULL;
  if (participant != NULL && side_marks_set_attribute (probe, SIDE_MARKS_SIDE, participant))
    self->tier.side = probe->side;
  self->tier.place = -1;
  self->in_tier = TRUE;
  if (self->tier.kind == SIDE_EAF_KIND_IS || self->tier.kind == SIDE_EAF_KIND_OTHER)
    {
      g_free (self->tier.tag);
      self->tier.tag = g_strdup (name);
    }
  if (self->tier.kind == SIDE_EAF_KIND_OTHER)
    {
      keep_attributes (&side_marks_add_tier (self->draft.list, name)->extra, names, values, known);
      self->tier.place = (int) self->draft.list->tiers->len - 1;
    }
  return TRUE;
}

static gboolean
start_annotation (Reader      *self,
                  gboolean     refers,
                  const char **names,
                  const char **values,
                  guint        line,
                  GError     **error)
{
  static const char *const known[] = { "ANNOTATION_ID", "ANNOTATION_REF", "TIME_SLOT_REF1", "TIME_SLOT_REF2", NULL };
  const char *id = find (names, values, "ANNOTATION_ID");
  const char *from = find (names, values, refers ? "ANNOTATION_REF" : "TIME_SLOT_REF1");
  const char *to = refers ? NULL : find (names, values, "TIME_SLOT_REF2");
  SideEafItem *item;

  if (from == NULL || (to == NULL && !refers))
    return side_marks_fail (error, line, refers ? "an annotation has no ANNOTATION_REF" : "an annotation has not two time slots");
  if (id == NULL)
    return side_marks_fail (error, line, "an annotation has no ANNOTATION_ID");
  self->in_annotation = TRUE;
  item = g_new0 (SideEafItem, 1);
  item->line = line;
  item->kind = self->tier.kind;
  item->attribute = self->tier.attribute;
  item->refers = refers;
  item->id = g_strdup (id);
  item->from = g_strdup (from);
  item->to = g_strdup (to);
  item->mark = side_mark_new (0, 0, self->tier.tag, NULL);
  item->mark->author = g_strdup (self->tier.author);
  item->mark->side = self->tier.side;
  item->mark->tier = self->tier.place;
  if (self->tier.kind == SIDE_EAF_KIND_OTHER)
    {
      SideMarkTier *tier = g_ptr_array_index (self->draft.list->tiers, self->tier.place);

      tier->refers |= refers;
      keep_attributes (&item->mark->extra, names, values, known);
    }
  g_ptr_array_add (self->draft.items, item);
  return TRUE;
}

static void
end_annotation (Reader *self)
{
  SideEafItem *item = g_ptr_array_index (self->draft.items, self->draft.items->len - 1);

  self->in_annotation = FALSE;
  if (self->value != NULL)
    {
      g_free (item->mark->text);
      item->mark->text = side_marks_clean (self->value->str, self->value->len);
      g_string_free (self->value, TRUE);
      self->value = NULL;
    }
}

/* Elements right below the root. */
static gboolean
start_part (Reader      *self,
            const char  *element,
            const char **names,
            const char **values,
            guint        line,
            GError     **error)
{
  if (g_str_equal (element, "HEADER"))
    return start_header (self, names, values, line, error);
  if (g_str_equal (element, "TIER"))
    return start_tier (self, names, values, line, error);
  if (g_str_equal (element, "TIME_ORDER"))
    return TRUE;
  begin_copy (self, is_ours (element, names, values) ? NULL : g_str_equal (element, "LICENSE") ? SIDE_EAF_LICENSE : SIDE_EAF_TAIL,
              element, names, values);
  return TRUE;
}

static gboolean
start_root (Reader      *self,
            const char  *element,
            const char **names,
            const char **values,
            guint        line,
            GError     **error)
{
  static const char *const kept[] = { "AUTHOR", "DATE", "FORMAT", "VERSION" };

  if (!g_str_equal (element, "ANNOTATION_DOCUMENT"))
    return side_marks_fail (error, line, "this is XML but not an ELAN document");
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      const char *value = find (names, values, kept[i]);
      g_autofree char *name = g_strconcat (SIDE_EAF_ROOT, kept[i], NULL);

      if (value != NULL)
        side_marks_pairs_add (&self->draft.list->extra, name, value);
    }
  return TRUE;
}

static void
start_cb (GMarkupParseContext  *context,
          const char           *element,
          const char          **names,
          const char          **values,
          gpointer              data,
          GError              **error)
{
  Reader *self = data;
  guint line = get_line (context);
  guint depth = ++self->depth;

  if (depth > MAX_DEPTH)
    side_marks_fail (error, line, "elements are nested too deeply");
  else if (self->copy != NULL)
    copy_start (self, element, names, values);
  else if (depth == 1)
    start_root (self, element, names, values, line, error);
  else if (depth == 2)
    start_part (self, element, names, values, line, error);
  else if (depth == 3 && self->in_header)
    {
      const char *media = find (names, values, "MEDIA_URL");

      if (media != NULL && self->draft.list->media == NULL)
        self->draft.list->media = side_marks_clean (media, strlen (media));
      begin_copy (self, SIDE_EAF_HEADER, element, names, values);
    }
  else if (g_str_equal (element, "TIME_SLOT"))
    start_slot (self, names, values, line, error);
  else if (depth == 4 && self->in_tier && g_str_equal (element, "ALIGNABLE_ANNOTATION"))
    start_annotation (self, FALSE, names, values, line, error);
  else if (depth == 4 && self->in_tier && g_str_equal (element, "REF_ANNOTATION"))
    start_annotation (self, TRUE, names, values, line, error);
  else if (depth == 5 && self->in_annotation && g_str_equal (element, "ANNOTATION_VALUE"))
    {
      self->in_value = TRUE;
      if (self->value == NULL)
        self->value = g_string_new (NULL);
    }
}

static void
end_cb (GMarkupParseContext  *context,
        const char           *element,
        gpointer              data,
        GError              **error)
{
  Reader *self = data;

  if (self->copy != NULL)
    {
      g_string_append_printf (self->copy, "</%s>", element);
      if (self->depth == self->copy_depth)
        end_copy (self);
    }
  else if (self->depth == 2)
    self->in_header = self->in_tier = FALSE;
  else if (self->depth == 4 && self->in_annotation)
    end_annotation (self);
  self->in_value = FALSE;
  self->depth--;
}

static void
text_cb (GMarkupParseContext  *context,
         const char           *text,
         gsize                 len,
         gpointer              data,
         GError              **error)
{
  Reader *self = data;

  if (self->copy != NULL)
    side_eaf_append_text (self->copy, text, len);
  else if (self->in_value)
    g_string_append_len (self->value, text, (gssize) len);
}

static void
passthrough_cb (GMarkupParseContext  *context,
                const char           *text,
                gsize                 len,
                gpointer              data,
                GError              **error)
{
  if (len > 3 && memcmp (text, "<!", 2) == 0 && text[2] != '-')
    side_marks_fail (error, get_line (context), "a document type is declared; ELAN documents have none");
}

/* GMarkup's errors tell line and column in front. */
static void
tell (GMarkupParseContext  *context,
      GError               *reason,
      GError              **error)
{
  const char *what = strstr (reason->message, ": ");

  if (reason->domain != G_MARKUP_ERROR)
    {
      g_propagate_error (error, reason);
      return;
    }
  side_marks_fail (error, get_line (context), "the XML is damaged: %s", what != NULL ? what + 2 : reason->message);
  g_error_free (reason);
}

static void
reader_clear (Reader *self)
{
  if (self->copy != NULL)
    g_string_free (self->copy, TRUE);
  if (self->value != NULL)
    g_string_free (self->value, TRUE);
  side_eaf_tier_clear (&self->tier);
  g_ptr_array_unref (self->draft.items);
  g_hash_table_unref (self->draft.slots);
  side_mark_list_unref (self->draft.list);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

SideMarkList *
side_marks_read_eaf (const char  *text,
                     gsize        len,
                     GError     **error)
{
  static const GMarkupParser parser = { start_cb, end_cb, text_cb, passthrough_cb, NULL };
  g_auto (Reader) reader = {
    .draft = {
      .list = side_mark_list_new (),
      .items = side_eaf_items_new (),
      .slots = g_hash_table_new (g_str_hash, g_str_equal),
    },
  };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &reader, NULL);
  GError *reason = NULL;

  if (!g_markup_parse_context_parse (context, text, (gssize) len, &reason) || !g_markup_parse_context_end_parse (context, &reason))
    {
      tell (context, reason, error);
      return NULL;
    }
  if (!side_eaf_settle (&reader.draft, error))
    return NULL;
  return side_mark_list_ref (reader.draft.list);
}
