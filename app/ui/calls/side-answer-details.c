/* side-answer-details.c - why an answer is as it is
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Below an answer that is less than a full mark: whose fault it is, what it
 * came from in the script's own words, the span that shows it, and a comment.
 * Each has a key; the row it stands in passes them on.
 */
#include "side-answer-details.h"

#include <glib/gi18n.h>

#include "side-wrap-layout.h"

#define PAUSE_MS  800
#define MAX_CHARS 2000   /* of a comment on one answer; with all of them under what a server takes */
#define N_CAUSES  4

static const struct { SideCause cause; guint key; } causes[N_CAUSES] = {
  { SIDE_CAUSE_OPERATOR, GDK_KEY_o }, { SIDE_CAUSE_SCRIPT, GDK_KEY_s }, { SIDE_CAUSE_SYSTEM, GDK_KEY_t },
  { SIDE_CAUSE_CUSTOMER, GDK_KEY_c },
};

struct _SideAnswerDetails
{
  GtkWidget   parent_instance;
  GtkWidget  *box;
  GtkWidget  *fault;              /* causes and details */
  GtkWidget  *caption;
  GtkWidget  *buttons[N_CAUSES];
  GPtrArray  *details;            /* of GtkToggleButton, not owned: the script's own causes */
  GtkWidget  *hint;               /* how a span is given */
  GtkWidget  *line;               /* of the comment and the span */
  GtkWidget  *mark;
  GtkWidget  *comment;
  SideAnswer *answer;             /* (nullable) */
  guint       pause_id;
  gboolean    editable;
  gboolean    possible;           /* there is a recording to mark a span in */
  gboolean    showing;            /* what is there is being set, not chosen */
};

G_DEFINE_FINAL_TYPE (SideAnswerDetails, side_answer_details, GTK_TYPE_WIDGET)

enum { SIGNAL_EDITED, SIGNAL_MARK, SIGNAL_LEFT, N_SIGNALS };
static guint signals[N_SIGNALS];

/**
 * side_cause_label:
 * @cause: whose fault it is
 *
 * Returns: (transfer none): the word for it
 */
const char *
side_cause_label (SideCause cause)
{
  switch (cause)
    {
    case SIDE_CAUSE_OPERATOR:
      return C_("cause", "Operator");
    case SIDE_CAUSE_SCRIPT:
      return C_("cause", "Script");
    case SIDE_CAUSE_SYSTEM:
      return C_("cause", "System");
    case SIDE_CAUSE_CUSTOMER:
      return C_("cause", "Customer");
    case SIDE_CAUSE_NONE:
    default:
      return C_("cause", "None");
    }
}

/**
 * side_answer_why_words:
 * @answer: an answer
 *
 * Returns: (transfer full) (nullable): whose fault it is, what it came from and
 *   what was said to it: "Operator · rushed · did not say it"; %NULL where
 *   nothing was
 */
char *
side_answer_why_words (const SideAnswer *answer)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  if (answer->cause != SIDE_CAUSE_NONE)
    g_ptr_array_add (parts, (gpointer) side_cause_label (answer->cause));
  if (answer->detail != NULL && *answer->detail != '\0')
    g_ptr_array_add (parts, answer->detail);
  if (answer->comment != NULL && *answer->comment != '\0')
    g_ptr_array_add (parts, answer->comment);
  if (parts->len == 0)
    return NULL;
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static void
side_answer_details_dispose (GObject *object)
{
  SideAnswerDetails *self = SIDE_ANSWER_DETAILS (object);

  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (side_answer_details_parent_class)->dispose (object);
}

static void
side_answer_details_finalize (GObject *object)
{
  SideAnswerDetails *self = SIDE_ANSWER_DETAILS (object);

  g_ptr_array_unref (self->details);
  g_clear_pointer (&self->answer, side_answer_free);
  G_OBJECT_CLASS (side_answer_details_parent_class)->finalize (object);
}

