/* side-consensus-table.c - what each answered on one call, and what is agreed on
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The keys are those of the form: Y, P, N, A, digits on a scale, Delete; Enter
 * goes to the reason, and from there to the next row. While something is
 * agreed on, rows stay where they are: only other answers order them anew.
 * A reason that was typed before there is an answer is kept with its row.
 */
#include "side-consensus-table.h"

#include <glib/gi18n.h>

#include "side-analysis.h"
#include "side-answer-choices.h"
#include "side-answer-details.h"
#include "side-clear.h"
#include "side-consensus-cells.h"
#include "side-consensus-item.h"
#include "side-criterion-parts.h"
#include "side-latin-key.h"
#include "side-text.h"

#define MAX_LINES 3   /* of what was said to an answer; all of it stands below the table for the chosen row */

struct _SideConsensusTable
{
  AdwBin              parent_instance;
  GtkColumnView      *view;
  GtkSingleSelection *selection;
  GListStore         *store;       /* of SideConsensusItem */
  GPtrArray          *reviewers;   /* of char *, as the columns stand */
  char               *expert;
  GtkWidget          *bar;
  GtkLabel           *words;       /* the chosen criterion */
  GtkWidget          *choices;     /* its answers, to be agreed on */
  SideAnswerChoices  *answers;     /* (nullable): what is in them */
  GtkLabel           *said;        /* why people answered as they did */
  GtkEntry           *reason;
  char               *written;     /* what was put there last, and not typed */
  GHashTable         *drafts;      /* key of an item -> reason that waits for an answer */
  GtkLabel           *author;
  SideConsensusItem  *shown;       /* in the bar */
  gulong              shown_id;
  gboolean            editable;
};

G_DEFINE_FINAL_TYPE (SideConsensusTable, side_consensus_table, ADW_TYPE_BIN)

static const char late_words[] = N_("answered when the discussion had begun");

enum { SIGNAL_AGREED, SIGNAL_EVIDENCE, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
forget_shown (SideConsensusTable *self)
{
  if (self->shown != NULL)
    g_clear_signal_handler (&self->shown_id, self->shown);
  if (self->answers != NULL)
    g_signal_handlers_disconnect_by_data (self->answers, self);
  g_clear_object (&self->answers);
  g_clear_object (&self->shown);
}

static void
side_consensus_table_dispose (GObject *object)
{
  forget_shown (SIDE_CONSENSUS_TABLE (object));
  G_OBJECT_CLASS (side_consensus_table_parent_class)->dispose (object);
}

static void
side_consensus_table_finalize (GObject *object)
{
  SideConsensusTable *self = SIDE_CONSENSUS_TABLE (object);

  g_ptr_array_unref (self->reviewers);
  g_hash_table_unref (self->drafts);
  g_free (self->expert);
  g_free (self->written);
  G_OBJECT_CLASS (side_consensus_table_parent_class)->finalize (object);
}

/* ---- agreeing ---- */

static const char *
typed_reason (SideConsensusTable *self)
{
  const char *reason = gtk_editable_get_text (GTK_EDITABLE (self->reason));

  return *reason != '\0' ? reason : NULL;
}

static void
agree (SideConsensusTable *self,
       double              value)
{
  if (!self->editable || self->shown == NULL)
    return;
  g_hash_table_remove (self->drafts, side_consensus_item_get_key (self->shown));
  g_signal_emit (self, signals[SIGNAL_AGREED], 0, side_consensus_item_get_criterion (self->shown)->id, value, typed_reason (self));
}

static void
chosen_cb (SideConsensusTable *self,
           double              value)
{
  if (self->shown != NULL && side_consensus_item_get_value (self->shown) != value)
    agree (self, value);
}

static void
typed_cb (SideConsensusTable *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->reason));
}

/* Before another row is shown: what was typed and not written down is there
 * again with its own. */
static void
keep_draft (SideConsensusTable *self)
{
  const char *key = self->shown != NULL ? side_consensus_item_get_key (self->shown) : NULL;

  if (key == NULL || !self->editable)
    return;
  if (typed_reason (self) != NULL && g_strcmp0 (typed_reason (self), side_consensus_item_get_reason (self->shown)) != 0)
    g_hash_table_replace (self->drafts, g_strdup (key), g_strdup (typed_reason (self)));
  else
    g_hash_table_remove (self->drafts, key);
}

