/* side-criterion-editor.c - everything a criterion is made of, to be changed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made when a row is unfolded. Each change is put into the draft at once; what
 * comes back from it, also from undo, is shown without being taken for typing.
 * The examples are in side-exemplars-editor.c.
 */
#include "side-criterion-editor.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-draft-fields.h"
#include "side-exemplars-editor.h"
#include "side-script-edit.h"
#include "side-script-labels.h"

#define MAX_SCALE  10
#define MAX_POINTS 1000

struct _SideCriterionEditor
{
  GtkWidget        parent_instance;
  GtkWidget       *grid;
  GtkWidget       *text;
  GtkWidget       *hint;
  GtkWidget       *answers;
  GtkWidget       *scale;
  GtkWidget       *allow_na;
  GtkWidget       *points;
  GtkWidget       *bonus;
  GtkWidget       *critical;
  GtkWidget       *only_if;      /* another criterion, or always */
  GtkWidget       *only_answer;
  GtkWidget       *comment;
  GtkWidget       *causes;
  GtkWidget       *exemplars;
  SideDraftKeeper *keeper;
  char            *id;
  GPtrArray       *others;       /* of char *: ids of the choices of only_if behind "always" */
  int              n_rows;
  gboolean         showing;      /* it is being filled, not typed into */
};

G_DEFINE_FINAL_TYPE (SideCriterionEditor, side_criterion_editor, GTK_TYPE_WIDGET)

static void
side_criterion_editor_dispose (GObject *object)
{
  SideCriterionEditor *self = SIDE_CRITERION_EDITOR (object);

  self->showing = TRUE;
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_object (&self->keeper);
  G_OBJECT_CLASS (side_criterion_editor_parent_class)->dispose (object);
}

static void
side_criterion_editor_finalize (GObject *object)
{
  SideCriterionEditor *self = SIDE_CRITERION_EDITOR (object);

  g_ptr_array_unref (self->others);
  g_free (self->id);
  G_OBJECT_CLASS (side_criterion_editor_parent_class)->finalize (object);
}

static void
side_criterion_editor_class_init (SideCriterionEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_criterion_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_criterion_editor_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

/* ---- into the draft ---- */

typedef gboolean (*Change) (SideCriterionEditor *self, SideCriterion *criterion);

static void
apply (SideCriterionEditor *self,
       Change               change,
       const char          *field)
{
  g_autoptr (SideScript) draft = NULL;
  g_autofree char *whole = NULL;
  SideCriterion *criterion;

  if (self->showing || self->keeper == NULL)
    return;
  draft = side_draft_keeper_begin (self->keeper);
  criterion = side_script_find_criterion (draft, self->id);
  if (criterion == NULL || !change (self, criterion))
    return;
  whole = field != NULL ? g_strconcat (self->id, " ", field, NULL) : NULL;
  side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), _("criterion changed"), whole);
}

static gboolean
take_text (SideCriterionEditor *self,
           SideCriterion       *criterion)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->text));

  if (!side_draft_text_replace (&criterion->text, words))
    return FALSE;
  if (criterion->text == NULL)
    criterion->text = g_strdup ("");   /* the one text that is never missing */
  return TRUE;
}

static gboolean
take_hint (SideCriterionEditor *self,
           SideCriterion       *criterion)
{
  return side_draft_text_replace (&criterion->hint, gtk_editable_get_text (GTK_EDITABLE (self->hint)));
}

static gboolean
take_choices (SideCriterionEditor *self,
              SideCriterion       *criterion)
{
  SideCriterion before = *criterion;

  criterion->answers = (SideAnswers) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->answers));
  if (criterion->answers == SIDE_ANSWERS_SCALE)
    criterion->scale_max = MAX (before.scale_max, 1);
  if (criterion->answers == SIDE_ANSWERS_SCALE && before.answers != SIDE_ANSWERS_SCALE && before.scale_max < 2)
    criterion->scale_max = 3;
  criterion->allow_na = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->allow_na));
  criterion->bonus = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->bonus));
  criterion->critical = (SideCritical) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->critical));
  criterion->comment = (SideCommentRule) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->comment));
  return before.answers != criterion->answers || before.scale_max != criterion->scale_max
         || before.allow_na != criterion->allow_na || before.bonus != criterion->bonus
         || before.critical != criterion->critical || before.comment != criterion->comment;
}

