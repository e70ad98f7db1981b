/* side-call-clips.c - what the selected piece of a recording can be kept for
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Offers it in the menu of the page and in one that opens on the recording,
 * asks where it is to go, and writes that as a step which can be taken back.
 */
#include "side-call-clips.h"

#include <glib/gi18n.h>

#include "side-clip-coaching.h"
#include "side-clip-example.h"
#include "side-format.h"
#include "side-toast.h"

struct _SideCallClips
{
  GObject           parent_instance;
  SideDesk         *desk;
  SideReviewKeeper *keeper;
  SideWaveform     *waveform;    /* weak, as the widgets are the page's */
  AdwToastOverlay  *toasts;      /* weak */
  GtkWidget        *page;        /* weak */
  GtkWidget        *popover;     /* of the recording; the page's child */
  SideCall         *call;        /* nullable */
  SideSteps        *steps;
  GSimpleAction    *example;
  GSimpleAction    *coach;
};

G_DEFINE_FINAL_TYPE (SideCallClips, side_call_clips, G_TYPE_OBJECT)

static void
take_popover (SideCallClips *self)
{
  g_clear_pointer (&self->popover, gtk_widget_unparent);
}

static void
side_call_clips_dispose (GObject *object)
{
  SideCallClips *self = SIDE_CALL_CLIPS (object);

  take_popover (self);
  g_clear_weak_pointer (&self->waveform);
  g_clear_weak_pointer (&self->toasts);
  g_clear_weak_pointer (&self->page);
  g_clear_pointer (&self->call, side_call_unref);
  g_clear_object (&self->steps);
  g_clear_object (&self->example);
  g_clear_object (&self->coach);
  g_clear_object (&self->keeper);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_call_clips_parent_class)->dispose (object);
}

static void
side_call_clips_class_init (SideCallClipsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_call_clips_dispose;
}

static gboolean
may_write (SideCallClips *self)
{
  SideSession *session = side_desk_get_session (self->desk);
  SideRole role = side_desk_get_role (self->desk);

  return session != NULL && side_session_can (session, "documents") && side_desk_get_store (self->desk) != NULL
         && (role == SIDE_ROLE_SUPERVISOR || role == SIDE_ROLE_TRAINER);
}

static void
update (SideCallClips *self)
{
  gboolean span = self->call != NULL && self->waveform != NULL && side_waveform_get_selection (self->waveform, NULL, NULL);

  g_simple_action_set_enabled (self->example, span);
  g_simple_action_set_enabled (self->coach, span && self->call->operator_id != NULL);
}

/* ---- writing ---- */

static void
failed_cb (SideCallClips *self,
           const GError  *error)
{
  g_autofree char *words = side_format_error (error);

  if (self->toasts != NULL)
    adw_toast_overlay_add_toast (self->toasts, side_toast_new (words));
}

static void
undo_cb (SideCallClips *self)
{
  g_autofree char *words = side_steps_undo (self->steps);

  if (words == NULL && self->page != NULL)
    gtk_widget_error_bell (self->page);
}

