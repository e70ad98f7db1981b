/* side-queue-table.c - the queues of a project, one a row
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A handful of rows that never scroll by themselves, built once for a project
 * and touched only where a text changes. What can be reckoned from the other
 * columns gives way first where there is no room for all.
 */
#include "side-queue-table.h"

#include <glib/gi18n.h>

#include "side-columns-layout.h"
#include "side-live-text.h"
#include "side-text.h"

enum {
  COLUMN_QUEUE, COLUMN_WAITING, COLUMN_LONGEST, COLUMN_STATES, COLUMN_OFFERED, COLUMN_ANSWERED,
  COLUMN_LOST, COLUMN_LEVEL, COLUMN_ASA, COLUMN_AHT, N_COLUMNS,
};

struct _SideQueueTable
{
  GtkWidget    parent_instance;
  SideProject *config;
  GPtrArray   *cells;     /* of GtkInscription, N_COLUMNS a row, below the heads; children */
};

/* In what order columns give way: the greatest first, 0 never. */
static const guint ranks[N_COLUMNS] = { 0, 0, 0, 3, 5, 4, 1, 0, 2, 0 };

G_DEFINE_FINAL_TYPE (SideQueueTable, side_queue_table, GTK_TYPE_WIDGET)

static const char *
column_title (int column)
{
  switch (column)
    {
    case COLUMN_QUEUE:
      return _("Queue");
    case COLUMN_WAITING:
      return C_("column", "Waiting");
    case COLUMN_LONGEST:
      return C_("column", "Longest");
    case COLUMN_STATES:
      return C_("column", "Free/Busy/Break");
    case COLUMN_OFFERED:
      return C_("column", "Offered");
    case COLUMN_ANSWERED:
      return C_("column", "Answered");
    case COLUMN_LOST:
      return C_("column", "Lost");
    case COLUMN_LEVEL:
      return C_("column", "Service level");
    case COLUMN_ASA:
      return C_("column", "Answer");
    case COLUMN_AHT:
    default:
      return C_("column", "Handling");
    }
}

static void
side_queue_table_dispose (GObject *object)
{
  SideQueueTable *self = SIDE_QUEUE_TABLE (object);
  GtkWidget *head;

  g_clear_pointer (&self->cells, g_ptr_array_unref);
  while ((head = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (head);
  g_clear_pointer (&self->config, side_project_unref);
  G_OBJECT_CLASS (side_queue_table_parent_class)->dispose (object);
}

static void
side_queue_table_class_init (SideQueueTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_queue_table_dispose;
  gtk_widget_class_set_css_name (widget_class, "queuetable");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TABLE);
}

static void
add_column_class (GtkWidget *widget,
                  int        column)
{
  if (column == COLUMN_QUEUE)
    gtk_widget_add_css_class (widget, "first-column");
  else if (column == N_COLUMNS - 1)
    gtk_widget_add_css_class (widget, "last-column");
}

static GtkWidget *
new_head (int column)
{
  GtkWidget *label = gtk_label_new (column_title (column));

  gtk_label_set_xalign (GTK_LABEL (label), column == COLUMN_QUEUE ? 0 : 1);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), column == COLUMN_QUEUE ? GTK_JUSTIFY_LEFT : GTK_JUSTIFY_RIGHT);
  gtk_widget_add_css_class (label, "table-head");
  if (column == COLUMN_STATES)
    gtk_widget_set_tooltip_text (label, _("Busy: talking, being rung or doing after-call work"));
  add_column_class (label, column);
  return label;
}

/* Inscriptions: drawn anew when a number changes, never measured again. */
static GtkWidget *
new_cell (const char *text,
          int         column)
{
  static const guint chars[N_COLUMNS] = { 8, 3, 5, 7, 4, 4, 3, 5, 4, 4 };
  guint length = (guint) g_utf8_strlen (text, -1);
  GtkWidget *cell = gtk_inscription_new (text);

  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), column == COLUMN_QUEUE ? 0 : 1);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell),
                                 column == COLUMN_QUEUE ? CLAMP (length + 1, chars[column], 12) : chars[column]);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell),
                                 column == COLUMN_QUEUE ? CLAMP (length + 4, chars[column], 30) : chars[column] + 1);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_add_css_class (cell, "table-cell");
  add_column_class (cell, column);
  gtk_widget_add_css_class (cell, "numeric");
  if (column == COLUMN_QUEUE)
    {
      gtk_widget_add_css_class (cell, "heading");
      gtk_widget_set_tooltip_text (cell, text);
    }
  return cell;
}

static void
side_queue_table_init (SideQueueTable *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), side_columns_layout_new (ranks, N_COLUMNS));
  self->cells = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Queues"), -1);
  for (int i = 0; i < N_COLUMNS; i++)
    gtk_widget_set_parent (new_head (i), GTK_WIDGET (self));
}

/**
 * side_queue_table_new:
 *
 * Returns: (transfer floating): a table without rows
 */
GtkWidget *
side_queue_table_new (void)
{
  return g_object_new (SIDE_TYPE_QUEUE_TABLE, NULL);
}

/**
 * side_queue_table_set:
 * @self: a table
 * @config: (nullable): the project whose queues it shows
 *
 * Builds the rows anew if they are not that project's already.
 */