static gboolean
take_numbers (SideCriterionEditor *self,
              SideCriterion       *criterion)
{
  double points = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->points));
  int scale = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->scale));
  gboolean on_scale = criterion->answers == SIDE_ANSWERS_SCALE;

  if (fabs (points - criterion->weight) < 1e-9 && (!on_scale || scale == criterion->scale_max))
    return FALSE;
  criterion->weight = points;
  if (on_scale)
    criterion->scale_max = scale;
  return TRUE;
}

static gboolean
take_causes (SideCriterionEditor *self,
             SideCriterion       *criterion)
{
  g_auto (GStrv) words = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (self->causes)), ";", -1);

  g_ptr_array_set_size (criterion->causes, 0);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_strstrip (words[i]);
      if (*words[i] != '\0')
        g_ptr_array_add (criterion->causes, g_strdup (words[i]));
    }
  return TRUE;
}

static gboolean
take_only_if (SideCriterionEditor *self,
              SideCriterion       *criterion)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->only_if));
  const char *other = chosen > 0 && chosen <= self->others->len ? g_ptr_array_index (self->others, chosen - 1) : NULL;

  if (g_strcmp0 (other, criterion->only_if) == 0)
    return FALSE;
  g_free (criterion->only_if);
  criterion->only_if = g_strdup (other);
  criterion->only_low = other != NULL ? 1 : 0;
  criterion->only_high = other != NULL ? 1 : 0;
  return TRUE;
}

static gboolean
take_only_answer (SideCriterionEditor *self,
                  SideCriterion       *criterion)
{
  const SideCriterion *on = side_script_find_criterion (side_draft_keeper_get_script (self->keeper), criterion->only_if);
  g_autoptr (GPtrArray) ranges = on != NULL ? side_script_label_ranges (on) : NULL;
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->only_answer));
  const SideScriptRange *range;

  if (ranges == NULL || chosen >= ranges->len)
    return FALSE;
  range = g_ptr_array_index (ranges, chosen);
  if (fabs (criterion->only_low - range->low) < 1e-9 && fabs (criterion->only_high - range->high) < 1e-9)
    return FALSE;
  criterion->only_low = range->low;
  criterion->only_high = range->high;
  return TRUE;
}

static void text_cb (SideCriterionEditor *self) { apply (self, take_text, "text"); }
static void hint_cb (SideCriterionEditor *self) { apply (self, take_hint, "hint"); }
static void causes_cb (SideCriterionEditor *self) { apply (self, take_causes, "causes"); }
static void number_cb (SideCriterionEditor *self) { apply (self, take_numbers, "number"); }
static void choice_cb (SideCriterionEditor *self) { apply (self, take_choices, NULL); }
static void only_if_cb (SideCriterionEditor *self) { apply (self, take_only_if, NULL); }
static void only_answer_cb (SideCriterionEditor *self) { apply (self, take_only_answer, NULL); }

/* ---- the whole criterion ---- */

typedef enum { DUPLICATE, MOVE_UP, MOVE_DOWN, REMOVE } Deed;

static void
do_to_all (SideCriterionEditor *self,
           Deed                 deed)
{
  static const char *const words[] = {
    N_("criterion copied"), N_("criterion moved"), N_("criterion moved"), N_("criterion removed"),
  };
  g_autoptr (SideScript) draft = side_draft_keeper_begin (self->keeper);
  g_autoptr (SideDraftKeeper) keeper = g_object_ref (self->keeper);   /* it goes with its row */
  gboolean changed;

  if (deed == DUPLICATE)
    changed = side_script_edit_duplicate_criterion (draft, self->id) != NULL;
  else if (deed == REMOVE)
    changed = side_script_edit_remove_criterion (draft, self->id);
  else
    changed = side_script_edit_shift_criterion (draft, self->id, deed == MOVE_UP ? -1 : 1);
  if (changed)
    side_draft_keeper_put (keeper, g_steal_pointer (&draft), _(words[deed]), NULL);
}

