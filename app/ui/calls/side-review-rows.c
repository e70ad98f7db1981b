/* side-review-rows.c - the questions of a form, and the way through them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One pass from top to bottom: an answer by key moves to the next question
 * that is asked, unless something is still needed here. What is in sight is
 * made first, the rest of a long form while the person reads. What is answered
 * goes to the sheet, what stands comes from it.
 */
#include "side-review-rows.h"

#include <glib/gi18n.h>

#include "side-clear.h"
#include "side-criterion-parts.h"
#include "side-criterion-row.h"
#include "side-evidence.h"
#include "side-latin-key.h"
#include "side-lower-edge.h"
#include "side-place.h"
#include "side-review-need.h"
#include "side-score.h"

struct _SideReviewRows
{
  GtkWidget          parent_instance;
  GtkWidget         *sections;
  GtkWidget         *list;        /* the last one of the sections' boxes */
  SideAnswerSheet   *sheet;
  SideCallNotes     *notes;       /* (nullable): those of the call */
  SideScript        *script;      /* (nullable): whose questions the rows are */
  GPtrArray         *rows;        /* of SideCriterionRow, top to bottom, not owned; the first so many of them all */
  guint              n_questions; /* of the script */
  guint              fill_id;     /* of a tick */
  gboolean           shown;       /* a frame has been drawn since the rows were made */
  guint              reveal_id;
  gint64             position_ms, origin_ms;   /* the latter: side_review_rows_set_position() */
  char              *chosen;      /* (nullable): id of the question the keyboard was at last */
};

G_DEFINE_FINAL_TYPE (SideReviewRows, side_review_rows, GTK_TYPE_WIDGET)

enum { SIGNAL_SEEK_REQUESTED, SIGNAL_COMPLETED, SIGNAL_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

#define FILL_FIRST    7      /* rows: as many as are seen at 768 lines */
#define FILL_MORE     4      /* rows a frame after it: a few milliseconds of its 16.7 */

static void
side_review_rows_dispose (GObject *object)
{
  SideReviewRows *self = SIDE_REVIEW_ROWS (object);

  if (self->fill_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->fill_id);
  self->fill_id = 0;
  g_clear_handle_id (&self->reveal_id, g_source_remove);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->sections, gtk_widget_unparent);
  g_clear_object (&self->sheet);
  g_clear_object (&self->notes);
  G_OBJECT_CLASS (side_review_rows_parent_class)->dispose (object);
}

static void
side_review_rows_finalize (GObject *object)
{
  SideReviewRows *self = SIDE_REVIEW_ROWS (object);

  g_ptr_array_unref (self->rows);
  g_free (self->chosen);
  g_clear_pointer (&self->script, side_script_unref);
  G_OBJECT_CLASS (side_review_rows_parent_class)->finalize (object);
}

static void
choose (SideReviewRows *self,
        const char     *criterion)
{
  if (g_strcmp0 (criterion, self->chosen) == 0)
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (criterion);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, self->chosen);
}

static int focused_row (SideReviewRows *self);

/* Who goes elsewhere in the window is still about the same question. */
static void
focus_cb (SideReviewRows *self)
{
  int at = focused_row (self);

  if (at >= 0)
    choose (self, side_criterion_row_get_id (g_ptr_array_index (self->rows, (guint) at)));
}

static void
side_review_rows_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (side_review_rows_parent_class)->root (widget);
  if (GTK_IS_WINDOW (gtk_widget_get_root (widget)))
    g_signal_connect_object (gtk_widget_get_root (widget), "notify::focus-widget", G_CALLBACK (focus_cb), widget,
                             G_CONNECT_SWAPPED);
}

static void
side_review_rows_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), focus_cb, widget);
  GTK_WIDGET_CLASS (side_review_rows_parent_class)->unroot (widget);
}