/* A reason without an answer waits for one. */
static void
keep_reason (SideConsensusTable *self)
{
  double value = self->shown != NULL ? side_consensus_item_get_value (self->shown) : SIDE_ANSWER_NONE;

  if (value != SIDE_ANSWER_NONE && g_strcmp0 (typed_reason (self), side_consensus_item_get_reason (self->shown)) != 0)
    agree (self, value);
}

static void
reason_left_cb (SideConsensusTable *self)
{
  keep_reason (self);
}

static void
reason_done_cb (SideConsensusTable *self)
{
  guint place = gtk_single_selection_get_selected (self->selection);

  keep_reason (self);
  if (place + 1 < g_list_model_get_n_items (G_LIST_MODEL (self->store)))
    {
      gtk_single_selection_set_selected (self->selection, place + 1);
      gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", place + 1);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* ---- the bar ---- */

/* Put together anew for another criterion alone: what is pressed stays there. */
static void
fill_choices (SideConsensusTable *self)
{
  if (self->answers == NULL)
    {
      side_clear_children (self->choices);
      self->answers = side_answer_choices_new (side_consensus_item_get_criterion (self->shown), GTK_BOX (self->choices));
      g_signal_connect_object (self->answers, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->answers, "typed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
    }
  side_answer_choices_set_editable (self->answers, self->editable);
  side_answer_choices_set_value (self->answers, side_consensus_item_get_value (self->shown));
}

/* "boris: Operator · did not say it", a line each. */
static void
show_said (SideConsensusTable *self)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < self->reviewers->len; i++)
    {
      const SideAnswer *answer = side_consensus_item_get_answer (self->shown, i);
      g_autofree char *why = answer != NULL ? side_answer_why_words (answer) : NULL;
      gboolean late = side_consensus_item_is_late (self->shown, i);

      if (why != NULL || late)
        g_string_append_printf (lines, "%s%s: %s%s%s", lines->len > 0 ? "\n" : "", (char *) self->reviewers->pdata[i],
                                late ? _(late_words) : "", late && why != NULL ? " · " : "", why != NULL ? why : "");
    }
  gtk_label_set_text (self->said, lines->str);
  gtk_widget_set_visible (GTK_WIDGET (self->said), lines->len > 0);
}

/* @anew: another row than before; in the same one what is being typed stays */
static void
show_reason (SideConsensusTable *self,
             gboolean            anew)
{
  const char *draft = g_hash_table_lookup (self->drafts, side_consensus_item_get_key (self->shown));
  const char *reason = side_consensus_item_get_reason (self->shown);
  gboolean typed = !anew && g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->reason)), self->written) != 0;

  g_free (self->written);
  self->written = g_strdup (reason != NULL ? reason : "");
  if (!typed)
    gtk_editable_set_text (GTK_EDITABLE (self->reason), draft != NULL ? draft : self->written);
}

/* By whom it was written down, or that it is not yet. */
static void
show_author (SideConsensusTable *self)
{
  const char *author = self->shown != NULL ? side_consensus_item_get_author (self->shown) : NULL;
  /* Translators: %s is the name of who wrote down what was agreed on */
  g_autofree char *by = author != NULL ? g_strdup_printf (_("written down by %s"), author) : NULL;

  gtk_label_set_text (self->author, by != NULL ? by : typed_reason (self) != NULL ? _("kept once there is an answer") : "");
}

static void
show_row (SideConsensusTable *self,
          gboolean            anew)
{
  gtk_widget_set_visible (self->bar, self->shown != NULL);
  if (self->shown == NULL)
    return;
  gtk_label_set_text (self->words, side_consensus_item_get_name (self->shown));
  show_said (self);
  fill_choices (self);
  show_reason (self, anew);
  show_author (self);
}

static void
changed_cb (SideConsensusTable *self)
{
  show_row (self, FALSE);
}

static void
selected_cb (SideConsensusTable *self)
{
  SideConsensusItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (item == self->shown)
    return;
  keep_reason (self);
  keep_draft (self);
  forget_shown (self);
  if (item != NULL)
    {
      self->shown = g_object_ref (item);
      self->shown_id = g_signal_connect_swapped (item, "changed", G_CALLBACK (changed_cb), self);
    }
  show_row (self, TRUE);
}

