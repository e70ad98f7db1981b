/* side-script-row.c - one criterion in the list of a form
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shows its wording, what to listen for, its answers and points. Everything
 * else is unfolded below it and made only then: a form has a hundred of these.
 * In a draft what is unfolded is what it is edited by, and Alt with an arrow
 * moves the row.
 */
#include "side-script-row.h"

#include <glib/gi18n.h>

#include "side-criterion-editor.h"
#include "side-criterion-facts.h"
#include "side-popovers.h"
#include "side-script-edit.h"
#include "side-script-labels.h"
#include "side-sparkline.h"
#include "side-wrapping.h"

#define MIN_RESULTS 5      /* fewer make no line */
#define GOOD        0.8    /* share of full marks from which a line is green */
#define FAIR        0.6

struct _SideScriptRow
{
  GtkListBoxRow    parent_instance;
  GtkWidget       *box;
  GtkWidget       *handle;
  GtkWidget       *number;
  GtkWidget       *text;
  GtkWidget       *hint;
  GtkWidget       *condition;
  GtkWidget       *answers;
  GtkWidget       *points;
  GtkWidget       *critical;
  GtkWidget       *line;       /* (nullable): SideSparkline, once there are results */
  GtkWidget       *details;    /* (nullable): SideCriterionEditor or SideCriterionFacts */
  SideDraftKeeper *keeper;     /* (nullable): of a draft */
  SideScript      *script;     /* shown last; a version does not change */
  char            *id;
  char            *read_out;   /* what a screen reader was told last */
  gboolean         open;
};

G_DEFINE_FINAL_TYPE (SideScriptRow, side_script_row, GTK_TYPE_LIST_BOX_ROW)

static guint opened_signal;

static void
side_script_row_dispose (GObject *object)
{
  SideScriptRow *self = SIDE_SCRIPT_ROW (object);

  g_clear_object (&self->keeper);
  g_clear_pointer (&self->script, side_script_unref);
  G_OBJECT_CLASS (side_script_row_parent_class)->dispose (object);
}

static void
side_script_row_finalize (GObject *object)
{
  SideScriptRow *self = SIDE_SCRIPT_ROW (object);

  g_free (self->id);
  g_free (self->read_out);
  G_OBJECT_CLASS (side_script_row_parent_class)->finalize (object);
}

static gboolean
move_key (GtkWidget *widget,
          GVariant  *args,
          gpointer   data)
{
  SideScriptRow *self = SIDE_SCRIPT_ROW (widget);
  g_autoptr (GtkWidget) held = g_object_ref (widget);
  g_autoptr (SideScript) draft = NULL;
  int by;

  if (self->keeper == NULL)
    return FALSE;
  g_variant_get (args, "(i)", &by);
  draft = side_draft_keeper_begin (self->keeper);
  if (side_script_edit_shift_criterion (draft, self->id, by))
    side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), _("criterion moved"), NULL);
  else
    gtk_widget_error_bell (widget);
  gtk_widget_grab_focus (held);   /* it may stand in another list now */
  return TRUE;
}

static void
side_script_row_class_init (SideScriptRowClass *klass)
{
  static const struct { guint key; int by; } keys[] = {
    { GDK_KEY_Up, -1 }, { GDK_KEY_KP_Up, -1 }, { GDK_KEY_Down, 1 }, { GDK_KEY_KP_Down, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), keys[i].key, GDK_ALT_MASK, move_key, "(i)", keys[i].by);
  G_OBJECT_CLASS (klass)->dispose = side_script_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_script_row_finalize;
  opened_signal = g_signal_new ("opened", SIDE_TYPE_SCRIPT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_pill (const char *style)
{
  GtkWidget *pill = gtk_label_new (NULL);

  gtk_widget_add_css_class (pill, "script-pill");
  if (style != NULL)
    gtk_widget_add_css_class (pill, style);
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  return pill;
}

static GtkWidget *
make_line (gboolean bold)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, bold ? "script-text" : "script-hint");
  return label;
}