static void
side_review_rows_class_init (SideReviewRowsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = SIDE_TYPE_REVIEW_ROWS;

  G_OBJECT_CLASS (klass)->dispose = side_review_rows_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_review_rows_finalize;
  widget_class->root = side_review_rows_root;
  widget_class->unroot = side_review_rows_unroot;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_SEEK_REQUESTED] = g_signal_new ("seek-requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                 G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_COMPLETED] = g_signal_new ("completed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static SideCriterionRow *
row_at (SideReviewRows *self,
        guint           index)
{
  return g_ptr_array_index (self->rows, index);
}

static gboolean make_row (SideReviewRows *self);

/* Some in each frame after the first, which is only what is seen at once. */
static gboolean
fill_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  SideReviewRows *self = SIDE_REVIEW_ROWS (widget);
  guint until = self->rows->len + FILL_MORE;

  if (!self->shown)
    {
      self->shown = TRUE;
      return G_SOURCE_CONTINUE;
    }
  while (self->rows->len < until && make_row (self))
    ;
  if (self->rows->len < self->n_questions)
    return G_SOURCE_CONTINUE;
  self->fill_id = 0;
  return G_SOURCE_REMOVE;
}

static void
stop_filling (SideReviewRows *self)
{
  if (self->fill_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->fill_id);
  self->fill_id = 0;
}

static void
begin_filling (SideReviewRows *self)
{
  while (self->rows->len < FILL_FIRST && make_row (self))
    ;
  self->shown = FALSE;
  if (self->rows->len < self->n_questions && self->fill_id == 0)
    self->fill_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), fill_cb, NULL, NULL);
}

static int
focused_row (SideReviewRows *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, SIDE_TYPE_CRITERION_ROW) : NULL;
  guint index;

  return row != NULL && g_ptr_array_find (self->rows, row, &index) ? (int) index : -1;
}

/* An answer that asks for a cause has grown: its lower edge is to be seen too. */
static gboolean
reveal_cb (gpointer data)
{
  SideReviewRows *self = data;
  int at = focused_row (self);

  self->reveal_id = 0;
  if (at >= 0)
    side_show_lower_edge (GTK_WIDGET (row_at (self, (guint) at)));
  return G_SOURCE_REMOVE;
}

static void
reveal (SideReviewRows *self)
{
  if (self->reveal_id == 0)
    self->reveal_id = g_idle_add (reveal_cb, self);   /* after the layout */
}

static void
focus_row (SideReviewRows *self,
           guint           index)
{
  gtk_widget_grab_focus (GTK_WIDGET (row_at (self, index)));
}

/* The nearest row in that direction that is asked; -1 for none. */
static int
find_row (SideReviewRows *self,
          int             from,
          int             step)
{
  for (int i = from + step; i >= 0 && (i < (int) self->rows->len || make_row (self)); i += step)
    if (side_criterion_row_get_applies (row_at (self, (guint) i)))
      return i;
  return -1;
}

static int
index_of (SideReviewRows *self,
          const char     *criterion)
{
  for (guint i = 0; criterion != NULL && (i < self->rows->len || make_row (self)); i++)
    if (g_str_equal (side_criterion_row_get_id (row_at (self, i)), criterion))
      return (int) i;
  return -1;
}

static SideNeed
need_of (SideReviewRows *self,
         guint           index)
{
  const SideReview *review = side_answer_sheet_get_review (self->sheet);

  if (review == NULL)
    return SIDE_NEED_ANSWER;
  return side_review_need (self->script, review, side_criterion_row_get_criterion (row_at (self, index)));
}

/* The keyboard goes to what is missing at a question. */
static void
go_to_need (SideReviewRows *self,
            guint           index)
{
  focus_row (self, index);
  if (need_of (self, index) == SIDE_NEED_COMMENT)
    side_criterion_row_write (row_at (self, index));
  reveal (self);
}

/* On with the next one that is asked; after the last one, with the first that
 * was passed by, until there is none. */
static void
go_on (SideReviewRows *self,
       int             from)
{
  const SideReview *review = side_answer_sheet_get_review (self->sheet);
  g_autofree char *words = NULL;
  g_autofree char *first = NULL;
  int to = find_row (self, from, 1);

  if (to < 0 && review != NULL)
    {
      words = side_review_need_words (self->script, review, &first);
      to = index_of (self, first);
    }
  if (to >= 0)
    focus_row (self, (guint) to);
  else if (!side_answer_sheet_is_loading (self->sheet))
    g_signal_emit (self, signals[SIGNAL_COMPLETED], 0);
}

