/* side-step-card.c - one step of a conversation
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * To be read: what to say, what to mind, where to go on. In a draft the same
 * in fields; the branches are in side-branches-editor.c.
 */
#include "side-step-card.h"

#include <glib/gi18n.h>

#include "side-branches-editor.h"
#include "side-clear.h"
#include "side-draft-fields.h"
#include "side-script-edit.h"
#include "side-script-labels.h"
#include "side-wrapping.h"

struct _SideStepCard
{
  GtkWidget        parent_instance;
  GtkWidget       *box;
  GtkWidget       *title;      /* GtkLabel with the number, and the title where it is read */
  GtkWidget       *say;        /* GtkLabel, or of a draft GtkTextView */
  GtkWidget       *hint;       /* GtkLabel, or of a draft GtkEntry */
  GtkWidget       *section;    /* GtkLabel, or of a draft GtkDropDown */
  GtkWidget       *branches;   /* GtkBox of buttons, or of a draft SideDraftLines */
  GtkWidget       *entry;      /* of a draft: the title */
  SideDraftKeeper *keeper;     /* (nullable) */
  char            *id;
  gboolean         showing;
};

G_DEFINE_FINAL_TYPE (SideStepCard, side_step_card, GTK_TYPE_WIDGET)

static guint go_signal;

static void
side_step_card_dispose (GObject *object)
{
  SideStepCard *self = SIDE_STEP_CARD (object);

  self->showing = TRUE;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->keeper);
  G_OBJECT_CLASS (side_step_card_parent_class)->dispose (object);
}

static void
side_step_card_finalize (GObject *object)
{
  g_free (SIDE_STEP_CARD (object)->id);
  G_OBJECT_CLASS (side_step_card_parent_class)->finalize (object);
}

static void
side_step_card_class_init (SideStepCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_step_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_step_card_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  go_signal = g_signal_new ("go", SIDE_TYPE_STEP_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

/* ---- into the draft ---- */

typedef gboolean (*Change) (SideStepCard *self, SideScript *draft, SideStep *step);

static void
apply (SideStepCard *self,
       Change        change,
       const char   *field)
{
  g_autoptr (SideScript) draft = NULL;
  g_autofree char *whole = NULL;
  SideStep *step;

  if (self->showing || self->keeper == NULL)
    return;
  draft = side_draft_keeper_begin (self->keeper);
  step = side_script_find_step (draft, self->id);
  if (step == NULL || !change (self, draft, step))
    return;
  whole = field != NULL ? g_strconcat ("step ", self->id, " ", field, NULL) : NULL;
  side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), _("step changed"), whole);
}

static gboolean
take_title (SideStepCard *self,
            SideScript   *draft,
            SideStep     *step)
{
  if (!side_draft_text_replace (&step->title, gtk_editable_get_text (GTK_EDITABLE (self->entry))))
    return FALSE;
  if (step->title == NULL)
    step->title = g_strdup ("");
  return TRUE;
}

static gboolean
take_say (SideStepCard *self,
          SideScript   *draft,
          SideStep     *step)
{
  g_autofree char *words = side_draft_text_dup (self->say);

  return side_draft_text_replace (&step->say, words);
}

static gboolean
take_hint (SideStepCard *self,
           SideScript   *draft,
           SideStep     *step)
{
  return side_draft_text_replace (&step->hint, gtk_editable_get_text (GTK_EDITABLE (self->hint)));
}

static gboolean
take_section (SideStepCard *self,
              SideScript   *draft,
              SideStep     *step)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->section));
  const SideSection *section = chosen > 0 && chosen <= draft->sections->len
                               ? g_ptr_array_index (draft->sections, chosen - 1) : NULL;

  return side_draft_text_replace (&step->section, section != NULL ? section->id : "");
}

static void title_cb (SideStepCard *self) { apply (self, take_title, "title"); }
static void say_cb (SideStepCard *self) { apply (self, take_say, "say"); }
static void hint_cb (SideStepCard *self) { apply (self, take_hint, "hint"); }
static void section_cb (SideStepCard *self) { apply (self, take_section, NULL); }

static void
shift (SideStepCard *self,
       int           by)
{
  g_autoptr (SideScript) draft = side_draft_keeper_begin (self->keeper);

  if (side_script_edit_shift_step (draft, self->id, by))
    side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), _("step moved"), NULL);
}

