/* side-test-result-window.c - what a test call found
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The recording with what was on the line below it, what took how long, how
 * good the line was, what was said. Whoever made the call corrects it here; all
 * that follows is reckoned anew at once, and can be taken back. The others read.
 */
#include "side-test-result-window.h"

#include <glib/gi18n.h>

#include "side-history-keys.h"
#include "side-prompt-dialog.h"
#include "side-scenario-words.h"
#include "side-span-keys.h"
#include "side-test-comparison.h"
#include "side-test-copy-dialog.h"
#include "side-test-files.h"
#include "side-test-form.h"
#include "side-test-happened.h"
#include "side-test-headline.h"
#include "side-test-keepers.h"
#include "side-test-result-cards.h"
#include "side-test-result-words.h"
#include "side-text.h"
#include "side-toast.h"
#include "side-wire.h"
#include "side-window-keys.h"

#define SKIP_MS 5000

struct _SideTestResultWindow
{
  AdwWindow          parent_instance;
  AdwWindowTitle    *title;
  AdwToastOverlay   *toasts;
  GtkStack          *stack;       /* "call", "removed" or "gone" */
  SideTestHeadline  *headline;
  SideTestSound     *sound;
  SideSegmentEditor *timeline;
  AdwBin            *limits;
  AdwBin            *line;
  SideTestForm      *form;
  SideTestHappened  *happened;
  SideTestComparisonView *comparison;
  SideScenarios     *shelf;
  SideDraftKeeper   *keeper;      /* (nullable): %NULL for a call that is gone */
  SideTestCall      *work;        /* (nullable): what widgets change in place, put into the keeper then */
  gboolean           putting;
  gboolean           editable;
};

G_DEFINE_FINAL_TYPE (SideTestResultWindow, side_test_result_window, ADW_TYPE_WINDOW)

static SideDesk *
desk_of (SideTestResultWindow *self)
{
  return self->shelf != NULL ? side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->shelf)) : NULL;
}

static const SideTestCall *
call_of (SideTestResultWindow *self)
{
  return side_draft_keeper_get (self->keeper);
}

static void
toast (SideTestResultWindow *self,
       const char           *words)
{
  adw_toast_overlay_add_toast (self->toasts, side_toast_new (words));
}

/* ---- what is shown ---- */

static void
show_title (SideTestResultWindow *self)
{
  const SideTestCall *call = call_of (self);
  g_autofree char *phone = side_text_phone (call->number, FALSE);
  g_autofree char *subtitle = call->vendor != NULL ? g_strdup_printf ("%s · %s", phone, call->vendor) : g_strdup (phone);

  adw_window_title_set_title (self->title, call->pinned != NULL ? side_scenario_words_title (call->pinned) : _("Test call"));
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_window_set_title (GTK_WINDOW (self), adw_window_title_get_title (self->title));
}

static void
show_history (SideTestResultWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "result.undo", self->editable && side_draft_keeper_can_undo (self->keeper));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "result.redo", self->editable && side_draft_keeper_can_redo (self->keeper));
}

static void
view_cb (SideTestResultWindow *self)
{
  gint64 from_ms, to_ms;

  side_test_sound_get_view (self->sound, &from_ms, &to_ms);
  side_segment_editor_set_view (self->timeline, from_ms, to_ms);
}

/* Some parts change the call they show: what they made of it is a step like any other. */
static void
put_work (SideTestResultWindow *self,
          const char           *words)
{
  if (self->keeper == NULL || !self->editable)
    return;
  self->putting = TRUE;
  side_draft_keeper_put (self->keeper, side_test_call_copy (self->work), words, NULL);
  self->putting = FALSE;
}

static void
answered_cb (SideTestResultWindow *self)
{
  put_work (self, _("answers on the form"));
}

static void
compared_cb (SideTestResultWindow *self)
{
  put_work (self, _("the call centre's own call"));
}

/* Only what is another call to them by now has to be shown anew. */
static void
show_work (SideTestResultWindow *self,
           const SideTestCall   *call)
{
  g_autofree char *before = side_wire_test_call_to_json (self->work);
  g_autofree char *now = side_wire_test_call_to_json (call);
  gboolean other = g_strcmp0 (self->work->call, call->call) != 0 || self->work->match != call->match
                   || side_test_call_first_of (self->work, SIDE_SEGMENT_PERSON) != side_test_call_first_of (call, SIDE_SEGMENT_PERSON)
                   || side_test_call_took (self->work, SIDE_LIMIT_TALK) != side_test_call_took (call, SIDE_LIMIT_TALK);

  /* Being saved makes no other call of it: what is half typed stays. */
  if (self->putting || g_str_equal (before, now))
    return;
  side_test_keepers_assign (self->work, call);
  side_test_form_update (self->form);
  if (other)
    side_test_comparison_show (self->comparison, self->shelf, self->work);
}