void
side_queue_table_set (SideQueueTable *self,
                      SideProject    *config)
{
  g_return_if_fail (SIDE_IS_QUEUE_TABLE (self));
  if (config == self->config)
    return;
  g_ptr_array_set_size (self->cells, 0);
  g_clear_pointer (&self->config, side_project_unref);
  if (config == NULL)
    return;
  self->config = side_project_ref (config);
  for (guint i = 0; i < config->queues->len; i++)
    {
      const SideQueue *queue = g_ptr_array_index (config->queues, i);

      for (int column = 0; column < N_COLUMNS; column++)
        {
          GtkWidget *cell = new_cell (column == COLUMN_QUEUE ? queue->name : "–", column);

          gtk_widget_set_parent (cell, GTK_WIDGET (self));
          g_ptr_array_add (self->cells, cell);
        }
    }
}

static void
set_cell (SideQueueTable *self,
          guint           row,
          int             column,
          char           *text,
          SideLevel       level)
{
  GtkWidget *cell = g_ptr_array_index (self->cells, row * N_COLUMNS + (guint) column);

  if (g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (cell)), text) != 0)
    {
      const SideQueue *queue = g_ptr_array_index (self->config->queues, row);
      g_autofree char *name = g_strdup_printf ("%s, %s: %s", queue->name, column_title (column), text);

      gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
  if (level == SIDE_LEVEL_BAD)
    gtk_widget_add_css_class (cell, "bad");
  else
    gtk_widget_remove_css_class (cell, "bad");
  g_free (text);
}

/**
 * side_queue_table_update:
 * @self: a table
 * @row: index of the queue in the project
 * @figures: its figures
 */
void
side_queue_table_update (SideQueueTable       *self,
                         guint                 row,
                         const SideIndicators *figures)
{
  const SideCounts *c = &figures->counts;
  const SideProject *config;

  g_return_if_fail (SIDE_IS_QUEUE_TABLE (self));
  g_return_if_fail (row < side_queue_table_get_rows (self));
  config = self->config;
  set_cell (self, row, COLUMN_WAITING, g_strdup_printf ("%d", figures->waiting),
            side_indicators_get_level (figures, SIDE_INDICATOR_WAITING, config));
  set_cell (self, row, COLUMN_LONGEST, side_text_duration (figures->longest_wait_ms),
            side_indicators_get_level (figures, SIDE_INDICATOR_LONGEST_WAIT, config));
  set_cell (self, row, COLUMN_STATES,
            g_strdup_printf ("%d/%d/%d", figures->by_state[SIDE_OPERATOR_READY],
                             figures->by_state[SIDE_OPERATOR_TALKING] + figures->by_state[SIDE_OPERATOR_RINGING] +
                             figures->by_state[SIDE_OPERATOR_WRAP_UP],
                             figures->by_state[SIDE_OPERATOR_BREAK]),
            SIDE_LEVEL_NONE);
  set_cell (self, row, COLUMN_OFFERED, g_strdup_printf ("%d", (int) c->offered), SIDE_LEVEL_NONE);
  set_cell (self, row, COLUMN_ANSWERED, g_strdup_printf ("%d", (int) c->answered), SIDE_LEVEL_NONE);
  set_cell (self, row, COLUMN_LOST, g_strdup_printf ("%d", (int) c->lost), SIDE_LEVEL_NONE);
  set_cell (self, row, COLUMN_LEVEL, side_text_percent (figures->service_level, 0),
            side_indicators_get_level (figures, SIDE_INDICATOR_SERVICE_LEVEL, config));
  set_cell (self, row, COLUMN_ASA, side_live_milliseconds (figures->asa_ms),
            side_indicators_get_level (figures, SIDE_INDICATOR_ASA, config));
  set_cell (self, row, COLUMN_AHT, side_live_milliseconds (figures->aht_ms), SIDE_LEVEL_NONE);
}

/**
 * side_queue_table_clear:
 * @self: a table
 * @row: index of the queue in the project
 *
 * There is nothing to say about it.
 */
void
side_queue_table_clear (SideQueueTable *self,
                        guint           row)
{
  g_return_if_fail (SIDE_IS_QUEUE_TABLE (self));
  g_return_if_fail (row < side_queue_table_get_rows (self));
  for (int column = COLUMN_WAITING; column < N_COLUMNS; column++)
    set_cell (self, row, column, g_strdup ("–"), SIDE_LEVEL_NONE);
}

/**
 * side_queue_table_get_rows:
 * @self: a table
 *
 * Returns: how many queues it shows
 */
guint
side_queue_table_get_rows (SideQueueTable *self)
{
  g_return_val_if_fail (SIDE_IS_QUEUE_TABLE (self), 0);
  return self->cells->len / N_COLUMNS;
}

/**
 * side_queue_table_get_cell:
 * @self: a table
 * @row: index of the queue
 * @column: of the table, from 0
 *
 * Returns: (transfer none) (nullable): what stands there
 */
const char *
side_queue_table_get_cell (SideQueueTable *self,
                           guint           row,
                           guint           column)
{
  g_return_val_if_fail (SIDE_IS_QUEUE_TABLE (self), NULL);
  if (row >= side_queue_table_get_rows (self) || column >= N_COLUMNS)
    return NULL;
  return gtk_inscription_get_text (g_ptr_array_index (self->cells, row * N_COLUMNS + column));
}
