/* side-segment-editor.c - what a test call was made of, told and corrected
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A strip along the recording, the stretch that is selected in it, and all of
 * them as a list. Every change is a step of the keeper, so that it can be taken
 * back; what follows from it is reckoned by whoever looks at the call.
 */
#include "side-segment-editor.h"

#include <glib/gi18n.h>

#include "side-draft-fields.h"
#include "side-test-call-words.h"
#include "side-test-result-words.h"
#include "side-test-segments.h"
#include "side-text.h"
#include "side-wrapping.h"

struct _SideSegmentEditor
{
  GtkBox            parent_instance;
  SideSegmentStrip *strip;
  GtkWidget        *outside;     /* GtkLabel: what was before the recording began */
  GtkWidget        *panel;
  GtkWidget        *kind;        /* GtkDropDown */
  GtkWidget        *from;        /* GtkEntry */
  GtkWidget        *to;
  GtkWidget        *label;
  GtkWidget        *told;        /* GtkLabel */
  GtkListBox       *list;
  SideDraftKeeper  *keeper;      /* (nullable) */
  gboolean          editable;
  gboolean          showing;     /* what is shown is no change */
  gint64            view_from_ms;
  gint64            position_ms; /* below 0: nothing is heard */
  char             *drawn;       /* (nullable): what the list says */
};

G_DEFINE_FINAL_TYPE (SideSegmentEditor, side_segment_editor, GTK_TYPE_BOX)

static guint seek_signal;

static const SideTestCall *
call_of (SideSegmentEditor *self)
{
  return self->keeper != NULL ? side_draft_keeper_get (self->keeper) : NULL;
}

static int
selected (SideSegmentEditor *self)
{
  return side_segment_strip_get_selected (self->strip);
}

static const SideTestSegment *
segment_of (SideSegmentEditor *self)
{
  const SideTestCall *call = call_of (self);
  int index = selected (self);

  return call != NULL && index >= 0 && (guint) index < call->segments->len ? call->segments->pdata[index] : NULL;
}

/* ---- changes ---- */

static SideTestCall *
begin (SideSegmentEditor *self)
{
  return self->keeper != NULL && self->editable && !self->showing ? side_draft_keeper_begin (self->keeper) : NULL;
}

static void
end (SideSegmentEditor *self,
     SideTestCall      *draft,
     gboolean           changed,
     const char        *words,
     const char        *field)
{
  if (changed)
    side_draft_keeper_put (self->keeper, draft, words, field);
  else
    side_test_call_unref (draft);
}

static void
kind_cb (SideSegmentEditor *self)
{
  SideTestCall *draft = begin (self);

  if (draft != NULL)
    end (self, draft, side_test_call_set_kind (draft, (guint) selected (self), (SideSegmentKind) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kind))),
         _("kind of a part"), NULL);
}

static void
label_cb (SideSegmentEditor *self)
{
  SideTestCall *draft = begin (self);
  g_autofree char *field = g_strdup_printf ("label %d", selected (self));

  if (draft != NULL)
    end (self, draft, side_test_call_set_label (draft, (guint) selected (self), gtk_editable_get_text (GTK_EDITABLE (self->label))),
         _("words on a part"), field);
}

static void
move_edges (SideSegmentEditor *self,
            guint              index,
            gint64             from_ms,
            gint64             to_ms,
            const char        *field)
{
  SideTestCall *draft = begin (self);

  if (draft != NULL)
    end (self, draft, side_test_call_set_edges (draft, index, from_ms, to_ms), _("times of a part"), field);
}

static void
moved_cb (SideSegmentEditor *self,
          guint              index,
          gint64             from_ms,
          gint64             to_ms)
{
  g_autofree char *field = g_strdup_printf ("edges %u", index);

  move_edges (self, index, from_ms, to_ms, field);
}

static void show_panel (SideSegmentEditor *self);

