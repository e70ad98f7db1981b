/* side-test-outcome.c - who answered a test call, and whether they called back
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A name is for the people who train the line; clients read it only where
 * somebody says so deliberately, because one call is no judgement of a person.
 */
#include "side-test-outcome.h"

#include <glib/gi18n.h>

#include "side-desk.h"
#include "side-moment-button.h"
#include "side-test-verdict.h"
#include "side-wrapping.h"

#define PAUSE_MS        800       /* after the last letter */
#define USUAL_DUE_MS    3600000   /* promised until, where nobody said */

struct _SideTestOutcome
{
  AdwBin         parent_instance;
  SideTestSheet *sheet;
  GtkWidget     *name;        /* GtkEntry */
  GtkWidget     *shown;       /* GtkSwitch */
  GtkWidget     *promised;    /* GtkSwitch */
  GtkWidget     *dates;       /* GtkBox: what is asked of a promise */
  GtkWidget     *due;         /* SideMomentButton */
  GtkWidget     *came;        /* GtkSwitch */
  GtkWidget     *came_at;     /* SideMomentButton */
  GtkWidget     *words;       /* GtkLabel: what became of the promise */
  guint          pause_id;
  gboolean       showing;     /* what stands is being shown, not chosen */
};

G_DEFINE_FINAL_TYPE (SideTestOutcome, side_test_outcome, ADW_TYPE_BIN)

static void
side_test_outcome_dispose (GObject *object)
{
  SideTestOutcome *self = SIDE_TEST_OUTCOME (object);

  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_object (&self->sheet);
  adw_bin_set_child (ADW_BIN (self), NULL);
  G_OBJECT_CLASS (side_test_outcome_parent_class)->dispose (object);
}

static void
side_test_outcome_class_init (SideTestOutcomeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_test_outcome_dispose;
}

/* ---- what is said ---- */

static void
save_name (SideTestOutcome *self)
{
  g_clear_handle_id (&self->pause_id, g_source_remove);
  side_test_sheet_set_operator (self->sheet, gtk_editable_get_text (GTK_EDITABLE (self->name)));
}

static gboolean
pause_cb (gpointer data)
{
  SideTestOutcome *self = data;

  self->pause_id = 0;
  save_name (self);
  return G_SOURCE_REMOVE;
}

static void
typed_cb (SideTestOutcome *self)
{
  if (self->showing)
    return;
  g_clear_handle_id (&self->pause_id, g_source_remove);
  self->pause_id = g_timeout_add (PAUSE_MS, pause_cb, self);
}

static void
shown_cb (SideTestOutcome *self)
{
  if (!self->showing)
    side_test_sheet_set_shown (self->sheet, gtk_switch_get_active (GTK_SWITCH (self->shown)));
}

/* When they promised to call until, unless somebody says another time. */
static gint64
usual_due (SideTestOutcome *self)
{
  const SideTestCall *call = side_test_sheet_get_call (self->sheet);
  gint64 from = call->ended_ms != 0 ? call->ended_ms : side_test_sheet_get_now_ms (self->sheet);
  gint64 within = call->pinned != NULL && call->pinned->callback_ms > 0 ? call->pinned->callback_ms : USUAL_DUE_MS;

  return from + within;
}

static void
promised_cb (SideTestOutcome *self)
{
  if (!self->showing)
    side_test_sheet_set_callback (self->sheet, gtk_switch_get_active (GTK_SWITCH (self->promised)) ? usual_due (self) : 0, 0);
}

static void
due_cb (SideTestOutcome *self)
{
  side_test_sheet_set_callback (self->sheet, side_moment_button_get (SIDE_MOMENT_BUTTON (self->due)),
                                side_test_sheet_get_call (self->sheet)->callback_came_ms);
}

static void
came_cb (SideTestOutcome *self)
{
  gboolean came = gtk_switch_get_active (GTK_SWITCH (self->came));

  if (!self->showing)
    side_test_sheet_set_callback (self->sheet, side_test_sheet_get_call (self->sheet)->callback_due_ms,
                                  came ? side_test_sheet_get_now_ms (self->sheet) : 0);
}