static GtkWidget *
make_heading (SideScriptRow *self)
{
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);

  self->handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");
  gtk_widget_add_css_class (self->handle, "drag-handle");
  gtk_widget_set_tooltip_text (self->handle, _("Drag to move, or press Alt with the up or down arrow"));
  self->number = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->number, "dim-label");
  gtk_widget_add_css_class (self->number, "numeric");
  gtk_widget_set_valign (self->number, GTK_ALIGN_CENTER);
  self->text = make_line (TRUE);
  self->hint = make_line (FALSE);
  self->condition = make_line (FALSE);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), self->text);
  gtk_box_append (GTK_BOX (words), self->hint);
  gtk_box_append (GTK_BOX (words), self->condition);
  self->answers = make_pill (NULL);
  self->critical = make_pill ("critical");
  self->points = make_pill ("points");
  gtk_box_append (GTK_BOX (heading), self->handle);
  gtk_box_append (GTK_BOX (heading), self->number);
  gtk_box_append (GTK_BOX (heading), words);
  gtk_box_append (GTK_BOX (heading), self->answers);
  gtk_box_append (GTK_BOX (heading), self->critical);
  gtk_box_append (GTK_BOX (heading), self->points);
  gtk_widget_add_css_class (heading, "script-heading");
  return heading;
}

static void
side_script_row_init (SideScriptRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), make_heading (self));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), self->box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "script-row");
}

static GdkContentProvider *
prepare_cb (SideScriptRow *self)
{
  return gdk_content_provider_new_typed (SIDE_TYPE_SCRIPT_ROW, self);
}

static void
drag_begin_cb (SideScriptRow *self,
               GdkDrag       *drag)
{
  g_autoptr (GdkPaintable) row = gtk_widget_paintable_new (gtk_widget_get_first_child (self->box));
  g_autoptr (GdkPaintable) still = gdk_paintable_get_current_image (row);
  GtkWidget *picture = gtk_picture_new_for_paintable (still);

  /* A row has no ground of its own: without one its words would lie upon those below. */
  gtk_widget_add_css_class (picture, "dragged-row");
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), picture);
  gdk_drag_set_hotspot (drag, 12, 12);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dragged");
}

static void
drag_end_cb (SideScriptRow *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "dragged");
}

/**
 * side_script_row_new:
 * @id: id of the criterion
 * @keeper: (nullable): of a draft; %NULL for what can only be read
 *
 * Returns: (transfer floating): a row that says nothing yet
 */
GtkWidget *
side_script_row_new (const char      *id,
                     SideDraftKeeper *keeper)
{
  SideScriptRow *self = g_object_new (SIDE_TYPE_SCRIPT_ROW, NULL);

  self->id = g_strdup (id);
  g_set_object (&self->keeper, keeper);
  gtk_widget_set_visible (self->handle, keeper != NULL);
  if (keeper != NULL)
    {
      GtkDragSource *source = gtk_drag_source_new ();

      gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
      g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (source, "drag-end", G_CALLBACK (drag_end_cb), self, G_CONNECT_SWAPPED);
      gtk_widget_add_controller (self->handle, GTK_EVENT_CONTROLLER (source));
    }
  return GTK_WIDGET (self);
}

/**
 * side_script_row_get_id:
 * @self: a row
 *
 * Returns: (transfer none): id of its criterion
 */
const char *
side_script_row_get_id (SideScriptRow *self)
{
  g_return_val_if_fail (SIDE_IS_SCRIPT_ROW (self), NULL);
  return self->id;
}

static void
show_details (SideScriptRow *self)
{
  const SideCriterion *criterion = self->script != NULL ? side_script_find_criterion (self->script, self->id) : NULL;

  if (self->details == NULL || criterion == NULL)
    return;
  if (SIDE_IS_CRITERION_EDITOR (self->details))
    side_criterion_editor_show (SIDE_CRITERION_EDITOR (self->details), self->script, criterion);
  else
    side_criterion_facts_show (self->details, self->script, criterion);
}