typedef struct {
  SideCallClips *self;
  char          *words;
} Writing;

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Writing *writing = data;
  g_autoptr (SideCallClips) self = writing->self;
  g_autofree char *words = writing->words;
  g_autoptr (GError) error = NULL;
  AdwToast *toast;

  g_free (writing);
  if (!side_steps_write_finish (SIDE_STEPS (source), result, &error))
    {
      if (!side_error_is_cancelled (error))
        failed_cb (self, error);
      return;
    }
  if (self->toasts == NULL)
    return;
  toast = side_toast_new (words);
  adw_toast_set_button_label (toast, _("Undo"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
chosen_cb (SideCallClips *self,
           GPtrArray     *changes,
           const char    *words)
{
  Writing *writing = g_new0 (Writing, 1);

  writing->self = g_object_ref (self);
  writing->words = g_strdup (words);
  side_steps_write_async (self->steps, words, changes, written_cb, writing);
}

/* ---- asking ---- */

/* What is being looked at in the form is what the piece is probably about. */
static void
activate_cb (GSimpleAction *action,
             GVariant      *parameter,
             SideCallClips *self)
{
  const SideScript *script = side_review_keeper_get_script (self->keeper);
  GtkRoot *root = self->page != NULL ? gtk_widget_get_root (self->page) : NULL;
  GtkWindow *parent = GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
  SideClipSource source = { self->call, 0, 0, NULL, NULL, SIDE_ANSWER_NONE };
  SideClipDialog *dialog;

  if (self->call == NULL || self->waveform == NULL
      || !side_waveform_get_selection (self->waveform, &source.from_ms, &source.to_ms))
    return;
  if (script != NULL)
    {
      source.script = script->id;
      source.criterion = side_waveform_get_selected_answer (self->waveform);
      if (source.criterion != NULL)
        source.value = side_review_keeper_get_answer (self->keeper, source.criterion);
    }
  dialog = action == self->example ? side_clip_example_new (parent, self->desk, &source)
                                   : side_clip_coaching_new (parent, self->desk, &source);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
popup (SideCallClips *self,
       double         x,
       double         y)
{
  graphene_point_t at;

  if (self->waveform == NULL || self->popover == NULL
      || !gtk_widget_compute_point (GTK_WIDGET (self->waveform), self->page, &GRAPHENE_POINT_INIT ((float) x, (float) y), &at))
    return;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &(GdkRectangle) { (int) at.x, (int) at.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
pressed_cb (SideCallClips *self,
            int            n_press,
            double         x,
            double         y)
{
  popup (self, x, y);
}

static gboolean
menu_key_cb (GtkWidget *waveform,
             GVariant  *args,
             gpointer   data)
{
  SideCallClips *self = data;

  popup (self, gtk_widget_get_width (waveform) / 2.0, gtk_widget_get_height (waveform) / 2.0);
  return TRUE;
}

static void
add_popover (SideCallClips *self,
             GMenuModel    *menu)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkShortcutTrigger *trigger = gtk_alternative_trigger_new (gtk_keyval_trigger_new (GDK_KEY_Menu, 0),
                                                             gtk_keyval_trigger_new (GDK_KEY_F10, GDK_SHIFT_MASK));

  self->popover = gtk_popover_menu_new_from_model (menu);
  gtk_widget_set_parent (self->popover, self->page);
  g_signal_connect_object (self->page, "destroy", G_CALLBACK (take_popover), self, G_CONNECT_SWAPPED);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->waveform), GTK_EVENT_CONTROLLER (click));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (trigger, gtk_callback_action_new (menu_key_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->waveform), keys);
}

static void
side_call_clips_init (SideCallClips *self)
{
  self->example = g_simple_action_new ("example", NULL);
  self->coach = g_simple_action_new ("coach", NULL);
  g_signal_connect_object (self->example, "activate", G_CALLBACK (activate_cb), self, 0);
  g_signal_connect_object (self->coach, "activate", G_CALLBACK (activate_cb), self, 0);
}

/**
 * side_call_clips_new:
 * @desk: where it is written
 * @keeper: whose script and answers are chosen at first
 * @waveform: where pieces are selected
 * @toasts: what is done is said there
 *
 * Returns: (transfer full): what keeps pieces
 */
SideCallClips *
side_call_clips_new (SideDesk         *desk,
                     SideReviewKeeper *keeper,
                     SideWaveform     *waveform,
                     AdwToastOverlay  *toasts)
{
  SideCallClips *self = g_object_new (SIDE_TYPE_CALL_CLIPS, NULL);

  self->desk = g_object_ref (desk);
  self->keeper = g_object_ref (keeper);
  self->steps = side_steps_new (desk);
  g_set_weak_pointer (&self->waveform, waveform);
  g_set_weak_pointer (&self->toasts, toasts);
  g_signal_connect_object (self->steps, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (waveform, "selection-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return self;
}

/**
 * side_call_clips_attach:
 * @self: what keeps pieces
 * @page: of the call
 * @menu: opens on the recording
 */
void
side_call_clips_attach (SideCallClips *self,
                        GtkWidget     *page,
                        GMenuModel    *menu)
{
  g_return_if_fail (SIDE_IS_CALL_CLIPS (self));
  g_return_if_fail (self->page == NULL);

  g_set_weak_pointer (&self->page, page);
  add_popover (self, menu);
}

/* Whoever may not write scripts sees nothing of it. */
static void
offer (SideCallClips *self)
{
  g_autoptr (GSimpleActionGroup) group = NULL;

  if (may_write (self))
    {
      group = g_simple_action_group_new ();
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (self->example));
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (self->coach));
    }
  gtk_widget_insert_action_group (self->page, "clip", G_ACTION_GROUP (group));
}

/**
 * side_call_clips_set_call:
 * @self: what keeps pieces
 * @call: (nullable): the call whose recording is shown
 */
void
side_call_clips_set_call (SideCallClips  *self,
                          const SideCall *call)
{
  g_return_if_fail (SIDE_IS_CALL_CLIPS (self));

  g_clear_pointer (&self->call, side_call_unref);
  self->call = call != NULL ? side_call_copy (call) : NULL;
  if (self->page != NULL)
    offer (self);
  update (self);
}