static void duplicate_cb (SideCriterionEditor *self) { do_to_all (self, DUPLICATE); }
static void up_cb (SideCriterionEditor *self) { do_to_all (self, MOVE_UP); }
static void down_cb (SideCriterionEditor *self) { do_to_all (self, MOVE_DOWN); }
static void remove_cb (SideCriterionEditor *self) { do_to_all (self, REMOVE); }

static GtkWidget *
make_buttons (SideCriterionEditor *self)
{
  static const struct { const char *icon; const char *name; GCallback clicked; } buttons[] = {
    { "go-up-symbolic", N_("Move Up"), G_CALLBACK (up_cb) },
    { "go-down-symbolic", N_("Move Down"), G_CALLBACK (down_cb) },
    { "edit-copy-symbolic", N_("Duplicate Criterion"), G_CALLBACK (duplicate_cb) },
    { "user-trash-symbolic", N_("Remove Criterion"), G_CALLBACK (remove_cb) },
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_halign (box, GTK_ALIGN_END);
  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *button = side_draft_button_new (buttons[i].icon, _(buttons[i].name));

      g_signal_connect_object (button, "clicked", buttons[i].clicked, self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

/* ---- making ---- */

static void
add_line (SideCriterionEditor *self,
          const char          *name,
          GtkWidget           *first,
          GtkWidget           *second,
          GtkWidget           *third)
{
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_set_margin_top (label, 8);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (line), first);
  if (second != NULL)
    gtk_box_append (GTK_BOX (line), second);
  if (third != NULL)
    gtk_box_append (GTK_BOX (line), third);
  gtk_grid_attach (GTK_GRID (self->grid), label, 0, self->n_rows, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), line, 1, self->n_rows, 1, 1);
  self->n_rows++;
}

static GtkWidget *
make_spin (SideCriterionEditor *self,
           double               low,
           double               high,
           int                  digits,
           const char          *name)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (low, high, 1);

  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (spin), (guint) digits);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 6);
  gtk_editable_set_enable_undo (GTK_EDITABLE (spin), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (number_cb), self, G_CONNECT_SWAPPED);
  return spin;
}

static GtkWidget *
make_check (SideCriterionEditor *self,
            const char          *name)
{
  GtkWidget *check = gtk_check_button_new_with_label (name);

  g_signal_connect_object (check, "toggled", G_CALLBACK (choice_cb), self, G_CONNECT_SWAPPED);
  return check;
}

static GtkWidget *
make_choice (SideCriterionEditor *self,
             const char          *name,
             GCallback            chosen)
{
  GtkWidget *choice = side_draft_choice_new (name);

  g_signal_connect_object (choice, "notify::selected", chosen, self, G_CONNECT_SWAPPED);
  return choice;
}

static GtkWidget *
make_entry (SideCriterionEditor *self,
            const char          *name,
            const char          *placeholder,
            GCallback            typed)
{
  GtkWidget *entry = side_draft_entry_new (self->keeper, name);

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), placeholder);
  g_signal_connect_object (entry, "changed", typed, self, G_CONNECT_SWAPPED);
  return entry;
}

static void
side_criterion_editor_init (SideCriterionEditor *self)
{
  self->others = g_ptr_array_new_with_free_func (g_free);
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 6);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "script-details");
}