static void
came_at_cb (SideTestOutcome *self)
{
  side_test_sheet_set_callback (self->sheet, side_test_sheet_get_call (self->sheet)->callback_due_ms,
                                side_moment_button_get (SIDE_MOMENT_BUTTON (self->came_at)));
}

/* ---- what stands ---- */

static const char *
callback_words (SideTestOutcome *self)
{
  const SideTestCall *call = side_test_sheet_get_call (self->sheet);

  if (call->callback_due_ms == 0)
    return call->callback == SIDE_TEST_CALLBACK_OPEN ? _("The scenario asks for a promise to call back: say whether they made one.") : NULL;
  switch (side_test_callback_of (call->callback_due_ms, call->callback_came_ms, side_test_sheet_get_now_ms (self->sheet)))
    {
    case SIDE_TEST_CALLBACK_KEPT:
      return _("They called back in time.");
    case SIDE_TEST_CALLBACK_LATE:
      return _("They called back too late.");
    case SIDE_TEST_CALLBACK_BROKEN:
      return _("The time is over, and they have not called back.");
    case SIDE_TEST_CALLBACK_NONE:
    case SIDE_TEST_CALLBACK_OPEN:
    default:
      return _("There is still time to call back.");
    }
}

static GTimeZone *
dup_zone (SideTestSheet *sheet)
{
  SideDesk *desk = side_test_sheet_get_desk (sheet);
  const SideProject *project = desk != NULL ? side_desk_get_project (desk) : NULL;

  return project != NULL ? g_time_zone_ref (project->time_zone) : g_time_zone_new_local ();
}

static void
show_callback (SideTestOutcome *self)
{
  const SideTestCall *call = side_test_sheet_get_call (self->sheet);
  g_autoptr (GTimeZone) zone = dup_zone (self->sheet);
  gint64 now_ms = side_test_sheet_get_now_ms (self->sheet);
  gboolean promised = call->callback_due_ms != 0, came = promised && call->callback_came_ms != 0;

  gtk_switch_set_active (GTK_SWITCH (self->promised), promised);
  gtk_switch_set_active (GTK_SWITCH (self->came), came);
  gtk_widget_set_visible (self->dates, promised);
  gtk_widget_set_visible (self->came_at, came);
  if (promised)
    side_moment_button_show (SIDE_MOMENT_BUTTON (self->due), call->callback_due_ms, zone, now_ms);
  if (came)
    side_moment_button_show (SIDE_MOMENT_BUTTON (self->came_at), call->callback_came_ms, zone, now_ms);
  side_label_say (self->words, callback_words (self));
}

/**
 * side_test_outcome_update:
 * @self: it, of a sheet with a call
 * @editable: whether something may be said
 *
 * Shows what stands; a name that is being typed stays.
 */
void
side_test_outcome_update (SideTestOutcome *self,
                          gboolean         editable)
{
  const SideTestCall *call;
  GtkWidget *fields[] = { self->shown, self->promised, self->due, self->came, self->came_at };

  g_return_if_fail (SIDE_IS_TEST_OUTCOME (self));

  call = side_test_sheet_get_call (self->sheet);
  if (call == NULL)
    return;
  self->showing = TRUE;
  if (self->pause_id == 0 && g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->name)), call->operator_name != NULL ? call->operator_name : "") != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->name), call->operator_name != NULL ? call->operator_name : "");
  gtk_switch_set_active (GTK_SWITCH (self->shown), call->names_shown);
  show_callback (self);
  self->showing = FALSE;
  gtk_editable_set_editable (GTK_EDITABLE (self->name), editable);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    gtk_widget_set_sensitive (fields[i], editable);
}

/**
 * side_test_outcome_flush:
 * @self: it
 *
 * Tells at once what was typed a moment ago.
 */
