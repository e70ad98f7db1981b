/* side-window-work.c - what this person is to review, wherever in the window they are
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The number beside "Reviews", the way from one call to the next, and the word
 * that one is finished.
 */
#include <glib/gi18n.h>

#include "side-calibrations.h"
#include "side-plans.h"
#include "side-toast.h"
#include "side-window-private.h"

#define OPENED "side-opened-review"

/* What plans and blind calibrations ask of this person. */
static void
work_changed_cb (SideWindow        *self,
                 SideDocumentShelf *shelf)
{
  SidePlans *plans;
  guint open = 0;
  g_autofree char *meaning = NULL;

  if (self->desk == NULL || side_document_shelf_get_desk (shelf) != self->desk)
    return;
  plans = side_plans_get (self->desk);
  if (side_document_shelf_may_write (SIDE_DOCUMENT_SHELF (plans)))
    open = side_plans_count_open (plans) + side_calibrations_count_open (side_calibrations_get (self->desk), NULL);
  meaning = g_strdup_printf (ngettext ("%u review to make", "%u reviews to make", open), open);
  side_sidebar_set_badge (self->sidebar, "reviews", open, FALSE, meaning);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.next-review", open > 0);
}

static void
work_finished_cb (SideWindow *self,
                  guint       left,
                  SidePlans  *plans)
{
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (self->desk == NULL || side_plans_get (self->desk) != plans)
    return;
  left += side_calibrations_count_open (side_calibrations_get (self->desk), NULL);
  text = left > 0 ? g_strdup_printf (ngettext ("Finished. %u review is left.", "Finished. %u reviews are left.", left), left)
                  : g_strdup (_("Finished. That was the last one."));
  toast = side_toast_new (text);
  if (left > 0)
    {
      adw_toast_set_button_label (toast, _("_Next Call"));
      adw_toast_set_action_name (toast, "win.next-review");
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static char *
find_next (SideWindow *self,
           const char *not_call)
{
  char *call = side_plans_find_next (side_plans_get (self->desk), not_call);

  return call != NULL ? call : side_calibrations_find_next (side_calibrations_get (self->desk), NULL, not_call);
}

/* Whoever asks again without finishing is led past the call that is open. */
static void
next_review_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  SideWindow *self = SIDE_WINDOW (widget);
  const char *opened = g_object_get_data (G_OBJECT (self), OPENED);
  g_autofree char *call = self->desk != NULL ? find_next (self, opened) : NULL;

  if (call == NULL && self->desk != NULL)
    call = find_next (self, NULL);
  if (call == NULL)
    return;
  g_object_set_data_full (G_OBJECT (self), OPENED, g_strdup (call), g_free);
  gtk_widget_activate_action (widget, "win.show-call", "s", call);
}

/* side_window_class_add_work: the action that leads to the next call */
void
side_window_class_add_work (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.next-review", NULL, next_review_action);
}

/* side_window_follow_work: of the desk that is shown now */
void
side_window_follow_work (SideWindow *self)
{
  SidePlans *plans = side_plans_get (self->desk);

  g_signal_connect_object (plans, "changed", G_CALLBACK (work_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (side_calibrations_get (self->desk), "changed", G_CALLBACK (work_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (plans, "finished", G_CALLBACK (work_finished_cb), self, G_CONNECT_SWAPPED);
  work_changed_cb (self, SIDE_DOCUMENT_SHELF (plans));
}