/* What is no time, or was not changed, is shown again as it is. */
static void
time_cb (SideSegmentEditor *self,
         GtkWidget         *entry)
{
  const SideTestSegment *segment = segment_of (self);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  gboolean is_from = entry == self->from;
  g_autofree char *shown = NULL;
  gint64 at_ms;

  if (segment == NULL || self->showing)
    return;
  shown = side_text_duration_tenths (is_from ? segment->from_ms : segment->to_ms);
  if (!g_str_equal (text, shown) && side_text_parse_duration (text, &at_ms))
    move_edges (self, (guint) selected (self), is_from ? at_ms : segment->from_ms, is_from ? segment->to_ms : at_ms, NULL);
  show_panel (self);
}

/* Where it is heard, or else in its middle. */
static void
split_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  SideSegmentEditor *self = SIDE_SEGMENT_EDITOR (widget);
  const SideTestSegment *segment = segment_of (self);
  SideTestCall *draft = segment != NULL ? begin (self) : NULL;
  gint64 at_ms;

  if (draft == NULL)
    return;
  at_ms = self->position_ms > segment->from_ms && self->position_ms < segment->to_ms ? self->position_ms
                                                                                     : (segment->from_ms + segment->to_ms) / 2;
  end (self, draft, side_test_call_split (draft, (guint) selected (self), at_ms), _("a part in two"), NULL);
}

/* A guess that a person agrees with is certain. */
static void
confirm_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  SideSegmentEditor *self = SIDE_SEGMENT_EDITOR (widget);
  const SideTestSegment *segment = segment_of (self);
  SideTestCall *draft = segment != NULL ? begin (self) : NULL;

  if (draft != NULL)
    end (self, draft, side_test_call_set_kind (draft, (guint) selected (self), segment->kind), _("a part confirmed"), NULL);
}

static void
merge_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  SideSegmentEditor *self = SIDE_SEGMENT_EDITOR (widget);
  SideTestCall *draft = segment_of (self) != NULL ? begin (self) : NULL;

  if (draft != NULL)
    end (self, draft, side_test_call_merge (draft, (guint) selected (self)), _("two parts in one"), NULL);
}

/* ---- what is shown ---- */

static void
show_panel (SideSegmentEditor *self)
{
  const SideTestSegment *segment = segment_of (self);
  const SideTestCall *call = call_of (self);
  g_autofree char *from = segment != NULL ? side_text_duration_tenths (segment->from_ms) : NULL;
  g_autofree char *to = segment != NULL ? side_text_duration_tenths (segment->to_ms) : NULL;
  g_autofree char *certain = segment != NULL ? side_test_result_words_certain (segment) : NULL;
  g_autofree char *told = segment != NULL ? side_test_result_words_told (segment) : NULL;

  gtk_widget_set_visible (self->panel, segment != NULL && self->editable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "segment.split", segment != NULL && self->editable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "segment.confirm",
                                 segment != NULL && self->editable && !segment->by_hand && segment->certainty < 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "segment.merge",
                                 segment != NULL && self->editable && (guint) selected (self) + 1 < call->segments->len);
  if (segment == NULL)
    return;
  self->showing = TRUE;
  if (gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kind)) != (guint) segment->kind)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->kind), (guint) segment->kind);
  side_draft_entry_show (self->from, from);
  side_draft_entry_show (self->to, to);
  side_draft_entry_show (self->label, segment->label);
  gtk_label_set_label (GTK_LABEL (self->told), told != NULL ? told : certain);
  self->showing = FALSE;
}

