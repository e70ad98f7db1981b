/* side-refused-group.c - one document that the server does not take
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Says what was written and why it is refused, and offers what can be done:
 * send it again once the reason is gone, keep its words elsewhere, or give it
 * up for what the server has.
 */
#include "side-refused-group.h"

#include <glib/gi18n.h>

#include "side-conflict-call.h"
#include "side-conflict-review.h"
#include "side-error.h"
#include "side-format.h"
#include "side-refused-words.h"
#include "side-wrap-layout.h"
#include "side-wire.h"

struct _SideRefusedGroup
{
  AdwPreferencesGroup parent_instance;
  SideDesk           *desk;
  SideOutboxItem     *item;
  GtkWidget          *apart;    /* (nullable): keeps it as a second review */
};

G_DEFINE_FINAL_TYPE (SideRefusedGroup, side_refused_group, ADW_TYPE_PREFERENCES_GROUP)

enum { SIGNAL_DECIDED, SIGNAL_TOAST, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
side_refused_group_dispose (GObject *object)
{
  SideRefusedGroup *self = SIDE_REFUSED_GROUP (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->item, side_outbox_item_free);
  G_OBJECT_CLASS (side_refused_group_parent_class)->dispose (object);
}

static void
side_refused_group_class_init (SideRefusedGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_refused_group_dispose;
  signals[SIGNAL_DECIDED] = g_signal_new ("decided", SIDE_TYPE_REFUSED_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_TOAST] = g_signal_new ("toast", SIDE_TYPE_REFUSED_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
side_refused_group_init (SideRefusedGroup *self)
{
}

/* What a person wrote, in words; %NULL where there are none, as for a deletion. */
static char *
words_of (const SideDocument *document)
{
  g_autoptr (SideAnnotation) note = NULL;
  g_autoptr (SideReview) review = NULL;
  g_autoptr (SideScript) script = NULL;
  g_autoptr (SideTag) tag = NULL;
  g_autoptr (SideExportRecord) record = NULL;
  g_autoptr (SidePlan) plan = NULL;
  g_autoptr (SideCalibration) calibration = NULL;
  g_autoptr (SideDispute) dispute = NULL;
  g_autofree char *answers = NULL;

  if (document->deleted || document->body == NULL)
    return NULL;
  if (g_str_equal (document->kind, "annotation"))
    note = side_wire_annotation_from_json (document->body, -1, NULL);
  else if (g_str_equal (document->kind, "review"))
    review = side_wire_review_from_json (document->body, -1, NULL);
  else if (g_str_equal (document->kind, "script"))
    script = side_wire_script_from_json (document->body, -1, NULL);
  else if (g_str_equal (document->kind, "tag"))
    tag = side_wire_tag_from_json (document->body, -1, NULL);
  else if (g_str_equal (document->kind, "export"))
    record = side_wire_export_from_json (document->body, -1, NULL);
  else if (g_str_equal (document->kind, "plan"))
    plan = side_wire_plan_from_json (document->body, -1, NULL);
  else if (g_str_equal (document->kind, "calibration"))
    calibration = side_wire_calibration_from_json (document->body, -1, NULL);
  else if (g_str_equal (document->kind, "dispute"))
    dispute = side_wire_dispute_from_json (document->body, -1, NULL);
  if (plan != NULL || calibration != NULL)
    return g_strdup (plan != NULL ? plan->title : calibration->title);
  if (dispute != NULL)
    return g_strdup (dispute->ruling != NULL ? dispute->ruling : dispute->reason);
  if (note != NULL)
    return g_strdup (note->text);
  if (script != NULL)
    return g_strdup (script->title);
  if (tag != NULL)
    return g_strdup (tag->label);
  if (record != NULL)
    return g_strdup (record->name);
  if (review == NULL)
    return NULL;
  answers = g_strdup_printf (ngettext ("%u answer", "%u answers", review->answers->len), review->answers->len);
  return review->comment != NULL && *review->comment != '\0' ? g_strdup_printf ("%s\n%s", answers, review->comment)
                                                             : g_steal_pointer (&answers);
}

static const char *
title_of_row (const SideDocument *document,
              const char         *words)
{
  if (document->deleted)
    return _("Deleted here");
  return words != NULL && *words != '\0' ? words : _("No text");
}

static void
tell (SideRefusedGroup *self,
      const GError     *error)
{
  g_autofree char *sentence = side_format_error (error);

  if (!side_error_is_cancelled (error))
    g_signal_emit (self, signals[SIGNAL_TOAST], 0, sentence);
  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
}

static void
decided_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SideRefusedGroup) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!side_store_decide_refused_finish (SIDE_STORE (source), result, &error))
    tell (self, error);
  else if (self->desk != NULL)
    {
      side_desk_sync_now (self->desk);
      g_signal_emit (self, signals[SIGNAL_DECIDED], 0);
    }
}

static void
decide (SideRefusedGroup *self,
        gboolean          again,
        SideDocument     *theirs)
{
  SideStore *store = side_desk_get_store (self->desk);

  if (store != NULL)
    side_store_decide_refused_async (store, self->item->document->kind, self->item->document->id, again, theirs, NULL,
                                     decided_cb, g_object_ref (self));
}

