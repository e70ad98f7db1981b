/* side-moment.c - a piece of a recording that is worth hearing
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Many moments share the record of their call. What the sound's analysis found
 * has no author and its own words.
 */
#include "side-moment.h"

#include <glib/gi18n.h>
#include <string.h>

#include "side-listening.h"
#include "side-text.h"

struct _SideMoment
{
  GObject         parent_instance;
  SideMarkedCall *call;
  char           *kind;
  gint64          from_ms;
  gint64          to_ms;
  char           *text;
  char           *author;
  char           *problem;
  char           *folded;     /* what is searched in; made when first asked for */
  gboolean        current;
};

G_DEFINE_FINAL_TYPE (SideMoment, side_moment, G_TYPE_OBJECT)

enum { PROP_0, PROP_PROBLEM, PROP_CURRENT, N_PROPS };
static GParamSpec *properties[N_PROPS];

static void
side_moment_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  SideMoment *self = SIDE_MOMENT (object);

  switch (id)
    {
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_CURRENT:
      g_value_set_boolean (value, self->current);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
side_moment_finalize (GObject *object)
{
  SideMoment *self = SIDE_MOMENT (object);

  g_clear_pointer (&self->call, side_marked_call_unref);
  g_free (self->kind);
  g_free (self->text);
  g_free (self->author);
  g_free (self->problem);
  g_free (self->folded);
  G_OBJECT_CLASS (side_moment_parent_class)->finalize (object);
}

static void
side_moment_class_init (SideMomentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = side_moment_get_property;
  object_class->finalize = side_moment_finalize;
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[PROP_CURRENT] = g_param_spec_boolean ("current", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
side_moment_init (SideMoment *self)
{
}

static SideMoment *
new_moment (SideMarkedCall *call,
            const char     *kind,
            gint64          from_ms,
            gint64          to_ms)
{
  SideMoment *self = g_object_new (SIDE_TYPE_MOMENT, NULL);

  self->call = side_marked_call_ref (call);
  self->kind = g_strdup (kind != NULL ? kind : "");
  self->from_ms = MAX (from_ms, 0);
  self->to_ms = MAX (to_ms, self->from_ms);
  return self;
}

/* One that was set while the call went on stands where its moment is in the recording. */
static void
place_mark (const SideMarkedCall *call,
            const SideAnnotation *mark,
            gint64               *from_ms,
            gint64               *to_ms)
{
  gint64 starts_ms = side_call_get_recording_start_ms (call->call);

  *from_ms = mark->from_ms;
  *to_ms = mark->to_ms;
  if (mark->moment_ms != 0 && starts_ms != 0)
    side_annotation_place (mark, starts_ms, call->call->recording_ms, from_ms, to_ms);
}

/**
 * side_moment_new_for_mark:
 * @call: the call
 * @mark: a mark on it
 *
 * Returns: (transfer full): the moment
 */
SideMoment *
side_moment_new_for_mark (SideMarkedCall       *call,
                          const SideAnnotation *mark)
{
  SideMoment *self;
  gint64 from_ms, to_ms;

  place_mark (call, mark, &from_ms, &to_ms);
  self = new_moment (call, mark->tag, from_ms, to_ms);
  self->text = g_strdup (mark->text);
  self->author = g_strdup (mark->author);
  return self;
}

/**
 * side_moment_new_found:
 * @call: the call
 * @kind: %SIDE_MOMENT_DEAD_AIR or %SIDE_MOMENT_TALK_OVER
 * @from_ms: where it begins in the recording
 * @to_ms: where it ends
 * @who: the side that cut in, or %SIDE_CHANNEL_NONE
 *
 * Returns: (transfer full): the moment
 */
SideMoment *
side_moment_new_found (SideMarkedCall *call,
                       const char     *kind,
                       gint64          from_ms,
                       gint64          to_ms,
                       int             who)
{
  SideMoment *self = new_moment (call, kind, from_ms, to_ms);

  if (who == SIDE_CHANNEL_OPERATOR)
    self->text = g_strdup (_("The operator cut in"));
  else if (who == SIDE_CHANNEL_CUSTOMER)
    self->text = g_strdup (_("The customer cut in"));
  return self;
}

/**
 * side_moment_new_piece:
 * @call: the call
 * @good: whether it shows how it is done, or what went wrong
 * @from_ms: where it begins in the recording
 * @to_ms: where it ends, or -1 for a point
 * @text: (nullable): what is heard there
 *
 * Returns: (transfer full): a piece of somebody's own list
 */
SideMoment *
side_moment_new_piece (SideMarkedCall *call,
                       gboolean        good,
                       gint64          from_ms,
                       gint64          to_ms,
                       const char     *text)
{
  SideMoment *self = new_moment (call, good ? SIDE_MOMENT_GOOD : SIDE_MOMENT_BAD, from_ms, to_ms);

  self->text = g_strdup (text);
  return self;
}

const SideCall *
side_moment_get_call (SideMoment *self)
{
  g_return_val_if_fail (SIDE_IS_MOMENT (self), NULL);
  return self->call->call;
}

/**
 * side_moment_get_kind:
 * @self: a moment
 *
 * Returns: the tag's word, "" without one, or one of SIDE_MOMENT_…
 */
const char *
side_moment_get_kind (SideMoment *self)
{
  g_return_val_if_fail (SIDE_IS_MOMENT (self), "");
  return self->kind;
}

/**
 * side_moment_is_found:
 * @self: a moment
 *
 * Returns: whether the sound's analysis found it; nobody marked it
 */
gboolean
side_moment_is_found (SideMoment *self)
{
  g_return_val_if_fail (SIDE_IS_MOMENT (self), FALSE);
  return g_str_equal (self->kind, SIDE_MOMENT_DEAD_AIR) || g_str_equal (self->kind, SIDE_MOMENT_TALK_OVER);
}

gint64
side_moment_get_from_ms (SideMoment *self)
{
  g_return_val_if_fail (SIDE_IS_MOMENT (self), 0);
  return self->from_ms;
}

gint64
side_moment_get_to_ms (SideMoment *self)
{
  g_return_val_if_fail (SIDE_IS_MOMENT (self), 0);
  return self->to_ms;
}

/**
 * side_moment_get_piece:
 * @self: a moment
 * @from_ms: (out): where to begin playing, in ms of the recording
 * @to_ms: (out): where to stop; may lie after the recording's end
 */
void
side_moment_get_piece (SideMoment *self,
                       gint64     *from_ms,
                       gint64     *to_ms)
{
  g_return_if_fail (SIDE_IS_MOMENT (self));
  *from_ms = MAX (self->from_ms - SIDE_MOMENT_BEFORE_MS, 0);
  *to_ms = self->to_ms > self->from_ms ? self->to_ms + SIDE_MOMENT_AFTER_MS : self->from_ms + SIDE_MOMENT_POINT_MS;
}

static void
add_blank (SideMoment *self,
           GArray     *blanks,
           gint64      span_from_ms,
           gint64      span_to_ms)
{
  gint64 from_ms = 0, to_ms = 0;
  SideHeard span = { .rate = 1 };

  side_moment_get_piece (self, &from_ms, &to_ms);
  span.from_ms = MAX (span_from_ms, from_ms);
  span.to_ms = MIN (span_to_ms, to_ms);
  if (span.from_ms < span.to_ms)
    g_array_append_val (blanks, span);
}

/**
 * side_moment_list_blanks:
 * @self: a moment
 * @payments: (nullable) (element-type SideSpan): where the caller paid, as the
 *   telephone exchange marked it
 *
 * Returns: (transfer full) (element-type SideHeard): what of its piece is
 *   marked as payment, by people or by the exchange, and must not leave the house
 */
GArray *
side_moment_list_blanks (SideMoment   *self,
                         const GArray *payments)
{
  GArray *blanks = g_array_new (FALSE, FALSE, sizeof (SideHeard));

  g_return_val_if_fail (SIDE_IS_MOMENT (self), blanks);
  for (guint i = 0; i < self->call->marks->len; i++)
    {
      const SideAnnotation *mark = self->call->marks->pdata[i];
      gint64 from_ms, to_ms;

      place_mark (self->call, mark, &from_ms, &to_ms);
      if (g_strcmp0 (mark->tag, "payment") == 0)
        add_blank (self, blanks, from_ms, to_ms);
    }
  for (guint i = 0; payments != NULL && i < payments->len; i++)
    add_blank (self, blanks, g_array_index (payments, SideSpan, i).from_ms, g_array_index (payments, SideSpan, i).to_ms);
  return blanks;
}

const char *
side_moment_get_text (SideMoment *self)
{
  g_return_val_if_fail (SIDE_IS_MOMENT (self), NULL);
  return self->text;
}

const char *
side_moment_get_author (SideMoment *self)
{
  g_return_val_if_fail (SIDE_IS_MOMENT (self), NULL);
  return self->author;
}

const char *
side_moment_get_problem (SideMoment *self)
{
  g_return_val_if_fail (SIDE_IS_MOMENT (self), NULL);
  return self->problem;
}

/**
 * side_moment_set_problem:
 * @self: a moment
 * @problem: (nullable): why it cannot be played, in words for a person
 */
void
side_moment_set_problem (SideMoment *self,
                         const char *problem)
{
  g_return_if_fail (SIDE_IS_MOMENT (self));
  if (g_strcmp0 (self->problem, problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

gboolean
side_moment_get_current (SideMoment *self)
{
  g_return_val_if_fail (SIDE_IS_MOMENT (self), FALSE);
  return self->current;
}

void
side_moment_set_current (SideMoment *self,
                         gboolean    current)
{
  g_return_if_fail (SIDE_IS_MOMENT (self));
  if (self->current == current)
    return;
  self->current = current;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

/**
 * side_moment_matches:
 * @self: a moment
 * @folded: what is searched, as side_text_fold() gives it; "" matches all
 *
 * Returns: whether it is a part of the text, the author or the operator's name
 */
gboolean
side_moment_matches (SideMoment *self,
                     const char *folded)
{
  g_return_val_if_fail (SIDE_IS_MOMENT (self), FALSE);
  if (*folded == '\0')
    return TRUE;
  if (self->folded == NULL)
    {
      const char *operator_name = self->call->call->operator_name;
      g_autofree char *all = g_strjoin ("\n", self->text != NULL ? self->text : "", self->author != NULL ? self->author : "",
                                        operator_name != NULL ? operator_name : "", NULL);

      self->folded = side_text_fold (all);
    }
  return strstr (self->folded, folded) != NULL;
}

/**
 * side_moment_kind_label:
 * @tags: the vocabulary
 * @kind: as of side_moment_get_kind()
 *
 * Returns: (transfer none): what people read, translated
 */
const char *
side_moment_kind_label (SideTags   *tags,
                        const char *kind)
{
  if (g_strcmp0 (kind, SIDE_MOMENT_DEAD_AIR) == 0)
    return _("Dead air, found in the sound");
  if (g_strcmp0 (kind, SIDE_MOMENT_TALK_OVER) == 0)
    return _("Talk-over, found in the sound");
  if (g_strcmp0 (kind, SIDE_MOMENT_GOOD) == 0)
    return _("Good");
  if (g_strcmp0 (kind, SIDE_MOMENT_BAD) == 0)
    return _("To be mended");
  return side_tags_label (tags, kind != NULL && *kind != '\0' ? kind : NULL);
}

/**
 * side_moment_kind_rgba:
 * @tags: the vocabulary
 * @kind: as of side_moment_get_kind()
 *
 * Returns: its colour; grey of what nobody marked
 */
GdkRGBA
side_moment_kind_rgba (SideTags   *tags,
                       const char *kind)
{
  GdkRGBA colour = { 0.55f, 0.55f, 0.58f, 1.0f };

  if (g_strcmp0 (kind, SIDE_MOMENT_GOOD) == 0)
    gdk_rgba_parse (&colour, "#26a269");
  else if (g_strcmp0 (kind, SIDE_MOMENT_BAD) == 0)
    gdk_rgba_parse (&colour, "#d9690f");
  else if (kind == NULL || *kind != '/')
    side_tags_rgba (tags, kind != NULL && *kind != '\0' ? kind : NULL, &colour);
  return colour;
}