static void
settle (SideReviewRows *self,
        guint           index)
{
  SideNeed need = side_answer_sheet_is_loading (self->sheet) ? SIDE_NEED_NOTHING : need_of (self, index);
  SideCriterionRow *row = row_at (self, index);
  gboolean waiting = side_criterion_row_is_marking (row) || side_criterion_row_wants_span (row);

  if (need == SIDE_NEED_COMMENT && !waiting)
    go_to_need (self, index);
  else if (need == SIDE_NEED_NOTHING && !waiting)
    go_on (self, (int) index);
  else
    reveal (self);
}

static gboolean
enter_pressed (SideReviewRows *self,
               int             at)
{
  if (gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))) != GTK_WIDGET (row_at (self, (guint) at)))
    return GDK_EVENT_PROPAGATE;   /* a button has it: it is pressed */
  if (side_criterion_row_wants_span (row_at (self, (guint) at)))
    {
      side_criterion_row_pass_span (row_at (self, (guint) at));
      settle (self, (guint) at);
    }
  else
    {
      go_on (self, at);
    }
  return GDK_EVENT_STOP;
}

static gboolean
key_pressed_cb (SideReviewRows        *self,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                GtkEventControllerKey *controller)
{
  int at = focused_row (self), to;
  gboolean writing = GTK_IS_TEXT (gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))));
  SideRowKey did;

  if (at < 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (writing && keyval != GDK_KEY_Escape && keyval != GDK_KEY_Up && keyval != GDK_KEY_Down)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Escape)
    side_criterion_row_drop (row_at (self, (guint) at));
  side_criterion_row_flush (row_at (self, (guint) at));
  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_Up)
    {
      to = find_row (self, at, keyval == GDK_KEY_Down ? 1 : -1);
      if (to >= 0)
        focus_row (self, (guint) to);
      return GDK_EVENT_STOP;
    }
  if (writing)
    {
      focus_row (self, (guint) at);
      return GDK_EVENT_STOP;
    }
  if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter)
    return enter_pressed (self, at);
  did = side_criterion_row_press (row_at (self, (guint) at), side_latin_key (GTK_WIDGET (self), keyval, keycode));
  if (did == SIDE_ROW_KEY_SETTLE)
    settle (self, (guint) at);
  else if (did == SIDE_ROW_KEY_STAY)
    reveal (self);
  else if (did == SIDE_ROW_KEY_REFUSED)
    gtk_widget_error_bell (GTK_WIDGET (self));
  return did == SIDE_ROW_KEY_NONE ? GDK_EVENT_PROPAGATE : GDK_EVENT_STOP;
}

static void
answered_cb (SideReviewRows   *self,
             double            value,
             SideCriterionRow *row)
{
  /* At the very beginning nothing was heard yet that it could be the answer to. */
  side_answer_sheet_answer (self->sheet, side_criterion_row_get_id (row), value, self->position_ms > 0 ? self->position_ms : -1);
}

static void
edited_cb (SideReviewRows   *self,
           const SideAnswer *answer)
{
  side_answer_sheet_explain (self->sheet, answer);
}

/* The comment is written. */
static void
left_cb (SideReviewRows   *self,
         SideCriterionRow *row)
{
  guint index;

  gtk_widget_grab_focus (GTK_WIDGET (row));
  if (g_ptr_array_find (self->rows, row, &index) && need_of (self, index) != SIDE_NEED_COMMENT)
    settle (self, index);
}

static void
typed_cb (SideReviewRows   *self,
          SideCriterionRow *row)
{
  guint index;

  gtk_widget_grab_focus (GTK_WIDGET (row));
  if (g_ptr_array_find (self->rows, row, &index))
    settle (self, index);
}

static void
position_activated_cb (SideReviewRows *self,
                       gint64          position_ms)
{
  g_signal_emit (self, signals[SIGNAL_SEEK_REQUESTED], 0, position_ms);
}

static void
exemplar_cb (SideReviewRows     *self,
             const SideExemplar *exemplar)
{
  side_place_show (GTK_WIDGET (self), exemplar->call, exemplar->from_ms, exemplar->to_ms, TRUE);
}