static void
fill (SideCriterionEditor *self)
{
  self->text = make_entry (self, _("Wording"), _("What the operator is to do"), G_CALLBACK (text_cb));
  self->hint = make_entry (self, _("Listen for"), _("Words or deeds that show it"), G_CALLBACK (hint_cb));
  self->answers = make_choice (self, _("Answers"), G_CALLBACK (choice_cb));
  self->scale = make_spin (self, 1, MAX_SCALE, 0, _("Highest answer"));
  self->allow_na = make_check (self, _("“Not applicable” may be answered"));
  self->points = make_spin (self, 0, MAX_POINTS, 0, _("Points"));
  self->bonus = make_check (self, _("A bonus on top"));
  self->critical = make_choice (self, _("Critical"), G_CALLBACK (choice_cb));
  self->only_if = make_choice (self, _("Applies where this is answered"), G_CALLBACK (only_if_cb));
  self->only_answer = make_choice (self, _("With this answer"), G_CALLBACK (only_answer_cb));
  self->comment = make_choice (self, _("Comment"), G_CALLBACK (choice_cb));
  self->causes = make_entry (self, _("Causes"), _("Did not know; forgot; no stock shown"), G_CALLBACK (causes_cb));
  gtk_widget_set_tooltip_text (self->causes, _("What a fault may come from, with semicolons between"));
  self->exemplars = side_exemplars_editor_new (self->keeper, self->id);
  add_line (self, _("Wording"), self->text, NULL, NULL);
  add_line (self, _("Listen for"), self->hint, NULL, NULL);
  add_line (self, _("Answers"), self->answers, self->scale, self->allow_na);
  add_line (self, _("Points"), self->points, self->bonus, self->critical);
  add_line (self, _("Applies"), self->only_if, self->only_answer, NULL);
  add_line (self, _("Comment"), self->comment, NULL, NULL);
  add_line (self, _("Causes"), self->causes, NULL, NULL);
  add_line (self, _("Examples"), self->exemplars, NULL, NULL);
  gtk_grid_attach (GTK_GRID (self->grid), make_buttons (self), 0, self->n_rows, 2, 1);
}

/**
 * side_criterion_editor_new:
 * @keeper: of a draft
 * @id: id of one of its criteria
 *
 * Returns: (transfer floating): an editor that shows nothing yet
 */
GtkWidget *
side_criterion_editor_new (SideDraftKeeper *keeper,
                           const char      *id)
{
  SideCriterionEditor *self = g_object_new (SIDE_TYPE_CRITERION_EDITOR, NULL);

  self->keeper = g_object_ref (keeper);
  self->id = g_strdup (id);
  self->showing = TRUE;
  fill (self);
  self->showing = FALSE;
  return GTK_WIDGET (self);
}

/* ---- showing ---- */

static void
show_only_if (SideCriterionEditor *self,
              const SideScript    *script,
              const SideCriterion *criterion)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  guint chosen = 0;

  g_ptr_array_set_size (self->others, 0);
  g_ptr_array_add (words, (gpointer) _("Always"));
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (script->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        {
          const SideCriterion *other = g_ptr_array_index (section->criteria, k);

          if (g_str_equal (other->id, self->id))
            continue;
          g_ptr_array_add (self->others, g_strdup (other->id));
          g_ptr_array_add (words, other->text != NULL ? other->text : (gpointer) "");
          if (g_strcmp0 (other->id, criterion->only_if) == 0)
            chosen = self->others->len;
        }
    }
  g_ptr_array_add (words, NULL);
  side_draft_choice_show (self->only_if, (const char *const *) words->pdata, chosen);
}

static void
show_only_answer (SideCriterionEditor *self,
                  const SideScript    *script,
                  const SideCriterion *criterion)
{
  const SideCriterion *on = criterion->only_if != NULL ? side_script_find_criterion (script, criterion->only_if) : NULL;
  g_autoptr (GPtrArray) ranges = NULL;
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  guint chosen = GTK_INVALID_LIST_POSITION;

  gtk_widget_set_visible (self->only_answer, on != NULL);
  if (on == NULL)
    return;
  ranges = side_script_label_ranges (on);
  for (guint i = 0; i < ranges->len; i++)
    {
      const SideScriptRange *range = g_ptr_array_index (ranges, i);

      g_ptr_array_add (words, range->label);
      if (fabs (range->low - criterion->only_low) < 1e-3 && fabs (range->high - criterion->only_high) < 1e-3)
        chosen = i;
    }
  g_ptr_array_add (words, NULL);
  side_draft_choice_show (self->only_answer, (const char *const *) words->pdata, chosen);
}