/* What is read out of a row that has the focus. */
static void
name_row (SideScriptRow *self,
          const char    *number)
{
  const char *more[] = {
    gtk_label_get_label (GTK_LABEL (self->answers)),
    gtk_widget_get_visible (self->points) ? gtk_label_get_label (GTK_LABEL (self->points)) : NULL,
    gtk_widget_get_visible (self->critical) ? gtk_widget_get_tooltip_text (self->critical) : NULL,
    gtk_widget_get_visible (self->condition) ? gtk_label_get_label (GTK_LABEL (self->condition)) : NULL,
    gtk_widget_get_visible (self->hint) ? gtk_label_get_label (GTK_LABEL (self->hint)) : NULL,
  };
  g_autoptr (GString) about = g_string_new (NULL);
  g_autofree char *name = g_strdup_printf ("%s %s", number, gtk_label_get_label (GTK_LABEL (self->text)));
  g_autofree char *read_out = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (more); i++)
    if (more[i] != NULL)
      g_string_append_printf (about, "%s%s", about->len > 0 ? " · " : "", more[i]);
  read_out = g_strdup_printf ("%s\n%s", name, about->str);
  if (g_strcmp0 (read_out, self->read_out) == 0)
    return;   /* each telling goes over the bus */
  g_free (self->read_out);
  self->read_out = g_steal_pointer (&read_out);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, about->str, -1);
}

/* With every key typed all rows are shown, and each new tooltip is told to screen readers. */
static void
set_tooltip (GtkWidget  *widget,
             const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}

/**
 * side_script_row_show:
 * @self: a row
 * @script: the script
 * @criterion: its criterion in it
 */
void
side_script_row_show (SideScriptRow       *self,
                      const SideScript    *script,
                      const SideCriterion *criterion)
{
  gboolean nameless = criterion->text == NULL || *criterion->text == '\0';
  g_autofree char *answers = side_script_label_answers (criterion);
  g_autofree char *points = side_script_label_points (criterion);
  g_autofree char *condition = side_script_label_condition (script, criterion);
  g_autofree char *number = side_script_number_criterion (script, criterion->id);
  g_autofree char *hint = NULL;

  g_return_if_fail (SIDE_IS_SCRIPT_ROW (self));

  side_script_ref ((SideScript *) script);
  g_clear_pointer (&self->script, side_script_unref);
  self->script = (SideScript *) script;
  if (criterion->hint != NULL && *criterion->hint != '\0')
    /* Translators: under a criterion: what the reviewer has to listen for */
    hint = g_strdup_printf (_("listen for: %s"), criterion->hint);
  gtk_label_set_label (GTK_LABEL (self->number), number);
  side_label_say (self->text, nameless ? _("No wording yet") : criterion->text);
  if (nameless)
    gtk_widget_add_css_class (self->text, "dim-label");
  else
    gtk_widget_remove_css_class (self->text, "dim-label");
  side_label_say (self->hint, hint);
  side_label_say (self->condition, condition);
  gtk_label_set_label (GTK_LABEL (self->answers), answers);
  side_label_say (self->points, points);
  set_tooltip (self->points, criterion->bonus ? _("Bonus points") : _("Points"));
  gtk_widget_set_visible (self->critical, criterion->critical != SIDE_CRITICAL_NO);
  gtk_label_set_label (GTK_LABEL (self->critical), side_script_label_critical_short (criterion->critical));
  set_tooltip (self->critical, side_script_label_critical (criterion->critical));
  name_row (self, number);
  show_details (self);
}

static gboolean
has_lines (const SideScriptUse *use)
{
  for (guint i = 0; use != NULL && i < use->criteria->len; i++)
    if (((SideCriterionUse *) g_ptr_array_index (use->criteria, i))->n >= MIN_RESULTS)
      return TRUE;
  return FALSE;
}