/* ---- keys ---- */

static gboolean
key_cb (GtkEventController *controller,
        guint               keyval,
        guint               keycode,
        GdkModifierType     modifiers,
        SideConsensusTable *self)
{
  SideRowKey done;

  if (!self->editable || self->shown == NULL || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->reason));
      return GDK_EVENT_STOP;
    }
  if (keyval == GDK_KEY_Delete || keyval == GDK_KEY_BackSpace)
    {
      agree (self, SIDE_ANSWER_NONE);
      return GDK_EVENT_STOP;
    }
  done = side_answer_choices_press (self->answers, side_latin_key (GTK_WIDGET (self), keyval, keycode));
  if (done == SIDE_ROW_KEY_REFUSED)
    gtk_widget_error_bell (GTK_WIDGET (self));
  return done == SIDE_ROW_KEY_NONE ? GDK_EVENT_PROPAGATE : GDK_EVENT_STOP;
}

/* ---- cells ---- */

static void
evidence_cb (SideConsensusTable *self,
             GtkButton          *button)
{
  const SideSpan *span = g_object_get_data (G_OBJECT (button), "span");

  g_signal_emit (self, signals[SIGNAL_EVIDENCE], 0, span->from_ms, span->to_ms);
}

/* What the keys answer is the row in which the focus is, its buttons too. */
static void
entered_cb (GtkEventController *controller,
            SideConsensusTable *self)
{
  GtkListItem *list_item = g_object_get_data (G_OBJECT (gtk_event_controller_get_widget (controller)), "list-item");

  gtk_single_selection_set_selected (self->selection, gtk_list_item_get_position (list_item));
}

/* An answer, and the place in the recording that shows it. */
static GtkWidget *
answer_line (SideConsensusTable *self,
             GtkListItem        *list_item,
             GtkWidget          *label)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4), *button = gtk_button_new_with_label ("");

  gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (button, "evidence");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Open the call"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (evidence_cb), self);
  g_object_set_data (G_OBJECT (button), "list-item", list_item);
  g_signal_connect_object (focus, "enter", G_CALLBACK (entered_cb), self, 0);
  gtk_widget_add_controller (button, focus);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), button);
  return line;
}

#define COLUMN_CRITERION (-1)
#define COLUMN_CONSENSUS (-2)

static int
column_of (GtkListItemFactory *factory)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (factory), "column"));
}

static void
setup_cb (SideConsensusTable *self,
          GtkListItem        *list_item,
          GtkListItemFactory *factory)
{
  int column = column_of (factory);
  GtkWidget *box = gtk_box_new (column == COLUMN_CRITERION ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *label = side_consensus_cell_label ();

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (box, 3);
  gtk_widget_set_margin_bottom (box, 3);
  gtk_list_item_set_child (list_item, box);
  if (column == COLUMN_CRITERION)
    {
      GtkWidget *image = gtk_image_new_from_icon_name ("side-near-symbolic");

      gtk_widget_add_css_class (image, "near");
      gtk_widget_set_tooltip_text (image, _("The answers differ"));
      gtk_label_set_width_chars (GTK_LABEL (label), 16);
      gtk_box_append (GTK_BOX (box), image);
      gtk_box_append (GTK_BOX (box), label);
      return;
    }
  if (column == COLUMN_CONSENSUS)
    {
      side_consensus_cell_set_bold (label, TRUE);
      gtk_box_append (GTK_BOX (box), label);
    }
  else
    gtk_box_append (GTK_BOX (box), answer_line (self, list_item, label));
  gtk_box_append (GTK_BOX (box), side_consensus_cell_below (column == COLUMN_CONSENSUS ? -1 : MAX_LINES));
}

static void
bind_cb (SideConsensusTable *self,
         GtkListItem        *list_item,
         GtkListItemFactory *factory)
{
  SideConsensusItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *box = gtk_list_item_get_child (list_item);
  int column = column_of (factory);

  if (column == COLUMN_CRITERION)
    side_consensus_cell_show_criterion (box, item);
  else if (column != COLUMN_CONSENSUS)
    side_consensus_cell_show_answer (box, item, (guint) column);
  else
    {
      side_consensus_cell_show_agreed (item, box);
      g_signal_connect_object (item, "changed", G_CALLBACK (side_consensus_cell_show_agreed), box, 0);
    }
}

static void
unbind_cb (SideConsensusTable *self,
           GtkListItem        *list_item,
           GtkListItemFactory *factory)
{
  if (column_of (factory) == COLUMN_CONSENSUS)
    g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), side_consensus_cell_show_agreed, gtk_list_item_get_child (list_item));
}

