/* side-consensus-table.c - what each answered on one call, and what is agreed on
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The keys are those of the form: Y, P, N, A, digits on a scale, Delete; Enter
 * goes to the reason, and from there to the next row. While something is
 * agreed on, rows stay where they are: only other answers order them anew.
 */
#include "side-consensus-table.h"

#include <glib/gi18n.h>

#include "side-consensus-item.h"
#include "side-criterion-parts.h"
#include "side-latin-key.h"
#include "side-text.h"

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
  GtkWidget          *choices;     /* buttons of its answers */
  GtkEntry           *reason;
  GtkLabel           *author;
  SideConsensusItem  *shown;       /* in the bar */
  gulong              shown_id;
  gboolean            editable;
};

G_DEFINE_FINAL_TYPE (SideConsensusTable, side_consensus_table, ADW_TYPE_BIN)

enum { SIGNAL_AGREED, SIGNAL_EVIDENCE, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
forget_shown (SideConsensusTable *self)
{
  if (self->shown != NULL)
    g_clear_signal_handler (&self->shown_id, self->shown);
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
  g_free (self->expert);
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
  g_signal_emit (self, signals[SIGNAL_AGREED], 0, side_consensus_item_get_criterion (self->shown)->id, value, typed_reason (self));
}

static void
choice_cb (SideConsensusTable *self,
           GtkToggleButton    *button)
{
  double value = *(const double *) g_object_get_data (G_OBJECT (button), "value");

  if (self->shown == NULL)
    return;
  if (gtk_toggle_button_get_active (button) && side_consensus_item_get_value (self->shown) != value)
    agree (self, value);
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

static void
add_choice (SideConsensusTable *self,
            double              value,
            GtkToggleButton   **group)
{
  g_autofree char *words = side_criterion_answer_words (side_consensus_item_get_criterion (self->shown), value);
  GtkWidget *button = gtk_toggle_button_new_with_label (words);

  g_object_set_data_full (G_OBJECT (button), "value", g_memdup2 (&value, sizeof value), g_free);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), *group);
  *group = GTK_TOGGLE_BUTTON (button);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), side_consensus_item_get_value (self->shown) == value);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (choice_cb), self);
  gtk_box_append (GTK_BOX (self->choices), button);
}

static void
fill_choices (SideConsensusTable *self)
{
  const SideCriterion *criterion = side_consensus_item_get_criterion (self->shown);
  GtkToggleButton *group = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->choices)) != NULL)
    gtk_box_remove (GTK_BOX (self->choices), child);
  if (criterion->answers == SIDE_ANSWERS_SCALE)
    {
      for (int i = 0; i <= MIN (criterion->scale_max, 10); i++)
        add_choice (self, criterion->scale_max <= 10 ? (double) i / criterion->scale_max : i / 10.0, &group);
    }
  else
    {
      add_choice (self, 1, &group);
      if (criterion->answers == SIDE_ANSWERS_YES_PARTLY_NO)
        add_choice (self, 0.5, &group);
      add_choice (self, 0, &group);
    }
  if (criterion->allow_na)
    add_choice (self, SIDE_ANSWER_NA, &group);
}

static void
show_chosen (SideConsensusTable *self)
{
  const char *reason = self->shown != NULL ? side_consensus_item_get_reason (self->shown) : NULL;
  const char *author = self->shown != NULL ? side_consensus_item_get_author (self->shown) : NULL;
  /* Translators: %s is the name of who wrote down what was agreed on */
  g_autofree char *by = author != NULL ? g_strdup_printf (_("written down by %s"), author) : NULL;

  gtk_widget_set_visible (self->bar, self->shown != NULL);
  if (self->shown == NULL)
    return;
  gtk_label_set_text (self->words, side_consensus_item_get_criterion (self->shown)->text);
  fill_choices (self);
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->reason)), reason != NULL ? reason : "") != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->reason), reason != NULL ? reason : "");
  gtk_label_set_text (self->author, by != NULL ? by : "");
}

static void
chosen_changed_cb (SideConsensusTable *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  gboolean in_choices = focus != NULL && gtk_widget_is_ancestor (focus, self->choices);

  show_chosen (self);
  /* The button that was pressed is another one now. */
  if (in_choices)
    gtk_widget_grab_focus (GTK_WIDGET (self->reason));
}

static void
selected_cb (SideConsensusTable *self)
{
  SideConsensusItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (item == self->shown)
    return;
  keep_reason (self);
  forget_shown (self);
  if (item != NULL)
    {
      self->shown = g_object_ref (item);
      self->shown_id = g_signal_connect_swapped (item, "changed", G_CALLBACK (chosen_changed_cb), self);
    }
  show_chosen (self);
}

/* ---- keys ---- */

static gboolean
key_cb (GtkEventController *controller,
        guint               keyval,
        guint               keycode,
        GdkModifierType     modifiers,
        SideConsensusTable *self)
{
  double value;

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
  value = side_consensus_item_value_of_key (self->shown, side_latin_key (GTK_WIDGET (self), keyval, keycode));
  if (value == SIDE_ANSWER_NONE)
    return GDK_EVENT_PROPAGATE;
  agree (self, value);
  return GDK_EVENT_STOP;
}

/* ---- cells ---- */

static void
bind_criterion (GtkListItem       *list_item,
                SideConsensusItem *item)
{
  GtkWidget *box = gtk_list_item_get_child (list_item);
  gboolean differs = side_consensus_item_differs (item);

  gtk_widget_set_opacity (gtk_widget_get_first_child (box), differs ? 1 : 0);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), side_consensus_item_get_criterion (item)->text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  differs ? _("The answers differ") : _("All gave the same answer"), -1);
}