static void
ensure_line (SideScriptRow *self,
             gboolean       wanted)
{
  GtkWidget *heading = gtk_widget_get_first_child (self->box);

  if (wanted == (self->line != NULL))
    return;
  if (!wanted)
    {
      gtk_box_remove (GTK_BOX (heading), self->line);
      self->line = NULL;
      return;
    }
  self->line = side_sparkline_new ();
  gtk_widget_set_size_request (self->line, 96, 24);
  gtk_widget_set_valign (self->line, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (heading), self->line);
}

/**
 * side_script_row_set_use:
 * @self: a row
 * @use: (nullable): what reviews found; of too few the line stays empty, and
 *   there is no room for it where all are too few
 */
void
side_script_row_set_use (SideScriptRow       *self,
                         const SideScriptUse *use)
{
  const SideCriterionUse *mine = use != NULL ? side_script_use_find (use, self->id) : NULL;
  g_autofree char *words = NULL;
  g_autofree char *told = NULL;
  const char *style;

  g_return_if_fail (SIDE_IS_SCRIPT_ROW (self));

  ensure_line (self, has_lines (use));
  if (self->line == NULL)
    return;
  if (mine == NULL || mine->n < MIN_RESULTS)
    {
      side_sparkline_set_values (SIDE_SPARKLINE (self->line), NULL, 0);
      gtk_widget_set_tooltip_text (self->line, NULL);
      return;
    }
  style = mine->mean >= GOOD ? "good" : mine->mean >= FAIR ? "near" : "bad";
  gtk_widget_set_css_classes (self->line, (const char *[]) { "script-line", style, NULL });
  side_sparkline_set_values (SIDE_SPARKLINE (self->line), mine->values, mine->n_values);
  words = g_strdup_printf (ngettext ("%.0f %% of the full mark in %u answer, the newest at the right",
                                     "%.0f %% of the full mark in %u answers, the newest at the right", mine->n),
                           mine->mean * 100, mine->n);
  told = g_strdup_printf ("%s: %s", use->random ? _("Random reviews") : _("Chosen reviews"), words);
  gtk_widget_set_tooltip_text (self->line, told);
}

/**
 * side_script_row_set_open:
 * @self: a row
 * @open: whether its details are unfolded
 */
void
side_script_row_set_open (SideScriptRow *self,
                          gboolean       open)
{
  g_return_if_fail (SIDE_IS_SCRIPT_ROW (self));

  if (self->open == !!open)
    return;
  self->open = !!open;
  if (!open)
    {
      side_popovers_close (self->details);
      gtk_box_remove (GTK_BOX (self->box), self->details);
      self->details = NULL;
    }
  else
    {
      self->details = self->keeper != NULL ? side_criterion_editor_new (self->keeper, self->id) : side_criterion_facts_new ();
      gtk_box_append (GTK_BOX (self->box), self->details);
      show_details (self);
    }
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, self->open, -1);
  if (open)
    g_signal_emit (self, opened_signal, 0);
}

/**
 * side_script_row_is_open:
 * @self: a row
 *
 * Returns: whether its details are unfolded
 */
gboolean
side_script_row_is_open (SideScriptRow *self)
{
  g_return_val_if_fail (SIDE_IS_SCRIPT_ROW (self), FALSE);
  return self->open;
}

/**
 * side_script_row_edit:
 * @self: a row of a draft
 *
 * Unfolds it, with the cursor in its wording.
 */
void
side_script_row_edit (SideScriptRow *self)
{
  g_return_if_fail (SIDE_IS_SCRIPT_ROW (self));

  side_script_row_set_open (self, TRUE);
  if (SIDE_IS_CRITERION_EDITOR (self->details))
    side_criterion_editor_focus (SIDE_CRITERION_EDITOR (self->details));
}