static void
again_cb (SideRefusedGroup *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  decide (self, TRUE, NULL);
}

static void
theirs_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SideRefusedGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideDocument) theirs = side_link_get_document_finish (SIDE_LINK (source), result, &error);

  if (self->desk == NULL)
    return;
  if (theirs != NULL || g_error_matches (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND)
      || g_error_matches (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN))
    decide (self, FALSE, theirs);
  else
    tell (self, error);
}

/* What the server has instead has to be asked for first: the feed is past it. */
static void
discard_cb (SideRefusedGroup *self)
{
  const SideDocument *document = self->item->document;
  SideLink *link = side_desk_get_link (self->desk);

  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  if (self->item->base_revision == 0 || link == NULL)
    decide (self, FALSE, NULL);
  else
    side_link_get_document_async (link, document->kind, document->id, NULL, theirs_cb, g_object_ref (self));
}

static void
apart_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SideRefusedGroup) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!side_desk_put_document_finish (SIDE_DESK (source), result, &error))
    tell (self, error);
  else if (self->desk != NULL)
    {
      /* Once, also where the rest has to wait for the network. */
      gtk_widget_set_visible (self->apart, FALSE);
      discard_cb (self);
    }
}

/* It is safe as a review of its own before it goes as a version of this one. */
static void
set_apart_cb (SideRefusedGroup *self)
{
  g_autoptr (SideDocument) apart = side_conflict_review_set_apart (self->desk, self->item->document, NULL);

  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  side_desk_put_document_async (self->desk, apart, NULL, NULL, apart_cb, g_object_ref (self));
}

/* A revision of what somebody else finished: such a one only carries a ruling out. */
static gboolean
is_lost_ruling (SideRefusedGroup *self)
{
  const SideDocument *document = self->item->document;
  g_autoptr (SideReview) review = !document->deleted && document->body != NULL && g_str_equal (document->kind, "review")
                                    ? side_wire_review_from_json (document->body, -1, NULL) : NULL;
  const SideReviewRevision *before = review != NULL && review->history->len > 0 ? g_ptr_array_index (review->history, review->history->len - 1) : NULL;

  return before != NULL && review->finished_ms != 0 && g_strcmp0 (before->reviewer, review->reviewer) != 0;
}

/* What the server has of it is somebody else's, or sealed. */
static gboolean
can_set_apart (SideRefusedGroup *self)
{
  g_autoptr (SideDocument) apart =
      self->item->base_revision > 0 && !is_lost_ruling (self) ? side_conflict_review_set_apart (self->desk, self->item->document, NULL) : NULL;

  return apart != NULL;
}

static void
copy_cb (SideRefusedGroup *self)
{
  g_autofree char *words = words_of (self->item->document);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), words != NULL ? words : "");
  g_signal_emit (self, signals[SIGNAL_TOAST], 0, _("Text copied"));
}

static GtkWidget *
add_button (SideRefusedGroup *self,
            GtkWidget        *box,
            const char       *label,
            const char       *css_class,
            GCallback         callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  if (css_class != NULL)
    gtk_widget_add_css_class (button, css_class);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

/* As the server has it, but where it cannot know what this was. */
static char *
tell_why (SideRefusedGroup *self)
{
  if (is_lost_ruling (self))
    return g_strdup (_("It carries out a ruling of yours on a dispute that was withdrawn, or judged by somebody else, meanwhile: it does not count. "
                       "Discard it; the review stays as it was."));
  return side_refused_words_tell (self->item->document, self->item->error);
}

/**
 * side_refused_group_new:
 * @desk: whose outbox it lies in
 * @item: what is refused; it is copied
 * @title: what kind of document it is, in words
 *
 * Returns: (transfer floating): the group
 */
GtkWidget *
side_refused_group_new (SideDesk             *desk,
                        const SideOutboxItem *item,
                        const char           *title)
{
  SideRefusedGroup *self;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *words = words_of (item->document);
  g_autofree char *heading = g_markup_escape_text (title, -1);
  g_autofree char *why = NULL;
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);
  self = g_object_new (SIDE_TYPE_REFUSED_GROUP, NULL);
  self->desk = g_object_ref (desk);
  self->item = side_outbox_item_copy (item);
  why = tell_why (self);
  escaped = g_markup_escape_text (why, -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), heading);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), escaped);
  side_conflict_call_add (ADW_PREFERENCES_GROUP (self), desk, item->document, NULL);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_of_row (item->document, words));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 4);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  gtk_widget_set_layout_manager (buttons, side_wrap_layout_new (6));
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_widget_set_margin_top (buttons, 6);
  if (words != NULL)
    add_button (self, buttons, _("Copy Text"), NULL, G_CALLBACK (copy_cb));
  if (can_set_apart (self))
    self->apart = add_button (self, buttons, _("Keep as Second Review"), NULL, G_CALLBACK (set_apart_cb));
  add_button (self, buttons, _("Discard"), "destructive-action", G_CALLBACK (discard_cb));
  add_button (self, buttons, _("Send Again"), "suggested-action", G_CALLBACK (again_cb));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), buttons);
  return GTK_WIDGET (self);
}
