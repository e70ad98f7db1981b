/* side-test-facts.c - what the operator had to know, and what was heard of it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The facts of the scenario as it was when the call was made. One key judges
 * one and goes on to the next, as at the questions of the form.
 */
#include "side-test-facts.h"

#include <glib/gi18n.h>

#include "side-clear.h"
#include "side-latin-key.h"
#include "side-test-fact-row.h"

struct _SideTestFacts
{
  AdwBin         parent_instance;
  SideTestSheet *sheet;
  GtkWidget     *list;
  GPtrArray     *rows;   /* of SideTestFactRow, not owned */
};

G_DEFINE_FINAL_TYPE (SideTestFacts, side_test_facts, ADW_TYPE_BIN)

static void
side_test_facts_dispose (GObject *object)
{
  SideTestFacts *self = SIDE_TEST_FACTS (object);

  g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->sheet);
  adw_bin_set_child (ADW_BIN (self), NULL);
  G_OBJECT_CLASS (side_test_facts_parent_class)->dispose (object);
}

static void
side_test_facts_finalize (GObject *object)
{
  g_ptr_array_unref (SIDE_TEST_FACTS (object)->rows);
  G_OBJECT_CLASS (side_test_facts_parent_class)->finalize (object);
}

static void
side_test_facts_class_init (SideTestFactsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_test_facts_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_test_facts_finalize;
}

static void
said_cb (SideTestFacts   *self,
         SideTestFactRow *row)
{
  side_test_sheet_set_fact (self->sheet, side_test_fact_row_get_id (row), side_test_fact_row_get_state (row),
                            side_test_fact_row_get_heard (row));
}

static int
focused_row (SideTestFacts *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, SIDE_TYPE_TEST_FACT_ROW) : NULL;
  guint index;

  return row != NULL && g_ptr_array_find (self->rows, row, &index) ? (int) index : -1;
}

static gboolean
go_to (SideTestFacts *self,
       int            index)
{
  return index >= 0 && index < (int) self->rows->len && gtk_widget_grab_focus (self->rows->pdata[index]);
}

static void
done_cb (SideTestFacts   *self,
         SideTestFactRow *row)
{
  guint index;

  if (g_ptr_array_find (self->rows, row, &index) && !go_to (self, (int) index + 1))
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static gboolean
key_pressed_cb (SideTestFacts   *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  int at = focused_row (self);
  GtkWidget *row = at >= 0 ? self->rows->pdata[at] : NULL;
  GtkWidget *focus = row != NULL ? gtk_root_get_focus (gtk_widget_get_root (row)) : NULL;

  if (row == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Up || keyval == GDK_KEY_Down)
    {
      side_test_fact_row_flush (SIDE_TEST_FACT_ROW (row));
      return go_to (self, at + (keyval == GDK_KEY_Down ? 1 : -1));
    }
  if (keyval == GDK_KEY_Escape && focus != row)
    return gtk_widget_grab_focus (row);
  if (GTK_IS_TEXT (focus))
    return GDK_EVENT_PROPAGATE;
  if (focus == row && (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter))
    return go_to (self, at + 1);
  return side_test_fact_row_press (SIDE_TEST_FACT_ROW (row), side_latin_key (row, keyval, keycode));
}

static void
side_test_facts_init (SideTestFacts *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *title = gtk_label_new (_("Facts to check"));

  self->rows = g_ptr_array_new ();
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->list, "card");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "section-title");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), self->list);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * side_test_facts_new:
 * @sheet: what it writes into
 *
 * Returns: (transfer floating): facts of no call yet
 */
GtkWidget *
side_test_facts_new (SideTestSheet *sheet)
{
  SideTestFacts *self = g_object_new (SIDE_TYPE_TEST_FACTS, NULL);

  self->sheet = g_object_ref (sheet);
  return GTK_WIDGET (self);
}

/**
 * side_test_facts_load:
 * @self: facts
 *
 * Makes the rows of the sheet's call anew.
 */
void
side_test_facts_load (SideTestFacts *self)
{
  const SideTestCall *call;

  g_return_if_fail (SIDE_IS_TEST_FACTS (self));

  call = side_test_sheet_get_call (self->sheet);
  g_ptr_array_set_size (self->rows, 0);
  side_clear_children (self->list);
  for (guint i = 0; call != NULL && call->pinned != NULL && i < call->pinned->facts->len; i++)
    {
      GtkWidget *row = side_test_fact_row_new (call->pinned->facts->pdata[i]);

      g_signal_connect_object (row, "said", G_CALLBACK (said_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->rows, row);
      gtk_box_append (GTK_BOX (self->list), row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), self->rows->len > 0);
}

/**
 * side_test_facts_update:
 * @self: facts
 * @editable: whether something may be said
 */
void
side_test_facts_update (SideTestFacts *self,
                        gboolean       editable)
{
  const SideTestCall *call;

  g_return_if_fail (SIDE_IS_TEST_FACTS (self));

  call = side_test_sheet_get_call (self->sheet);
  for (guint i = 0; call != NULL && i < self->rows->len; i++)
    {
      SideTestFactRow *row = self->rows->pdata[i];

      side_test_fact_row_set_editable (row, editable);
      side_test_fact_row_show (row, side_test_call_find_fact (call, side_test_fact_row_get_id (row)));
    }
}

/**
 * side_test_facts_begin:
 * @self: facts
 *
 * The keyboard goes to the first one.
 *
 * Returns: whether there is one
 */
gboolean
side_test_facts_begin (SideTestFacts *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_FACTS (self), FALSE);
  return go_to (self, 0);
}

/**
 * side_test_facts_flush:
 * @self: facts
 *
 * Tells at once what was typed a moment ago.
 */
void
side_test_facts_flush (SideTestFacts *self)
{
  g_return_if_fail (SIDE_IS_TEST_FACTS (self));

  for (guint i = 0; i < self->rows->len; i++)
    side_test_fact_row_flush (self->rows->pdata[i]);
}