static GtkWidget *
new_label (const char *words,
           const char *css_class,
           int         chars)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), chars > 0 ? 1 : 0);
  if (chars > 0)
    gtk_label_set_width_chars (GTK_LABEL (label), chars);
  else
    side_label_wrap (GTK_LABEL (label));
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
draw_dot (GtkDrawingArea *area,
          cairo_t        *cr,
          int             width,
          int             height,
          gpointer        data)
{
  GdkRGBA colour;

  side_segment_strip_colour ((SideSegmentKind) GPOINTER_TO_INT (data), &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
}

static GtkWidget *
new_row (const SideTestSegment *segment)
{
  GtkWidget *row = gtk_list_box_row_new (), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *dot = gtk_drawing_area_new ();
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *what = side_test_result_words_segment (segment);
  g_autofree char *at = side_text_duration_tenths (segment->from_ms);
  g_autofree char *length = side_text_duration_tenths (segment->to_ms - segment->from_ms);
  g_autofree char *certain = side_test_result_words_certain (segment);
  g_autofree char *told = side_test_result_words_told (segment);
  g_autofree char *name = g_strdup_printf ("%s, %s, %s, %s", at, what, length, certain);

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (dot), 10);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (dot), 10);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (dot), draw_dot, GINT_TO_POINTER ((int) segment->kind), NULL);
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), new_label (what, NULL, 0));
  if (told != NULL)
    gtk_box_append (GTK_BOX (words), new_label (told, "script-hint", 0));
  gtk_box_append (GTK_BOX (line), new_label (at, "numeric", 7));
  gtk_box_append (GTK_BOX (line), dot);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), new_label (length, "numeric", 7));
  gtk_box_append (GTK_BOX (line), new_label (certain, "dim-label", 13));
  gtk_widget_add_css_class (line, "segment-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static void
show_selected_row (SideSegmentEditor *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, selected (self));

  if (row != gtk_list_box_get_selected_row (self->list))
    gtk_list_box_select_row (self->list, row);
}

static void
show_list (SideSegmentEditor  *self,
           const SideTestCall *call)
{
  g_autoptr (GString) now = g_string_new (NULL);
  GtkListBoxRow *row;

  for (guint i = 0; i < call->segments->len; i++)
    {
      const SideTestSegment *segment = call->segments->pdata[i];

      g_string_append_printf (now, "%d %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %.3f %d %.3f\n", segment->kind,
                              segment->label != NULL ? segment->label : "", segment->from_ms, segment->to_ms, segment->certainty,
                              segment->by_hand, segment->told_certainty);
    }
  if (g_strcmp0 (now->str, self->drawn) == 0)
    return;
  g_free (self->drawn);
  self->drawn = g_strdup (now->str);
  self->showing = TRUE;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < call->segments->len; i++)
    gtk_list_box_append (self->list, new_row (call->segments->pdata[i]));
  self->showing = FALSE;
}

/* What was on the line before anything was recorded is outside the strip. */
static void
show_outside (SideSegmentEditor *self)
{
  const SideTestCall *call = call_of (self);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; call != NULL && i < call->segments->len; i++)
    {
      const SideTestSegment *segment = call->segments->pdata[i];
      g_autofree char *length = side_text_duration_tenths (segment->to_ms - segment->from_ms);

      if (segment->to_ms <= call->recorded_ms - call->dialled_ms && call->recorded_ms != 0)
        g_string_append_printf (words, "%s%s %s", words->len > 0 ? " · " : "", side_test_call_words_segment (segment->kind), length);
    }
  if (words->len > 0 && self->view_from_ms > 0)
    {
      g_autofree char *line = g_strdup_printf (_("Before the recording began: %s"), words->str);

      gtk_label_set_label (GTK_LABEL (self->outside), line);
    }
  gtk_widget_set_visible (self->outside, words->len > 0 && self->view_from_ms > 0);
}

static void
refresh (SideSegmentEditor *self)
{
  const SideTestCall *call = call_of (self);

  side_segment_strip_set_call (self->strip, call, self->editable);
  if (call == NULL)
    return;
  show_list (self, call);
  show_outside (self);
  self->showing = TRUE;
  show_selected_row (self);
  self->showing = FALSE;
  show_panel (self);
}

static void
strip_selected_cb (SideSegmentEditor *self)
{
  gboolean was = self->showing;

  self->showing = TRUE;
  show_selected_row (self);
  self->showing = was;
  show_panel (self);
}