static void
side_answer_details_class_init (SideAnswerDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = SIDE_TYPE_ANSWER_DETAILS;

  G_OBJECT_CLASS (klass)->dispose = side_answer_details_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_answer_details_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_EDITED] = g_signal_new ("edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_MARK] = g_signal_new ("mark", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LEFT] = g_signal_new ("left", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
side_answer_details_init (SideAnswerDetails *self)
{
  self->details = g_ptr_array_new ();
  self->editable = TRUE;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/* What was chosen or written, told as a whole answer. */
static void
tell (SideAnswerDetails *self,
      SideCause          cause,
      const char        *detail)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->comment));
  SideAnswer *answer;

  if (self->answer == NULL)
    return;
  g_clear_handle_id (&self->pause_id, g_source_remove);
  answer = side_answer_copy (self->answer);
  answer->cause = cause;
  g_free (answer->detail);
  answer->detail = g_strdup (detail);
  g_free (answer->comment);
  answer->comment = *text != '\0' ? g_strdup (text) : NULL;
  g_signal_emit (self, signals[SIGNAL_EDITED], 0, answer);
  side_answer_free (answer);
}

static void
cause_toggled_cb (SideAnswerDetails *self,
                  GtkToggleButton   *button)
{
  SideCause cause = SIDE_CAUSE_NONE;

  if (self->showing)
    return;
  for (guint i = 0; i < N_CAUSES; i++)
    if (self->buttons[i] == GTK_WIDGET (button) && gtk_toggle_button_get_active (button))
      cause = causes[i].cause;
  tell (self, cause, self->answer != NULL ? self->answer->detail : NULL);
}

static void
detail_toggled_cb (SideAnswerDetails *self,
                   GtkToggleButton   *button)
{
  const char *word = gtk_toggle_button_get_active (button) ? g_object_get_data (G_OBJECT (button), "detail") : NULL;

  if (!self->showing && self->answer != NULL)
    tell (self, self->answer->cause, word);
}

static void
mark_clicked_cb (SideAnswerDetails *self)
{
  g_signal_emit (self, signals[SIGNAL_MARK], 0);
}

static gboolean
pause_cb (gpointer data)
{
  SideAnswerDetails *self = data;

  self->pause_id = 0;
  side_answer_details_flush (self);
  return G_SOURCE_REMOVE;
}

static void
comment_changed_cb (SideAnswerDetails *self)
{
  if (self->showing)
    return;
  g_clear_handle_id (&self->pause_id, g_source_remove);
  self->pause_id = g_timeout_add (PAUSE_MS, pause_cb, self);
}

static void
comment_activate_cb (SideAnswerDetails *self)
{
  side_answer_details_flush (self);
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

static GtkWidget *
new_pill (const char *label,
          const char *tooltip)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  gtk_widget_add_css_class (button, "answer");
  gtk_widget_add_css_class (button, "cause");
  gtk_widget_set_tooltip_text (button, tooltip);
  return button;
}

static GtkWidget *
new_line (void)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (line, side_wrap_layout_new (4));
  return line;
}

static GtkWidget *
new_caption (const char *words)
{
  GtkWidget *caption = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_label_set_wrap (GTK_LABEL (caption), TRUE);
  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "dim-label");
  return caption;
}