static void
refresh (SideTestResultWindow *self)
{
  const SideTestCall *call = call_of (self);

  if (desk_of (self) == NULL)
    return;
  show_work (self, call);
  show_title (self);
  show_history (self);
  side_test_headline_show (self->headline, desk_of (self), call, side_scenarios_score (self->shelf, call), self->editable);
  side_test_sound_show_notes (self->sound, call, self->editable);
  adw_bin_set_child (self->limits, side_test_result_limits_new (call));
  view_cb (self);
}

static void
position_cb (SideTestResultWindow *self)
{
  gint64 at_ms = side_test_sound_get_position (self->sound), offset_ms = side_test_sound_get_offset (self->sound);

  side_segment_editor_set_position (self->timeline, at_ms);
  side_test_happened_set_position (self->happened, at_ms);
  side_test_form_set_position (self->form, at_ms >= 0 ? MAX (at_ms - offset_ms, 0) : -1, offset_ms);
}

/* The form keeps times from the beginning of the recording, and tells them from dialling. */
static void
form_seek_cb (SideTestResultWindow *self,
              gint64                position_ms)
{
  side_test_sound_seek (self->sound, position_ms + side_test_sound_get_offset (self->sound));
}

static void
seek_cb (SideTestResultWindow *self,
         gint64                at_ms)
{
  side_test_sound_seek (self->sound, at_ms);
}

/* M asks for words, a tag says enough by itself. */
static void
marked_cb (SideTestResultWindow *self,
           const char           *tag,
           gint64                from_ms,
           gint64                to_ms)
{
  g_autofree char *words = NULL;

  if (tag == NULL)
    {
      side_test_happened_begin_note (self->happened, from_ms, to_ms);
      return;
    }
  if (!side_test_happened_mark (self->happened, tag, from_ms, to_ms))
    return;
  words = side_span_keys_words (side_tags_get (desk_of (self)), tag, from_ms, to_ms);
  toast (self, words);
}

/* The person may get, or lose, the right to write while it is open. */
static void
shelf_cb (SideTestResultWindow *self)
{
  if (desk_of (self) == NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  side_test_headline_show (self->headline, desk_of (self), call_of (self), side_scenarios_score (self->shelf, call_of (self)), self->editable);
}

/* ---- actions ---- */

static void
tell_step (SideTestResultWindow *self,
           const char           *done,
           char                 *what)
{
  g_autofree char *step = what;
  g_autofree char *words = step != NULL ? g_strdup_printf ("%s: %s", done, step) : NULL;

  if (words != NULL)
    toast (self, words);
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideTestResultWindow *self = SIDE_TEST_RESULT_WINDOW (widget);

  tell_step (self, _("Undone"), side_draft_keeper_undo (self->keeper));
}

static void
redo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideTestResultWindow *self = SIDE_TEST_RESULT_WINDOW (widget);

  tell_step (self, _("Done again"), side_draft_keeper_redo (self->keeper));
}

static void
play_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideTestResultWindow *self = SIDE_TEST_RESULT_WINDOW (widget);
  SidePlayer *player = side_test_sound_get_player (self->sound);

  if (side_player_get_state (player) == SIDE_PLAYER_PLAYING)
    side_player_pause (player);
  else if (side_test_sound_get_path (self->sound) != NULL)
    side_player_play (player);
}

static void
skip_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideTestResultWindow *self = SIDE_TEST_RESULT_WINDOW (widget);
  gint64 at_ms = side_test_sound_get_position (self->sound);

  if (at_ms >= 0)
    side_test_sound_seek (self->sound, at_ms + (g_str_has_suffix (name, "back") ? -SKIP_MS : SKIP_MS));
}