static void
clear (SideReviewRows *self)
{
  stop_filling (self);
  for (guint i = 0; i < self->rows->len; i++)
    side_criterion_row_drop (row_at (self, i));   /* what comes next is another review */
  g_ptr_array_set_size (self->rows, 0);
  side_clear_children (self->sections);
  g_clear_pointer (&self->script, side_script_unref);
  self->n_questions = 0;
  choose (self, NULL);
}

/* Returns: (transfer none): the box that the questions of that section stand in */
static GtkWidget *
add_section (SideReviewRows    *self,
             const SideSection *section,
             guint              number)
{
  g_autofree char *title = g_strdup_printf ("%u. %s", number, section->title);

  return side_criterion_add_section (GTK_BOX (self->sections), title);
}

static void
show_answer (SideReviewRows   *self,
             const SideReview *review,
             SideCriterionRow *row)
{
  const SideCriterion *criterion = side_criterion_row_get_criterion (row);
  gboolean applies = criterion->only_if == NULL || (review != NULL && side_score_applies (self->script, review, criterion));

  side_criterion_row_set_answer (row, review != NULL ? side_review_find_answer (review, criterion->id) : NULL);
  side_criterion_row_set_applies (row, applies);
}

static void
add_row (SideReviewRows      *self,
         GtkWidget           *list,
         const SideCriterion *criterion)
{
  SideCriterionRow *row = SIDE_CRITERION_ROW (side_criterion_row_new (self->script, criterion));

  g_signal_connect_object (row, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "typed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "left", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "position-activated", G_CALLBACK (position_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "exemplar-activated", G_CALLBACK (exemplar_cb), self, G_CONNECT_SWAPPED);
  side_criterion_row_set_position (row, self->position_ms, self->origin_ms);
  side_criterion_row_set_editable (row, side_answer_sheet_can_change (self->sheet));
  show_answer (self, side_answer_sheet_get_review (self->sheet), row);
  side_criterion_row_fill (row);
  if (self->notes != NULL)
    side_evidence_show (self->notes, row);
  g_ptr_array_add (self->rows, row);
  gtk_box_append (GTK_BOX (list), GTK_WIDGET (row));
}

/* The next row, from the top down. Returns: whether there was one to make */
static gboolean
make_row (SideReviewRows *self)
{
  guint before = 0;

  for (guint i = 0; self->script != NULL && i < self->script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (self->script->sections, i);
      guint at = self->rows->len - before;

      if (at < section->criteria->len)
        {
          if (at == 0)
            self->list = add_section (self, section, i + 1);
          add_row (self, self->list, g_ptr_array_index (section->criteria, at));
          return TRUE;
        }
      before += section->criteria->len;
    }
  return FALSE;
}

/* A question that is folded away under the keyboard passes it on. */
static void
show_answers (SideReviewRows *self)
{
  const SideReview *review = side_answer_sheet_get_review (self->sheet);
  int at = focused_row (self), to;

  if (at >= 0 && side_criterion_row_get_criterion (row_at (self, (guint) at))->only_if != NULL
      && (review == NULL || !side_score_applies (self->script, review, side_criterion_row_get_criterion (row_at (self, (guint) at)))))
    {
      to = find_row (self, at, -1);
      if (to >= 0)
        focus_row (self, (guint) to);
    }
  for (guint i = 0; i < self->rows->len; i++)
    show_answer (self, review, row_at (self, i));
}

static void
show_evidence (SideReviewRows *self)
{
  for (guint i = 0; self->notes != NULL && i < self->rows->len; i++)
    side_evidence_show (self->notes, row_at (self, i));
}

static void
side_review_rows_init (SideReviewRows *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->rows = g_ptr_array_new ();
  self->position_ms = -1;
  self->sections = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_parent (self->sections, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * side_review_rows_set_sheet:
 * @self: rows, once
 * @sheet: who keeps the answers
 */
void
side_review_rows_set_sheet (SideReviewRows  *self,
                            SideAnswerSheet *sheet)
{
  g_return_if_fail (SIDE_IS_REVIEW_ROWS (self));
  g_return_if_fail (self->sheet == NULL);
  self->sheet = g_object_ref (sheet);
}

/**
 * side_review_rows_set_notes:
 * @self: rows, once
 * @notes: those of the call: each is shown at the question it is evidence for
 */
void
side_review_rows_set_notes (SideReviewRows *self,
                            SideCallNotes  *notes)
{
  g_return_if_fail (SIDE_IS_REVIEW_ROWS (self));
  g_return_if_fail (self->notes == NULL);

  self->notes = g_object_ref (notes);
  g_signal_connect_object (notes, "items-changed", G_CALLBACK (show_evidence), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (side_call_notes_get_tags (notes), "changed", G_CALLBACK (show_evidence), self, G_CONNECT_SWAPPED);
  show_evidence (self);
}

/**
 * side_review_rows_set_position:
 * @self: rows
 * @position_ms: where the player is: goes with the next answer; -1 without a recording
 * @origin_ms: what the clock that times are told by stands at where it begins; 0 usually
 */
void
side_review_rows_set_position (SideReviewRows *self,
                               gint64          position_ms,
                               gint64          origin_ms)
{
  g_return_if_fail (SIDE_IS_REVIEW_ROWS (self));

  self->position_ms = position_ms;
  self->origin_ms = origin_ms;
  for (guint i = 0; i < self->rows->len; i++)
    side_criterion_row_set_position (row_at (self, i), position_ms, origin_ms);
}

/**
 * side_review_rows_flush:
 * @self: rows
 *
 * Hands over what was typed a moment ago.
 */
void
side_review_rows_flush (SideReviewRows *self)
{
  g_return_if_fail (SIDE_IS_REVIEW_ROWS (self));

  for (guint i = 0; i < self->rows->len; i++)
    side_criterion_row_flush (row_at (self, i));
}

/**
 * side_review_rows_go_to:
 * @self: rows
 * @criterion: (nullable): id of a question where something is missing
 *
 * The keyboard goes there.
 *
 * Returns: whether there is such a question
 */
gboolean
side_review_rows_go_to (SideReviewRows *self,
                        const char     *criterion)
{
  int at;

  g_return_val_if_fail (SIDE_IS_REVIEW_ROWS (self), FALSE);

  at = index_of (self, criterion);
  if (at >= 0)
    go_to_need (self, (guint) at);
  return at >= 0;
}

/**
 * side_review_rows_begin:
 * @self: rows
 *
 * The keyboard goes to the first question.
 */
void
side_review_rows_begin (SideReviewRows *self)
{
  int first;

  g_return_if_fail (SIDE_IS_REVIEW_ROWS (self));

  first = find_row (self, -1, 1);
  if (first >= 0)
    focus_row (self, (guint) first);
}

/**
 * side_review_rows_update:
 * @self: rows
 *
 * Shows what the sheet holds.
 */
void
side_review_rows_update (SideReviewRows *self)
{
  gboolean editable;

  g_return_if_fail (SIDE_IS_REVIEW_ROWS (self));

  if (self->script == NULL || self->script != side_answer_sheet_get_script (self->sheet))
    return;
  show_answers (self);
  editable = side_answer_sheet_can_change (self->sheet);
  /* What cannot be changed can still be listened to. */
  for (guint i = 0; i < self->rows->len; i++)
    side_criterion_row_set_editable (row_at (self, i), editable);
}

/**
 * side_review_rows_set_script:
 * @self: rows
 * @script: (nullable): whose questions are asked
 *
 * Rows of the same script stay, and the focus with them.
 */
void
side_review_rows_set_script (SideReviewRows   *self,
                             const SideScript *script)
{
  int at;
  g_autofree char *focused = NULL;

  g_return_if_fail (SIDE_IS_REVIEW_ROWS (self));

  if (self->script == script)
    {
      side_review_rows_update (self);
      return;
    }
  at = focused_row (self);
  focused = at >= 0 ? g_strdup (side_criterion_row_get_id (row_at (self, (guint) at))) : NULL;
  clear (self);
  if (script == NULL)
    return;
  self->script = side_script_ref ((SideScript *) script);
  self->n_questions = side_script_count_criteria (script);
  begin_filling (self);
  if (focused != NULL && self->rows->len > 0)
    {
      at = index_of (self, focused);
      focus_row (self, at >= 0 && side_criterion_row_get_applies (row_at (self, (guint) at)) ? (guint) at : 0);
    }
}