static void up_cb (SideStepCard *self) { shift (self, -1); }
static void down_cb (SideStepCard *self) { shift (self, 1); }

static void
remove_cb (SideStepCard *self)
{
  g_autoptr (SideDraftKeeper) keeper = g_object_ref (self->keeper);   /* we go with it */
  g_autoptr (SideScript) draft = side_draft_keeper_begin (keeper);

  if (side_script_edit_remove_step (draft, self->id))
    side_draft_keeper_put (keeper, g_steal_pointer (&draft), _("step removed"), NULL);
}

/* ---- making ---- */

static GtkWidget *
make_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
make_readable (SideStepCard *self)
{
  self->say = make_label ("script-say");
  gtk_label_set_selectable (GTK_LABEL (self->say), TRUE);
  gtk_widget_set_focusable (self->say, FALSE);
  self->hint = make_label ("script-hint");
  self->section = make_label ("script-hint");
  self->branches = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), self->title);
  gtk_box_append (GTK_BOX (self->box), self->say);
  gtk_box_append (GTK_BOX (self->box), self->hint);
  gtk_box_append (GTK_BOX (self->box), self->branches);
  gtk_box_append (GTK_BOX (self->box), self->section);
}

static GtkWidget *
make_title_line (SideStepCard *self)
{
  static const struct { const char *icon; const char *name; GCallback clicked; } buttons[] = {
    { "go-up-symbolic", N_("Move Step Up"), G_CALLBACK (up_cb) },
    { "go-down-symbolic", N_("Move Step Down"), G_CALLBACK (down_cb) },
    { "user-trash-symbolic", N_("Remove Step"), G_CALLBACK (remove_cb) },
  };
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (line), self->title);
  gtk_box_append (GTK_BOX (line), self->entry);
  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *button = side_draft_button_new (buttons[i].icon, _(buttons[i].name));

      g_signal_connect_object (button, "clicked", buttons[i].clicked, self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (line), button);
    }
  return line;
}

static void
make_editable (SideStepCard *self)
{
  self->entry = side_draft_entry_new (self->keeper, _("Title of the step"));
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("Title of the step"));
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (title_cb), self, G_CONNECT_SWAPPED);
  self->say = side_draft_text_new (self->keeper, _("What to say, word for word"));
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->say)), "changed", G_CALLBACK (say_cb), self,
                           G_CONNECT_SWAPPED);
  self->hint = side_draft_entry_new (self->keeper, _("What to mind"));
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->hint), _("What to mind"));
  g_signal_connect_object (self->hint, "changed", G_CALLBACK (hint_cb), self, G_CONNECT_SWAPPED);
  self->section = side_draft_choice_new (_("Section of the form that judges it"));
  gtk_widget_set_halign (self->section, GTK_ALIGN_START);
  g_signal_connect_object (self->section, "notify::selected", G_CALLBACK (section_cb), self, G_CONNECT_SWAPPED);
  self->branches = side_branches_editor_new (self->keeper, self->id);
  gtk_box_append (GTK_BOX (self->box), make_title_line (self));
  gtk_box_append (GTK_BOX (self->box), self->say);
  gtk_box_append (GTK_BOX (self->box), self->hint);
  gtk_box_append (GTK_BOX (self->box), self->branches);
  gtk_box_append (GTK_BOX (self->box), self->section);
}

static void
side_step_card_init (SideStepCard *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->box, "card");
  gtk_widget_add_css_class (self->box, "step-card");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->title = make_label ("heading");
}

/**
 * side_step_card_new:
 * @id: id of the step
 * @keeper: (nullable): of a draft; %NULL for what can only be read
 *
 * Returns: (transfer floating): a card that says nothing yet
 */
GtkWidget *
side_step_card_new (const char      *id,
                    SideDraftKeeper *keeper)
{
  SideStepCard *self = g_object_new (SIDE_TYPE_STEP_CARD, NULL);

  self->id = g_strdup (id);
  g_set_object (&self->keeper, keeper);
  self->showing = TRUE;
  if (keeper != NULL)
    make_editable (self);
  else
    make_readable (self);
  self->showing = FALSE;
  return GTK_WIDGET (self);
}