static void
note_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideTestResultWindow *self = SIDE_TEST_RESULT_WINDOW (widget);
  gint64 offset_ms = side_test_sound_get_offset (self->sound), from_ms, to_ms;

  if (side_test_sound_get_path (self->sound) != NULL
      && side_waveform_get_selection (side_test_sound_get_waveform (self->sound), &from_ms, &to_ms))
    side_test_happened_begin_note (self->happened, from_ms + offset_ms, to_ms + offset_ms);
  else
    side_test_happened_begin_note (self->happened, -1, -1);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideTestResultWindow *self = SIDE_TEST_RESULT_WINDOW (widget);
  g_autofree char *words = side_test_result_words_summary (call_of (self), side_desk_get_project (desk_of (self)),
                                                           side_scenarios_score (self->shelf, call_of (self)));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), words);
  toast (self, _("The summary is on the clipboard."));
}

static void
saved_cb (GtkWidget  *widget,
          const char *words)
{
  toast (SIDE_TEST_RESULT_WINDOW (widget), words);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SideTestResultWindow *self = SIDE_TEST_RESULT_WINDOW (widget);

  side_test_files_save (widget, call_of (self), side_test_sound_get_path (self->sound), saved_cb);
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SideTestResultWindow *self = SIDE_TEST_RESULT_WINDOW (widget);
  SideTestCopy what = { side_test_sound_get_path (self->sound), side_test_sound_get_offset (self->sound), side_test_sound_get_length (self->sound), 0, 0 };

  if (what.path == NULL || what.length_ms <= 0)
    {
      toast (self, side_test_sound_get_message (self->sound));
      return;
    }
  if (!side_waveform_get_selection (side_test_sound_get_waveform (self->sound), &what.from_ms, &what.to_ms))
    what.from_ms = what.to_ms = 0;
  gtk_window_present (side_test_copy_dialog_new (GTK_WINDOW (self), desk_of (self), call_of (self), &what));
}

static void
marks_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  SideTestResultWindow *self = SIDE_TEST_RESULT_WINDOW (widget);

  side_test_files_save_marks (widget, desk_of (self), call_of (self), side_test_sound_get_offset (self->sound),
                              side_test_sound_get_length (self->sound), saved_cb);
}

static void
prompt_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SideTestResultWindow *self = SIDE_TEST_RESULT_WINDOW (widget);
  int segment = side_segment_strip_get_selected (side_segment_editor_get_strip (self->timeline));

  side_player_pause (side_test_sound_get_player (self->sound));
  gtk_window_present (side_prompt_dialog_new (GTK_WINDOW (self), self->shelf, self->keeper, self->editable, segment));
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SideTestResultWindow *self = SIDE_TEST_RESULT_WINDOW (widget);

  side_player_pause (side_test_sound_get_player (self->sound));
  side_draft_keeper_set_removed (self->keeper, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "removed");
  gtk_widget_action_set_enabled (widget, "result.remove", FALSE);
}

static void
restore_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  SideTestResultWindow *self = SIDE_TEST_RESULT_WINDOW (widget);

  side_draft_keeper_set_removed (self->keeper, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "call");
  gtk_widget_action_set_enabled (widget, "result.remove", self->editable);
}

/* What was deleted is so for good when nobody can bring it back any more. */
static void
leave (SideTestResultWindow *self)
{
  if (self->keeper == NULL)
    return;
  side_test_form_flush (self->form);
  side_draft_keeper_flush (self->keeper);
  if (side_draft_keeper_is_removed (self->keeper) && side_test_sound_get_path (self->sound) != NULL)
    side_test_files_remove (side_test_sound_get_path (self->sound));
  g_signal_handlers_disconnect_by_data (self->keeper, self);
  g_clear_object (&self->keeper);
}

/* ---- the window ---- */

static void
side_test_result_window_dispose (GObject *object)
{
  SideTestResultWindow *self = SIDE_TEST_RESULT_WINDOW (object);

  if (self->sound != NULL)
    {
      leave (self);
      g_signal_handlers_disconnect_by_data (self->sound, self);   /* it stops, and tells of it */
    }
  self->sound = NULL;
  if (self->shelf != NULL)
    g_signal_handlers_disconnect_by_data (self->shelf, self);
  g_clear_object (&self->shelf);
  G_OBJECT_CLASS (side_test_result_window_parent_class)->dispose (object);
}

static void
side_test_result_window_finalize (GObject *object)
{
  g_clear_pointer (&SIDE_TEST_RESULT_WINDOW (object)->work, side_test_call_unref);
  G_OBJECT_CLASS (side_test_result_window_parent_class)->finalize (object);
}