static void
seek_cb (SideSegmentEditor *self,
         gint64             at_ms)
{
  g_signal_emit (self, seek_signal, 0, at_ms);
}

static void
row_selected_cb (SideSegmentEditor *self,
                 GtkListBoxRow     *row)
{
  if (row != NULL && !self->showing)
    side_segment_strip_select (self->strip, gtk_list_box_row_get_index (row));
}

static void
row_activated_cb (SideSegmentEditor *self,
                  GtkListBoxRow     *row)
{
  const SideTestCall *call = call_of (self);
  guint index = (guint) gtk_list_box_row_get_index (row);

  if (call != NULL && index < call->segments->len)
    seek_cb (self, ((const SideTestSegment *) call->segments->pdata[index])->from_ms);
}

/* ---- the widget ---- */

static void
leave_keeper (SideSegmentEditor *self)
{
  if (self->keeper != NULL)
    g_signal_handlers_disconnect_by_data (self->keeper, self);
  g_clear_object (&self->keeper);
}

static void
side_segment_editor_dispose (GObject *object)
{
  leave_keeper (SIDE_SEGMENT_EDITOR (object));
  G_OBJECT_CLASS (side_segment_editor_parent_class)->dispose (object);
}

static void
side_segment_editor_finalize (GObject *object)
{
  g_free (SIDE_SEGMENT_EDITOR (object)->drawn);
  G_OBJECT_CLASS (side_segment_editor_parent_class)->finalize (object);
}

static void
side_segment_editor_class_init (SideSegmentEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_segment_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_segment_editor_finalize;
  gtk_widget_class_install_action (widget_class, "segment.confirm", NULL, confirm_action);
  gtk_widget_class_install_action (widget_class, "segment.split", NULL, split_action);
  gtk_widget_class_install_action (widget_class, "segment.merge", NULL, merge_action);
  seek_signal = g_signal_new ("seek", SIDE_TYPE_SEGMENT_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static GtkWidget *
new_entry (SideSegmentEditor *self,
           const char        *name,
           int                chars,
           GCallback          callback,
           const char        *signal)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_enable_undo (GTK_EDITABLE (entry), FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), chars);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), chars);
  gtk_widget_set_tooltip_text (entry, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (entry, signal, callback, self, G_CONNECT_SWAPPED);
  return entry;
}

/* A time is taken when its entry is left, too. */
static void
left_cb (SideSegmentEditor       *self,
         GtkEventControllerFocus *focus)
{
  time_cb (self, gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (focus)));
}

static GtkWidget *
new_time (SideSegmentEditor *self,
          const char        *name)
{
  GtkWidget *entry = new_entry (self, name, 8, G_CALLBACK (time_cb), "activate");
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_add_css_class (entry, "numeric");
  g_signal_connect_object (focus, "leave", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (entry, focus);
  return entry;
}

static GtkWidget *
new_button (const char *words,
            const char *tooltip,
            const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (words);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
new_panel (SideSegmentEditor *self)
{
  const char *kinds[SIDE_N_SEGMENT_KINDS + 1] = { NULL };
  GtkWidget *fields = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *deeds = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (int i = 0; i < SIDE_N_SEGMENT_KINDS; i++)
    kinds[i] = side_test_call_words_segment ((SideSegmentKind) i);
  self->panel = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->showing = TRUE;
  self->kind = side_draft_choice_new (_("What it was"));
  side_draft_choice_show (self->kind, kinds, 0);
  self->showing = FALSE;
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (kind_cb), self, G_CONNECT_SWAPPED);
  self->from = new_time (self, _("Begins at"));
  self->to = new_time (self, _("Ends at"));
  self->label = new_entry (self, _("Which one: the menu's name, the tone, who answered"), 12, G_CALLBACK (label_cb), "changed");
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->label), _("Which one"));
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->label), 40);
  gtk_widget_set_hexpand (self->label, TRUE);
  self->told = new_label (NULL, "script-hint", 0);
  gtk_widget_set_hexpand (self->told, TRUE);
  gtk_box_append (GTK_BOX (fields), self->kind);
  gtk_box_append (GTK_BOX (fields), self->from);
  gtk_box_append (GTK_BOX (fields), gtk_label_new ("–"));
  gtk_box_append (GTK_BOX (fields), self->to);
  gtk_box_append (GTK_BOX (fields), self->label);
  gtk_box_append (GTK_BOX (deeds), self->told);
  gtk_box_append (GTK_BOX (deeds), new_button (_("Confirm"), _("It is what the program told"), "segment.confirm"));
  gtk_box_append (GTK_BOX (deeds), new_button (_("Split"), _("In two, where the recording stands"), "segment.split"));
  gtk_box_append (GTK_BOX (deeds), new_button (_("Merge"), _("With the part behind it"), "segment.merge"));
  gtk_box_append (GTK_BOX (self->panel), fields);
  gtk_box_append (GTK_BOX (self->panel), deeds);
  return self->panel;
}