static void
add_own_causes (SideAnswerDetails   *self,
                const SideCriterion *criterion)
{
  GtkWidget *line = new_line ();

  for (guint i = 0; i < criterion->causes->len; i++)
    {
      const char *word = g_ptr_array_index (criterion->causes, i);
      GtkWidget *button = new_pill (word, _("What it came from (D: the next one)"));

      gtk_widget_add_css_class (button, "detail");
      gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
      g_object_set_data_full (G_OBJECT (button), "detail", g_strdup (word), g_free);
      g_signal_connect_object (button, "toggled", G_CALLBACK (detail_toggled_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->details, button);
      gtk_box_append (GTK_BOX (line), button);
    }
  gtk_box_append (GTK_BOX (self->fault), line);
}

static void
add_causes (SideAnswerDetails   *self,
            const SideCriterion *criterion)
{
  GtkWidget *parties = new_line ();
  static const char *const hints[N_CAUSES] = {
    N_("The operator did it wrong (O)"), N_("The script asks for the wrong thing (S)"),
    N_("A program or the line failed (T)"), N_("The customer made it impossible (C)"),
  };

  self->fault = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  /* Translators: the letters are keys and stay as they are */
  self->caption = new_caption (_("Cause (O, S, T, C)"));
  gtk_box_append (GTK_BOX (self->fault), self->caption);
  gtk_box_append (GTK_BOX (self->fault), parties);
  for (guint i = 0; i < N_CAUSES; i++)
    {
      self->buttons[i] = new_pill (side_cause_label (causes[i].cause), _(hints[i]));
      g_signal_connect_object (self->buttons[i], "toggled", G_CALLBACK (cause_toggled_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (parties), self->buttons[i]);
    }
  if (criterion->causes->len > 0)
    add_own_causes (self, criterion);
  gtk_box_append (GTK_BOX (self->box), self->fault);
}

static void
add_comment (SideAnswerDetails *self)
{
  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  /* Translators: E and Enter are keys and stay as they are */
  self->hint = new_caption (_("Span: E begins, E ends, Enter goes on"));
  self->comment = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->comment), MAX_CHARS);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->comment), _("Comment (W)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->comment), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Comment on the answer"), -1);
  gtk_widget_add_css_class (self->comment, "answer-comment");
  gtk_widget_set_hexpand (self->comment, TRUE);
  g_signal_connect_object (self->comment, "changed", G_CALLBACK (comment_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->comment, "activate", G_CALLBACK (comment_activate_cb), self, G_CONNECT_SWAPPED);
  self->mark = gtk_button_new ();
  gtk_widget_add_css_class (self->mark, "evidence");
  g_signal_connect_object (self->mark, "clicked", G_CALLBACK (mark_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->line), self->comment);
  gtk_box_append (GTK_BOX (self->line), self->mark);
  gtk_box_append (GTK_BOX (self->box), self->hint);
  gtk_box_append (GTK_BOX (self->box), self->line);
}

/* What is sealed has no room for what was not written. */
static void
show_line (SideAnswerDetails *self)
{
  gboolean comment = self->editable || *gtk_editable_get_text (GTK_EDITABLE (self->comment)) != '\0';

  gtk_widget_set_visible (self->comment, comment);
  gtk_widget_set_visible (self->mark, self->editable && self->possible);
  gtk_widget_set_visible (self->line, comment || (self->editable && self->possible));
}

/**
 * side_answer_details_new:
 * @criterion: the question
 *
 * Returns: details of no answer
 */
GtkWidget *
side_answer_details_new (const SideCriterion *criterion)
{
  SideAnswerDetails *self = g_object_new (SIDE_TYPE_ANSWER_DETAILS, NULL);

  add_causes (self, criterion);
  add_comment (self);
  side_answer_details_set_marking (self, FALSE, FALSE, FALSE);
  return GTK_WIDGET (self);
}

/**
 * side_answer_details_set_answer:
 * @self: details
 * @answer: the answer that stands
 * @fault: whether it is one that needs a cause
 *
 * What is being typed stays.
 */
void
side_answer_details_set_answer (SideAnswerDetails *self,
                                const SideAnswer  *answer,
                                gboolean           fault)
{
  const char *comment = answer->comment != NULL ? answer->comment : "";

  g_return_if_fail (SIDE_IS_ANSWER_DETAILS (self));

  g_clear_pointer (&self->answer, side_answer_free);
  self->answer = side_answer_copy (answer);
  self->showing = TRUE;
  gtk_widget_set_visible (self->fault, fault);
  for (guint i = 0; i < N_CAUSES; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[i]), causes[i].cause == answer->cause);
  for (guint i = 0; i < self->details->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (self->details, i);

      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button),
                                    g_strcmp0 (g_object_get_data (G_OBJECT (button), "detail"), answer->detail) == 0);
    }
  if (self->pause_id == 0 && !g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->comment)), comment))
    gtk_editable_set_text (GTK_EDITABLE (self->comment), comment);
  self->showing = FALSE;
  show_line (self);
}