static void
side_test_result_window_class_init (SideTestResultWindowClass *klass)
{
  static const struct { const char *name; GtkWidgetActionActivateFunc activate; } actions[] = {
    { "result.undo", undo_action }, { "result.redo", redo_action }, { "result.play", play_action }, { "result.back", skip_action },
    { "result.forward", skip_action }, { "result.note", note_action }, { "result.copy", copy_action }, { "result.save", save_action },
    { "result.export", export_action }, { "result.marks", marks_action }, { "result.prompt", prompt_action },
    { "result.remove", remove_action }, { "result.restore", restore_action },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_test_result_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_test_result_window_finalize;
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, GDK_CONTROL_MASK, "result.play", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_j, GDK_CONTROL_MASK, "result.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, "result.forward", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, GDK_CONTROL_MASK, "result.note", NULL);
  side_window_class_add_keys (widget_class);
}

static GtkWidget *
new_header (SideTestResultWindow *self)
{
  GtkWidget *header = adw_header_bar_new (), *menu_button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _("Announcement from an Earlier Call…"), "result.prompt");
  g_menu_append (menu, _("Copy a Summary"), "result.copy");
  g_menu_append (menu, _("Save a Copy of the Recording…"), "result.export");
  g_menu_append (menu, _("Export Marks…"), "result.marks");
  g_menu_append (menu, _("Save the Call to a File…"), "result.save");
  g_menu_append (menu, _("Delete"), "result.remove");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (menu_button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (menu_button), "view-more-symbolic");
  gtk_widget_set_tooltip_text (menu_button, _("More"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("More"), -1);
  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (self->title));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), menu_button);
  return header;
}

static GtkWidget *
new_recording (SideTestResultWindow *self)
{
  GtkWidget *card = side_test_result_card_new (_("Recording and timeline"));

  self->sound = SIDE_TEST_SOUND (side_test_sound_new ());
  self->timeline = SIDE_SEGMENT_EDITOR (side_segment_editor_new ());
  g_signal_connect_object (self->sound, "view-changed", G_CALLBACK (view_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sound, "position", G_CALLBACK (position_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sound, "note-activated", G_CALLBACK (side_test_happened_show_note), self->happened, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sound, "note-moved", G_CALLBACK (side_test_happened_move_note), self->happened, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sound, "marked", G_CALLBACK (marked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->timeline, "seek", G_CALLBACK (seek_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->sound));
  gtk_box_append (GTK_BOX (card), side_test_happened_get_line (self->happened));
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->timeline));
  gtk_box_append (GTK_BOX (card), side_test_sound_get_figures (self->sound));
  return card;
}

static GtkWidget *
new_figures (SideTestResultWindow *self)
{
  GtkWidget *row = gtk_grid_new ();
  GtkWidget *limits = side_test_result_card_new (_("Timings and limits")), *line = side_test_result_card_new (_("Quality of the line"));

  self->limits = ADW_BIN (adw_bin_new ());
  self->line = ADW_BIN (adw_bin_new ());
  gtk_box_append (GTK_BOX (limits), GTK_WIDGET (self->limits));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->line));
  gtk_widget_set_hexpand (limits, TRUE);
  gtk_widget_set_hexpand (line, TRUE);
  /* A box asks how wide its children are at its old height, which GTK 4.24 warns of where they need more now. */
  gtk_grid_set_column_homogeneous (GTK_GRID (row), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (row), 12);
  gtk_grid_attach (GTK_GRID (row), limits, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (row), line, 1, 0, 1, 1);
  return row;
}

static GtkWidget *
new_comparison (SideTestResultWindow *self)
{
  GtkWidget *card = side_test_result_card_new (_("The same call in the call centre"));

  self->comparison = SIDE_TEST_COMPARISON_VIEW (side_test_comparison_new ());
  g_signal_connect_object (self->comparison, "changed", G_CALLBACK (compared_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->comparison));
  return card;
}

static GtkWidget *
new_content (SideTestResultWindow *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *scrolled = gtk_scrolled_window_new ();
  GtkWidget *happened = side_test_result_card_new (_("Said, pressed and noted"));

  self->happened = SIDE_TEST_HAPPENED (side_test_happened_new ());
  g_signal_connect_object (self->happened, "seek", G_CALLBACK (seek_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (happened), GTK_WIDGET (self->happened));
  gtk_widget_add_css_class (content, "script-content");
  self->headline = SIDE_TEST_HEADLINE (side_test_headline_new ());
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->headline));
  gtk_box_append (GTK_BOX (content), new_recording (self));
  gtk_box_append (GTK_BOX (content), new_figures (self));
  gtk_box_append (GTK_BOX (content), new_comparison (self));
  gtk_box_append (GTK_BOX (content), happened);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), content);
  gtk_widget_set_hexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