static void
side_segment_editor_init (SideSegmentEditor *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  self->position_ms = -1;
  self->strip = SIDE_SEGMENT_STRIP (side_segment_strip_new ());
  g_signal_connect_object (self->strip, "selected", G_CALLBACK (strip_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->strip, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->strip, "seek", G_CALLBACK (seek_cb), self, G_CONNECT_SWAPPED);
  self->outside = new_label (NULL, "script-hint", 0);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "test-calls");
  gtk_list_box_set_activate_on_single_click (self->list, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Timeline"), -1);
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (row_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->strip));
  gtk_box_append (GTK_BOX (self), self->outside);
  gtk_box_append (GTK_BOX (self), new_panel (self));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->list));
}

/**
 * side_segment_editor_new:
 *
 * Returns: (transfer floating): an editor of no call
 */
GtkWidget *
side_segment_editor_new (void)
{
  return g_object_new (SIDE_TYPE_SEGMENT_EDITOR, NULL);
}

/**
 * side_segment_editor_open:
 * @self: an editor
 * @keeper: of a #SideTestCall
 * @editable: whether it may be corrected; else it is only shown
 */
void
side_segment_editor_open (SideSegmentEditor *self,
                          SideDraftKeeper   *keeper,
                          gboolean           editable)
{
  g_return_if_fail (SIDE_IS_SEGMENT_EDITOR (self) && SIDE_IS_DRAFT_KEEPER (keeper));

  leave_keeper (self);
  self->keeper = g_object_ref (keeper);
  self->editable = editable;
  g_signal_connect_object (keeper, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

/**
 * side_segment_editor_set_view:
 * @self: an editor
 * @from_ms: what is seen of the call begins here, from the moment it was dialled
 * @to_ms: and ends here
 */
void
side_segment_editor_set_view (SideSegmentEditor *self,
                              gint64             from_ms,
                              gint64             to_ms)
{
  g_return_if_fail (SIDE_IS_SEGMENT_EDITOR (self));

  self->view_from_ms = from_ms;
  side_segment_strip_set_view (self->strip, from_ms, to_ms);
  show_outside (self);
}

/**
 * side_segment_editor_set_position:
 * @self: an editor
 * @at_ms: what is heard, from the moment the call was dialled; below 0 for nothing
 */
void
side_segment_editor_set_position (SideSegmentEditor *self,
                                  gint64             at_ms)
{
  g_return_if_fail (SIDE_IS_SEGMENT_EDITOR (self));

  self->position_ms = at_ms;
  side_segment_strip_set_position (self->strip, at_ms);
}

/**
 * side_segment_editor_get_strip:
 * @self: an editor
 *
 * Returns: (transfer none): the strip along the recording
 */
SideSegmentStrip *
side_segment_editor_get_strip (SideSegmentEditor *self)
{
  g_return_val_if_fail (SIDE_IS_SEGMENT_EDITOR (self), NULL);
  return self->strip;
}