/**
 * side_answer_details_set_editable:
 * @self: details
 * @editable: whether anything can be chosen or written
 */
void
side_answer_details_set_editable (SideAnswerDetails *self,
                                  gboolean           editable)
{
  g_return_if_fail (SIDE_IS_ANSWER_DETAILS (self));

  for (guint i = 0; i < N_CAUSES; i++)
    gtk_widget_set_sensitive (self->buttons[i], editable);
  for (guint i = 0; i < self->details->len; i++)
    gtk_widget_set_sensitive (g_ptr_array_index (self->details, i), editable);
  gtk_editable_set_editable (GTK_EDITABLE (self->comment), editable);
  gtk_label_set_label (GTK_LABEL (self->caption), editable ? _("Cause (O, S, T, C)") : C_("caption", "Cause"));
  self->editable = editable;
  show_line (self);
}

/**
 * side_answer_details_set_marking:
 * @self: details
 * @possible: whether there is a recording to mark a span in
 * @begun: whether the span was begun and its end is waited for
 * @wanted: whether it is asked for, or waited for
 */
void
side_answer_details_set_marking (SideAnswerDetails *self,
                                 gboolean           possible,
                                 gboolean           begun,
                                 gboolean           wanted)
{
  g_return_if_fail (SIDE_IS_ANSWER_DETAILS (self));

  self->possible = possible;
  show_line (self);
  gtk_widget_set_visible (self->hint, wanted);
  gtk_button_set_label (GTK_BUTTON (self->mark), begun ? _("End span (E)") : _("Span (E)"));
  gtk_widget_set_tooltip_text (self->mark, begun ? _("It ends where the recording is now")
                                                 : _("What shows it begins where the recording is now"));
}

static gboolean
press_detail (SideAnswerDetails *self)
{
  guint next = 0;

  if (self->details->len == 0)
    return FALSE;
  for (guint i = 0; i < self->details->len; i++)
    if (gtk_toggle_button_get_active (g_ptr_array_index (self->details, i)))
      next = i + 1;
  tell (self, self->answer->cause, next < self->details->len
                                     ? g_object_get_data (g_ptr_array_index (self->details, next), "detail") : NULL);
  return TRUE;
}

/**
 * side_answer_details_press:
 * @self: details of a fault
 * @keyval: a key: o, s, t and c are causes, d the next of the script's own
 *
 * Returns: whether it was one of them
 */
gboolean
side_answer_details_press (SideAnswerDetails *self,
                           guint              keyval)
{
  g_return_val_if_fail (SIDE_IS_ANSWER_DETAILS (self), FALSE);

  if (self->answer == NULL || !gtk_widget_get_visible (self->fault) || !gtk_widget_get_sensitive (self->buttons[0]))
    return FALSE;
  if (keyval == GDK_KEY_d)
    return press_detail (self);
  for (guint i = 0; i < N_CAUSES; i++)
    if (keyval == causes[i].key)
      {
        tell (self, causes[i].cause, self->answer->detail);
        return TRUE;
      }
  return FALSE;
}

/**
 * side_answer_details_write:
 * @self: details
 *
 * The keyboard goes to the comment.
 */
void
side_answer_details_write (SideAnswerDetails *self)
{
  g_return_if_fail (SIDE_IS_ANSWER_DETAILS (self));
  gtk_widget_grab_focus (self->comment);
}

/**
 * side_answer_details_flush:
 * @self: details
 *
 * Tells at once what was typed a moment ago.
 */
void
side_answer_details_flush (SideAnswerDetails *self)
{
  const char *text;

  g_return_if_fail (SIDE_IS_ANSWER_DETAILS (self));

  g_clear_handle_id (&self->pause_id, g_source_remove);
  text = gtk_editable_get_text (GTK_EDITABLE (self->comment));
  if (self->answer != NULL && !g_str_equal (text, self->answer->comment != NULL ? self->answer->comment : ""))
    tell (self, self->answer->cause, self->answer->detail);
}