static void
add_column (SideConsensusTable *self,
            int                 place,
            const char         *title)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;

  g_object_set_data (G_OBJECT (factory), "column", GINT_TO_POINTER (place));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (column, place == COLUMN_CRITERION);
  if (place != COLUMN_CRITERION)
    gtk_column_view_column_set_fixed_width (column, place == COLUMN_CONSENSUS ? 170 : 150);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_append_column (self->view, column);
}

/* ---- rows ---- */

static gboolean
same_columns (SideConsensusTable    *self,
              const SideCalibration *calibration)
{
  gboolean same = self->reviewers->len == calibration->reviewers->len && g_strcmp0 (self->expert, calibration->expert) == 0
                  && g_list_model_get_n_items (gtk_column_view_get_columns (self->view)) > 0;

  for (guint i = 0; same && i < self->reviewers->len; i++)
    same = g_str_equal (self->reviewers->pdata[i], calibration->reviewers->pdata[i]);
  return same;
}

static void
make_columns (SideConsensusTable    *self,
              const SideCalibration *calibration)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  if (same_columns (self, calibration))
    return;
  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
  g_ptr_array_set_size (self->reviewers, 0);
  g_free (self->expert);
  self->expert = g_strdup (calibration->expert);
  add_column (self, COLUMN_CRITERION, _("Criterion"));
  for (guint i = 0; i < calibration->reviewers->len; i++)
    {
      const char *name = calibration->reviewers->pdata[i];
      /* Translators: the name of a reviewer who is the expert */
      g_autofree char *title = g_strcmp0 (name, self->expert) == 0 ? g_strdup_printf (_("%s (expert)"), name) : g_strdup (name);

      g_ptr_array_add (self->reviewers, g_strdup (name));
      add_column (self, (int) i, title);
    }
  add_column (self, COLUMN_CONSENSUS, _("Consensus"));
}

static GPtrArray *
make_items (SideScript            *script,
            const SideCalibration *calibration,
            const char            *call,
            GPtrArray             *reviews)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) same = g_ptr_array_new ();

  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = script->sections->pdata[i];

      for (guint k = 0; k < section->criteria->len; k++)
        {
          SideConsensusItem *item = side_consensus_item_new (script, section->criteria->pdata[k], calibration, call, reviews);

          g_ptr_array_add (side_consensus_item_differs (item) ? items : same, item);
        }
    }
  g_ptr_array_extend (items, same, NULL, NULL);
  return items;
}

static gboolean
update_rows (SideConsensusTable    *self,
             GPtrArray             *items,
             const SideCalibration *calibration)
{
  GListModel *model = G_LIST_MODEL (self->store);

  if (g_list_model_get_n_items (model) != items->len)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      g_autoptr (SideConsensusItem) item = g_list_model_get_item (model, i);

      if (!side_consensus_item_same_answers (item, items->pdata[i]))
        return FALSE;
    }
  for (guint i = 0; i < items->len; i++)
    {
      g_autoptr (SideConsensusItem) item = g_list_model_get_item (model, i);

      side_consensus_item_update (item, calibration);
    }
  return TRUE;
}

/**
 * side_consensus_table_show:
 * @self: the table
 * @script: the calibration's script, in its version
 * @calibration: a calibration that is not blind
 * @call: one of its calls
 * @reviews: (element-type SideReview): made for it, among others
 * @editable: whether this person may write down what is agreed on
 */