static void
show_choices (SideCriterionEditor *self,
              const SideCriterion *criterion)
{
  const char *answers[] = { _("Yes or No"), _("Yes, Partly or No"), _("From 0 to"), NULL };
  const char *critical[] = {
    side_script_label_critical (SIDE_CRITICAL_NO), side_script_label_critical (SIDE_CRITICAL_SECTION),
    side_script_label_critical (SIDE_CRITICAL_SCRIPT), NULL,
  };
  const char *comment[] = {
    side_script_label_comment (SIDE_COMMENT_FREE), side_script_label_comment (SIDE_COMMENT_ON_FAULT),
    side_script_label_comment (SIDE_COMMENT_ALWAYS), NULL,
  };

  side_draft_choice_show (self->answers, answers, criterion->answers);
  side_draft_choice_show (self->critical, critical, criterion->critical);
  side_draft_choice_show (self->comment, comment, criterion->comment);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->allow_na), criterion->allow_na);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->bonus), criterion->bonus);
}

static void
show_numbers (SideCriterionEditor *self,
              const SideCriterion *criterion)
{
  gtk_widget_set_visible (self->scale, criterion->answers == SIDE_ANSWERS_SCALE);
  /* What came from a file may be greater, or have a part of a point. */
  gtk_spin_button_set_range (GTK_SPIN_BUTTON (self->scale), 1, MAX (MAX_SCALE, criterion->scale_max));
  gtk_spin_button_set_range (GTK_SPIN_BUTTON (self->points), 0, MAX (MAX_POINTS, criterion->weight));
  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (self->points), fabs (criterion->weight - round (criterion->weight)) > 1e-9 ? 2 : 0);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->scale), MAX (criterion->scale_max, 1));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->points), criterion->weight);
}

/* What stands in the entry may differ by a blank from what came of it. */
static void
show_causes (SideCriterionEditor *self,
             const SideCriterion *criterion)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if ((gtk_widget_get_state_flags (self->causes) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0)
    {
      SideCriterion typed = { .causes = g_ptr_array_new_with_free_func (g_free) };
      gboolean same;

      take_causes (self, &typed);
      same = typed.causes->len == criterion->causes->len;
      for (guint i = 0; same && i < typed.causes->len; i++)
        same = g_str_equal (g_ptr_array_index (typed.causes, i), g_ptr_array_index (criterion->causes, i));
      g_ptr_array_unref (typed.causes);
      if (same)
        return;
    }
  for (guint i = 0; i < criterion->causes->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "; " : "", (const char *) g_ptr_array_index (criterion->causes, i));
  side_draft_entry_show (self->causes, out->str);
}

/**
 * side_criterion_editor_show:
 * @self: an editor
 * @script: the draft as it is now
 * @criterion: its criterion in it
 */
void
side_criterion_editor_show (SideCriterionEditor *self,
                            const SideScript    *script,
                            const SideCriterion *criterion)
{
  g_return_if_fail (SIDE_IS_CRITERION_EDITOR (self));

  self->showing = TRUE;
  side_draft_entry_show (self->text, criterion->text);
  side_draft_entry_show (self->hint, criterion->hint);
  show_choices (self, criterion);
  show_numbers (self, criterion);
  show_only_if (self, script, criterion);
  show_only_answer (self, script, criterion);
  show_causes (self, criterion);
  side_draft_lines_show (SIDE_DRAFT_LINES (self->exemplars), script);
  self->showing = FALSE;
}

/**
 * side_criterion_editor_focus:
 * @self: an editor in a window
 *
 * Puts the cursor into the wording.
 */
void
side_criterion_editor_focus (SideCriterionEditor *self)
{
  g_return_if_fail (SIDE_IS_CRITERION_EDITOR (self));
  gtk_widget_grab_focus (self->text);
}