new_form (SideTestResultWindow *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->form = SIDE_TEST_FORM (side_test_form_new ());
  g_signal_connect_object (self->form, "changed", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "seek-requested", G_CALLBACK (form_seek_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (GTK_WIDGET (self->form), "script-content");
  gtk_widget_add_css_class (scrolled, "call-form");
  gtk_widget_set_size_request (scrolled, 320, -1);
  gtk_widget_set_hexpand (scrolled, FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->form));
  return scrolled;
}

static GtkWidget *
new_panes (SideTestResultWindow *self)
{
  GtkWidget *panes = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_append (GTK_BOX (panes), new_content (self));
  gtk_box_append (GTK_BOX (panes), new_form (self));
  return panes;
}

static void
side_test_result_window_init (SideTestResultWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_window_set_default_size (GTK_WINDOW (self), 1180, 740);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), new_header (self));
  gtk_stack_add_named (self->stack, new_panes (self), "call");
  gtk_stack_add_named (self->stack, side_test_result_removed_new (), "removed");
  gtk_stack_add_named (self->stack, side_test_result_gone_new (), "gone");
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->stack));
  gtk_widget_set_vexpand (GTK_WIDGET (self->toasts), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->toasts));
  adw_window_set_content (ADW_WINDOW (self), box);
  side_history_keys_add (GTK_WIDGET (self), "result.undo", "result.redo");
}

static void
open_call (SideTestResultWindow *self)
{
  const SideTestCall *call = call_of (self);

  self->editable = side_test_keepers_may_edit (self->shelf, call) && call->ended_ms != 0;
  g_signal_connect_object (self->keeper, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shelf, "changed", G_CALLBACK (shelf_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "result.remove", self->editable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "result.note", self->editable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "result.prompt", call->ended_ms != 0);
  side_test_sound_open (self->sound, desk_of (self), call);
  side_segment_editor_open (self->timeline, self->keeper, self->editable);
  side_test_sound_add_keys (self->sound, GTK_WIDGET (self));
  side_test_happened_open (self->happened, self->keeper, side_tags_get (desk_of (self)), self->editable);
  g_signal_connect_object (side_tags_get (desk_of (self)), "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->line, side_test_result_line_new (call));
  self->work = side_test_call_copy (call);
  side_test_comparison_show (self->comparison, self->shelf, self->work);
  side_test_form_open (self->form, self->shelf, self->work, !self->editable);
  refresh (self);
  position_cb (self);
}

/**
 * side_test_result_window_new:
 * @parent: (nullable): the window it stands above
 * @shelf: whose desk is there; where the call is from
 * @id: of a test call
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
side_test_result_window_new (GtkWindow     *parent,
                             SideScenarios *shelf,
                             const char    *id)
{
  SideTestResultWindow *self = g_object_new (SIDE_TYPE_TEST_RESULT_WINDOW, "transient-for", parent, NULL);
  SideDraftKeeper *keeper = side_test_keepers_get (shelf, id);

  self->shelf = g_object_ref (shelf);
  if (keeper == NULL || side_draft_keeper_is_removed (keeper))
    {
      gtk_stack_set_visible_child_name (self->stack, "gone");
      return GTK_WINDOW (self);
    }
  self->keeper = g_object_ref (keeper);
  open_call (self);
  return GTK_WINDOW (self);
}

/**
 * side_test_result_window_get_timeline:
 * @self: a window
 *
 * Returns: (transfer none): what the call was made of
 */
SideSegmentEditor *
side_test_result_window_get_timeline (SideTestResultWindow *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_RESULT_WINDOW (self), NULL);
  return self->timeline;
}

/**
 * side_test_result_window_get_sound:
 * @self: a window
 *
 * Returns: (transfer none): the recording
 */
SideTestSound *
side_test_result_window_get_sound (SideTestResultWindow *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_RESULT_WINDOW (self), NULL);
  return self->sound;
}

/**
 * side_test_result_window_get_keeper:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): what the call is changed through; %NULL for one that is gone
 */
SideDraftKeeper *
side_test_result_window_get_keeper (SideTestResultWindow *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_RESULT_WINDOW (self), NULL);
  return self->keeper;
}