void
side_consensus_table_show (SideConsensusTable    *self,
                           SideScript            *script,
                           const SideCalibration *calibration,
                           const char            *call,
                           GPtrArray             *reviews,
                           gboolean               editable)
{
  g_autoptr (GPtrArray) items = NULL;

  g_return_if_fail (SIDE_IS_CONSENSUS_TABLE (self));
  g_return_if_fail (script != NULL && calibration != NULL && call != NULL);

  self->editable = editable;
  gtk_widget_set_sensitive (self->bar, editable);
  if (self->answers != NULL)
    side_answer_choices_set_editable (self->answers, editable);
  make_columns (self, calibration);
  items = make_items (script, calibration, call, reviews);
  if (!update_rows (self, items, calibration))
    {
      keep_draft (self);
      forget_shown (self);
      g_list_store_splice (self->store, 0, g_list_model_get_n_items (G_LIST_MODEL (self->store)), items->pdata, items->len);
      selected_cb (self);
    }
}

/**
 * side_consensus_table_flush:
 * @self: the table
 *
 * Has the reason that is being typed written down; to be called before another
 * call or calibration is shown.
 */
void
side_consensus_table_flush (SideConsensusTable *self)
{
  g_return_if_fail (SIDE_IS_CONSENSUS_TABLE (self));
  keep_reason (self);
}

/**
 * side_consensus_table_count_apart:
 * @self: the table
 *
 * Returns: how many criteria people answered differently
 */
guint
side_consensus_table_count_apart (SideConsensusTable *self)
{
  guint n = 0;

  g_return_val_if_fail (SIDE_IS_CONSENSUS_TABLE (self), 0);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->store)); i++)
    {
      g_autoptr (SideConsensusItem) item = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      n += side_consensus_item_differs (item) ? 1 : 0;
    }
  return n;
}

/**
 * side_consensus_table_get_criterion:
 * @self: the table
 *
 * Returns: (transfer none) (nullable): id of the chosen criterion
 */
const char *
side_consensus_table_get_criterion (SideConsensusTable *self)
{
  g_return_val_if_fail (SIDE_IS_CONSENSUS_TABLE (self), NULL);
  return self->shown != NULL ? side_consensus_item_get_criterion (self->shown)->id : NULL;
}

static void
side_consensus_table_class_init (SideConsensusTableClass *klass)
{
  GType type = SIDE_TYPE_CONSENSUS_TABLE;

  G_OBJECT_CLASS (klass)->dispose = side_consensus_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_consensus_table_finalize;
  signals[SIGNAL_AGREED] = g_signal_new ("agreed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                         3, G_TYPE_STRING, G_TYPE_DOUBLE, G_TYPE_STRING);
  signals[SIGNAL_EVIDENCE] = g_signal_new ("evidence", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
}

static void
make_bar (SideConsensusTable *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->bar = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->words = GTK_LABEL (side_consensus_cell_label ());
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "heading");
  self->said = GTK_LABEL (side_consensus_cell_label ());
  self->choices = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choices), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Consensus"), -1);
  self->reason = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_placeholder_text (self->reason, _("Why it is this answer"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reason), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Why it is this answer"), -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->reason), TRUE);
  g_signal_connect_swapped (self->reason, "activate", G_CALLBACK (reason_done_cb), self);
  g_signal_connect_swapped (self->reason, "changed", G_CALLBACK (show_author), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (reason_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->reason), focus);
  self->author = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->author), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->author), "dim-label");
  gtk_box_append (GTK_BOX (line), self->choices);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->reason));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->author));
  gtk_box_append (GTK_BOX (self->bar), GTK_WIDGET (self->words));
  gtk_box_append (GTK_BOX (self->bar), GTK_WIDGET (self->said));
  gtk_box_append (GTK_BOX (self->bar), line);
  gtk_widget_set_margin_top (self->bar, 10);
  gtk_widget_set_margin_bottom (self->bar, 14);
}

static void
side_consensus_table_init (SideConsensusTable *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->reviewers = g_ptr_array_new_with_free_func (g_free);
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->store = g_list_store_new (SIDE_TYPE_CONSENSUS_ITEM);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (self->store));
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (GTK_SELECTION_MODEL (self->selection)));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Answers by criterion"), -1);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  /* Before the list, for which Enter means another thing. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (scroller, TRUE);
  make_bar (self);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), self->bar);
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * side_consensus_table_new:
 *
 * Returns: (transfer floating): a table without rows
 */
GtkWidget *
side_consensus_table_new (void)
{
  return g_object_new (SIDE_TYPE_CONSENSUS_TABLE, NULL);
}