static void
evidence_cb (SideConsensusTable *self,
             GtkButton          *button)
{
  gint64 at_ms = *(const gint64 *) g_object_get_data (G_OBJECT (button), "at-ms");

  g_signal_emit (self, signals[SIGNAL_EVIDENCE], 0, at_ms);
}

static void
set_bold (GtkWidget *label,
          gboolean   bold)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
}

static void
bind_answer (GtkListItem       *list_item,
             SideConsensusItem *item,
             guint              reviewer)
{
  GtkWidget *box = gtk_list_item_get_child (list_item);
  GtkWidget *label = gtk_widget_get_first_child (box), *button = gtk_widget_get_next_sibling (label);
  const SideAnswer *answer = side_consensus_item_get_answer (item, reviewer);
  gboolean apart = side_consensus_item_is_apart (item, reviewer);
  g_autofree char *words = NULL, *at = NULL;

  if (answer != NULL)
    words = side_criterion_answer_words (side_consensus_item_get_criterion (item), answer->value);
  else
    words = g_strdup (side_consensus_item_has_review (item, reviewer) ? "–" : _("not finished"));
  gtk_label_set_text (GTK_LABEL (label), words);
  gtk_widget_set_tooltip_text (label, answer != NULL ? answer->comment : NULL);
  set_bold (label, apart);
  gtk_widget_remove_css_class (label, "dim-label");
  if (answer == NULL)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_visible (button, answer != NULL && answer->position_ms >= 0);
  if (answer == NULL || answer->position_ms < 0)
    return;
  at = side_criterion_span_words (answer->position_ms, answer->to_ms, FALSE);
  gtk_button_set_label (GTK_BUTTON (button), at);
  g_object_set_data_full (G_OBJECT (button), "at-ms", g_memdup2 (&answer->position_ms, sizeof (gint64)), g_free);
}

static void
show_consensus (SideConsensusItem *item,
                GtkWidget         *box)
{
  GtkWidget *value = gtk_widget_get_first_child (box), *reason = gtk_widget_get_last_child (box);
  double agreed = side_consensus_item_get_value (item);
  g_autofree char *words = agreed != SIDE_ANSWER_NONE ? side_criterion_answer_words (side_consensus_item_get_criterion (item), agreed)
                                                      : g_strdup ("");
  const char *why = side_consensus_item_get_reason (item);

  gtk_label_set_text (GTK_LABEL (value), words);
  gtk_label_set_text (GTK_LABEL (reason), why != NULL ? why : "");
  gtk_widget_set_visible (reason, why != NULL);
}

static GtkWidget *
cell_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
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
  GtkWidget *box = gtk_box_new (column == COLUMN_CONSENSUS ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *label = cell_label ();

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_list_item_set_child (list_item, box);
  if (column == COLUMN_CRITERION)
    {
      GtkWidget *image = gtk_image_new_from_icon_name ("side-near-symbolic");

      gtk_widget_add_css_class (image, "near");
      gtk_widget_set_tooltip_text (image, _("The answers differ"));
      gtk_label_set_width_chars (GTK_LABEL (label), 22);
      gtk_box_append (GTK_BOX (box), image);
      gtk_box_append (GTK_BOX (box), label);
      return;
    }
  gtk_box_append (GTK_BOX (box), label);
  if (column == COLUMN_CONSENSUS)
    {
      GtkWidget *reason = cell_label ();

      set_bold (label, TRUE);
      gtk_widget_add_css_class (reason, "caption");
      gtk_widget_add_css_class (reason, "dim-label");
      gtk_box_append (GTK_BOX (box), reason);
    }
  else
    {
      GtkWidget *button = gtk_button_new_with_label ("");

      gtk_label_set_wrap (GTK_LABEL (label), FALSE);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_widget_add_css_class (button, "evidence");
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (button, _("Open the call"));
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (evidence_cb), self);
      gtk_box_append (GTK_BOX (box), button);
    }
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
    bind_criterion (list_item, item);
  else if (column != COLUMN_CONSENSUS)
    bind_answer (list_item, item, (guint) column);
  else
    {
      show_consensus (item, box);
      g_signal_connect_object (item, "changed", G_CALLBACK (show_consensus), box, 0);
    }
}

static void
unbind_cb (SideConsensusTable *self,
           GtkListItem        *list_item,
           GtkListItemFactory *factory)
{
  if (column_of (factory) == COLUMN_CONSENSUS)
    g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), show_consensus, gtk_list_item_get_child (list_item));
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
    gtk_column_view_column_set_fixed_width (column, place == COLUMN_CONSENSUS ? 170 : 136);
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
  make_columns (self, calibration);
  items = make_items (script, calibration, call, reviews);
  if (!update_rows (self, items, calibration))
    {
      forget_shown (self);
      g_list_store_splice (self->store, 0, g_list_model_get_n_items (G_LIST_MODEL (self->store)), items->pdata, items->len);
      selected_cb (self);
    }
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
  signals[SIGNAL_EVIDENCE] = g_signal_new ("evidence", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
make_bar (SideConsensusTable *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->bar = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->words = GTK_LABEL (cell_label ());
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "heading");
  self->choices = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->choices, "linked");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choices), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Consensus"), -1);
  self->reason = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_placeholder_text (self->reason, _("Why it is this answer"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reason), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Why it is this answer"), -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->reason), TRUE);
  g_signal_connect_swapped (self->reason, "activate", G_CALLBACK (reason_done_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (reason_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->reason), focus);
  self->author = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->author), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->author), "dim-label");
  gtk_box_append (GTK_BOX (line), self->choices);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->reason));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->author));
  gtk_box_append (GTK_BOX (self->bar), GTK_WIDGET (self->words));
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