/**
 * side_step_card_get_id:
 * @self: a card
 *
 * Returns: (transfer none): id of its step
 */
const char *
side_step_card_get_id (SideStepCard *self)
{
  g_return_val_if_fail (SIDE_IS_STEP_CARD (self), NULL);
  return self->id;
}

/* ---- showing ---- */

static void
go_cb (SideStepCard *self,
       GtkWidget    *button)
{
  g_signal_emit (self, go_signal, 0, g_object_get_data (G_OBJECT (button), "step"));
}

static GtkWidget *
make_branch (SideStepCard     *self,
             const SideScript *script,
             const SideBranch *branch)
{
  g_autofree char *to = side_script_label_branch (script, branch);
  const char *when = branch->when != NULL && *branch->when != '\0' ? branch->when : _("in any other case");
  g_autofree char *words = g_strdup_printf ("%s → %s", when, to);
  gboolean leads = branch->step != NULL && side_script_find_step (script, branch->step) != NULL;
  GtkWidget *label = make_label (leads ? "script-branch" : "script-hint");
  GtkWidget *button;

  gtk_label_set_label (GTK_LABEL (label), words);
  if (!leads)
    return label;
  button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "step-branch");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "step", g_strdup (branch->step), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (go_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
show_readable (SideStepCard     *self,
               const SideScript *script,
               const SideStep   *step)
{
  const SideSection *section = step->section != NULL ? side_script_find_section (script, step->section) : NULL;
  g_autofree char *judged = NULL;

  if (section != NULL)
    /* Translators: a step of a conversation: the section of the form */
    judged = g_strdup_printf (_("judged by “%s”"), section->title);
  side_label_say (self->say, step->say);
  side_label_say (self->hint, step->hint);
  side_label_say (self->section, judged);
  side_clear_children (self->branches);
  for (guint i = 0; i < step->branches->len; i++)
    gtk_box_append (GTK_BOX (self->branches), make_branch (self, script, g_ptr_array_index (step->branches, i)));
  gtk_widget_set_visible (self->branches, step->branches->len > 0);
}

static void
show_editable (SideStepCard     *self,
               const SideScript *script,
               const SideStep   *step)
{
  g_autoptr (GPtrArray) sections = g_ptr_array_new_with_free_func (g_free);
  guint chosen = 0;

  side_draft_entry_show (self->entry, step->title);
  side_draft_text_show (self->say, step->say);
  side_draft_entry_show (self->hint, step->hint);
  g_ptr_array_add (sections, g_strdup (_("Judged by no section")));
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (script->sections, i);

      g_ptr_array_add (sections, g_strdup_printf (_("Judged by “%s”"), section->title));
      if (g_strcmp0 (section->id, step->section) == 0)
        chosen = i + 1;
    }
  g_ptr_array_add (sections, NULL);
  side_draft_choice_show (self->section, (const char *const *) sections->pdata, chosen);
  side_draft_lines_show (SIDE_DRAFT_LINES (self->branches), script);
}

/**
 * side_step_card_show:
 * @self: a card
 * @script: the script
 * @index: the step's place in it, from 0
 */
void
side_step_card_show (SideStepCard     *self,
                     const SideScript *script,
                     guint             index)
{
  const SideStep *step;
  g_autofree char *title = NULL;

  g_return_if_fail (SIDE_IS_STEP_CARD (self) && index < script->steps->len);

  step = g_ptr_array_index (script->steps, index);
  self->showing = TRUE;
  title = self->keeper != NULL ? g_strdup_printf ("%u.", index + 1) : g_strdup_printf (_("%u. %s"), index + 1, step->title);
  gtk_label_set_label (GTK_LABEL (self->title), title);
  if (self->keeper != NULL)
    show_editable (self, script, step);
  else
    show_readable (self, script, step);
  self->showing = FALSE;
}

/**
 * side_step_card_focus:
 * @self: a card
 *
 * Brings it into view; of a draft, with the cursor in its title.
 */
void
side_step_card_focus (SideStepCard *self)
{
  g_return_if_fail (SIDE_IS_STEP_CARD (self));

  if (self->entry != NULL)
    {
      gtk_widget_grab_focus (self->entry);
      return;
    }
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}