void
side_test_outcome_flush (SideTestOutcome *self)
{
  g_return_if_fail (SIDE_IS_TEST_OUTCOME (self));

  if (self->pause_id != 0)
    save_name (self);
}

/* ---- the fields ---- */

static GtkWidget *
new_label (const char *words,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (words);

  side_label_wrap (GTK_LABEL (label));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Words with something to press at their end. */
static GtkWidget *
new_line (GtkWidget  *label,
          GtkWidget  *field,
          const char *name)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  gtk_widget_set_valign (field, GTK_ALIGN_CENTER);
  if (GTK_IS_SWITCH (field))
    gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), field);
  return line;
}

static GtkWidget *
new_switch (SideTestOutcome *self,
            GCallback        callback)
{
  GtkWidget *field = gtk_switch_new ();

  g_signal_connect_object (field, "notify::active", callback, self, G_CONNECT_SWAPPED);
  return field;
}

static GtkWidget *
new_operator (SideTestOutcome *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->name = gtk_entry_new ();
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->name), FALSE);   /* that of the form takes back everything */
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->name), _("Name of who answered, as heard"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->name), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name of who answered, as heard"), -1);
  g_signal_connect_object (self->name, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->name, "activate", G_CALLBACK (side_test_outcome_flush), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (side_test_outcome_flush), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->name, focus);
  self->shown = new_switch (self, G_CALLBACK (shown_cb));
  gtk_box_append (GTK_BOX (words), new_label (_("Clients may read the name"), NULL));
  gtk_box_append (GTK_BOX (words), new_label (_("Your notes, comments and the matching call go with it. Leave it off unless there is a reason: one call is no judgement of a person."), "script-hint"));
  gtk_box_append (GTK_BOX (box), self->name);
  gtk_box_append (GTK_BOX (box), new_line (words, self->shown, _("Clients may read the name")));
  return box;
}

static GtkWidget *
new_callback (SideTestOutcome *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->promised = new_switch (self, G_CALLBACK (promised_cb));
  self->due = side_moment_button_new (_("Promised until"));
  self->came = new_switch (self, G_CALLBACK (came_cb));
  self->came_at = side_moment_button_new (_("Called back at"));
  self->words = new_label (NULL, "script-hint");
  g_signal_connect_object (self->due, "chosen", G_CALLBACK (due_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->came_at, "chosen", G_CALLBACK (came_at_cb), self, G_CONNECT_SWAPPED);
  self->dates = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_box_append (GTK_BOX (self->dates), new_line (new_label (_("Promised until"), NULL), self->due, NULL));
  gtk_box_append (GTK_BOX (self->dates), new_line (new_label (_("They called back"), NULL), self->came, _("They called back")));
  gtk_widget_set_halign (self->came_at, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (self->dates), self->came_at);
  gtk_box_append (GTK_BOX (box), new_line (new_label (_("They promised to call back"), NULL), self->promised, _("They promised to call back")));
  gtk_box_append (GTK_BOX (box), self->dates);
  gtk_box_append (GTK_BOX (box), self->words);
  return box;
}

static GtkWidget *
new_section (const char *title,
             GtkWidget  *content)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (box), new_label (title, "section-title"));
  gtk_widget_add_css_class (content, "card");
  gtk_widget_add_css_class (content, "outcome-card");
  gtk_box_append (GTK_BOX (box), content);
  return box;
}

static void
side_test_outcome_init (SideTestOutcome *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_box_append (GTK_BOX (box), new_section (_("Who answered"), new_operator (self)));
  gtk_box_append (GTK_BOX (box), new_section (_("Call back"), new_callback (self)));
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * side_test_outcome_new:
 * @sheet: what it writes into
 *
 * Returns: (transfer floating): fields that show nothing yet
 */
GtkWidget *
side_test_outcome_new (SideTestSheet *sheet)
{
  SideTestOutcome *self = g_object_new (SIDE_TYPE_TEST_OUTCOME, NULL);

  self->sheet = g_object_ref (sheet);
  return GTK_WIDGET (self);
}
