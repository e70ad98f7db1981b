/* side-scenario-form.c - a scenario to be edited
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every field writes into the scenario through its keeper, which saves it and
 * takes it back. What is a list in it has an editor of its own.
 */
#include "side-scenario-form.h"

#include <glib/gi18n.h>

#include "side-draft-fields.h"
#include "side-format.h"
#include "side-scenario-hours.h"
#include "side-scenario-parts.h"
#include "side-script-labels.h"
#include "side-text.h"

typedef enum { TYPE_LINE, TYPE_TEXT, TYPE_DURATION, TYPE_ZONE } FieldType;

#define ZONE 6   /* in fields: it stands below the hours it is of */

/* @section: 0 who calls, 1 where to, 2 what is measured */
static const struct {
  const char *name;
  const char *title;
  FieldType   type;
  int         section;
  gsize       offset;
} fields[] = {
  { "title", N_("Title"), TYPE_LINE, 0, G_STRUCT_OFFSET (SideScenario, title) },
  { "persona", N_("Who you are"), TYPE_LINE, 0, G_STRUCT_OFFSET (SideScenario, persona) },
  { "history", N_("What happened before"), TYPE_TEXT, 0, G_STRUCT_OFFSET (SideScenario, history) },
  { "goal", N_("What you want"), TYPE_TEXT, 0, G_STRUCT_OFFSET (SideScenario, goal) },
  { "note", N_("What it is good for"), TYPE_TEXT, 0, G_STRUCT_OFFSET (SideScenario, note) },
  { "number", N_("Number"), TYPE_LINE, 1, G_STRUCT_OFFSET (SideScenario, number) },
  { "zone", N_("In the time zone"), TYPE_ZONE, 1, G_STRUCT_OFFSET (SideScenario, time_zone) },
  { "ring", N_("Answered within"), TYPE_DURATION, 2, G_STRUCT_OFFSET (SideScenario, limits.ring_ms) },
  { "menu", N_("Menu, at most"), TYPE_DURATION, 2, G_STRUCT_OFFSET (SideScenario, limits.menu_ms) },
  { "queue-limit", N_("Waiting for a person, at most"), TYPE_DURATION, 2, G_STRUCT_OFFSET (SideScenario, limits.queue_ms) },
  { "talk", N_("Talking, at most"), TYPE_DURATION, 2, G_STRUCT_OFFSET (SideScenario, limits.talk_ms) },
  { "callback", N_("A call back is promised within"), TYPE_DURATION, 2, G_STRUCT_OFFSET (SideScenario, callback_ms) },
};

static const char *const languages[] = { NULL, "en", "ru" };

struct _SideScenarioForm
{
  AdwBin           parent_instance;
  SideScenarios   *shelf;
  SideDraftKeeper *keeper;
  GtkWidget       *grids[3];
  int              rows[3];
  GtkWidget       *widgets[G_N_ELEMENTS (fields)];
  GtkWidget       *language;
  GtkWidget       *queue;
  GtkWidget       *hours;
  GtkWidget       *script;
  GtkWidget       *robot;
  GtkWidget       *parts[SIDE_N_PARTS];
  gboolean         showing;
};

G_DEFINE_FINAL_TYPE (SideScenarioForm, side_scenario_form, ADW_TYPE_BIN)

static void
side_scenario_form_dispose (GObject *object)
{
  SideScenarioForm *self = SIDE_SCENARIO_FORM (object);

  self->showing = TRUE;
  if (self->keeper != NULL)
    g_signal_handlers_disconnect_by_data (self->keeper, self);
  if (self->shelf != NULL)
    g_signal_handlers_disconnect_by_data (self->shelf, self);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->keeper);
  g_clear_object (&self->shelf);
  G_OBJECT_CLASS (side_scenario_form_parent_class)->dispose (object);
}

static void
side_scenario_form_class_init (SideScenarioFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_scenario_form_dispose;
}

static const SideProject *
project_of (SideScenarioForm *self)
{
  SideDesk *desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->shelf));

  return desk != NULL ? side_desk_get_project (desk) : NULL;
}

/* ---- into the scenario ---- */

/* @draft: (transfer full) */
static void
put (SideScenarioForm *self,
     SideScenario     *draft,
     const char       *field)
{
  SideDesk *desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->shelf));

  if (desk != NULL)
    draft->changed_ms = side_desk_get_write_ms (desk);
  side_draft_keeper_put (self->keeper, draft, _("scenario changed"), field);
}

/* Returns: whether it says something else now */
static gboolean
take (SideScenarioForm *self,
      guint             index,
      SideScenario     *draft)
{
  GtkWidget *widget = self->widgets[index];
  g_autofree char *text = GTK_IS_TEXT_VIEW (widget) ? side_draft_text_dup (widget)
                                                    : g_strdup (gtk_editable_get_text (GTK_EDITABLE (widget)));
  gint64 *slot, ms = 0;

  if (fields[index].type != TYPE_DURATION)
    return side_draft_text_replace (&G_STRUCT_MEMBER (char *, draft, fields[index].offset), text);
  slot = &G_STRUCT_MEMBER (gint64, draft, fields[index].offset);
  if ((*text != '\0' && !side_text_parse_duration (text, &ms)) || ms == *slot)
    return FALSE;
  *slot = ms;
  return TRUE;
}

static void
edited_cb (SideScenarioForm *self,
           GObject          *source)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (source, "field"));
  g_autoptr (SideScenario) draft = NULL;

  if (self->showing)
    return;
  draft = side_draft_keeper_begin (self->keeper);
  if (take (self, index, draft))
    put (self, g_steal_pointer (&draft), fields[index].name);
}

static void
language_cb (SideScenarioForm *self)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->language));
  g_autoptr (SideScenario) draft = NULL;

  if (self->showing || chosen >= G_N_ELEMENTS (languages))
    return;
  draft = side_draft_keeper_begin (self->keeper);
  if (side_draft_text_replace (&draft->language, languages[chosen] != NULL ? languages[chosen] : ""))
    put (self, g_steal_pointer (&draft), NULL);
}

static void
queue_cb (SideScenarioForm *self)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->queue));
  const SideProject *project = project_of (self);
  const SideQueue *queue = project != NULL && chosen > 0 && chosen <= project->queues->len ? project->queues->pdata[chosen - 1] : NULL;
  g_autoptr (SideScenario) draft = NULL;

  if (self->showing || chosen == GTK_INVALID_LIST_POSITION || (chosen > 0 && queue == NULL))
    return;
  draft = side_draft_keeper_begin (self->keeper);
  if (side_draft_text_replace (&draft->queue, queue != NULL ? queue->id : ""))
    put (self, g_steal_pointer (&draft), NULL);
}

static void
script_cb (SideScenarioForm *self)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->script));
  GPtrArray *scripts = side_scenarios_get_scripts (self->shelf);
  const SideScript *script = chosen > 0 && chosen <= scripts->len ? scripts->pdata[chosen - 1] : NULL;
  g_autoptr (SideScenario) draft = NULL;

  if (self->showing || chosen == GTK_INVALID_LIST_POSITION || chosen > scripts->len)
    return;
  draft = side_draft_keeper_begin (self->keeper);
  if (!side_draft_text_replace (&draft->script, script != NULL ? script->id : ""))
    return;
  draft->script_version = 0;
  put (self, g_steal_pointer (&draft), NULL);
}

static void
hours_cb (SideScenarioForm *self)
{
  g_autoptr (SideScenario) draft = side_draft_keeper_begin (self->keeper);

  side_scenario_hours_get (SIDE_SCENARIO_HOURS (self->hours), &draft->hours);
  put (self, g_steal_pointer (&draft), "hours");
}

static void
robot_cb (SideScenarioForm *self)
{
  g_autoptr (SideScenario) draft = NULL;

  if (self->showing)
    return;
  draft = side_draft_keeper_begin (self->keeper);
  draft->robot = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->robot));
  put (self, g_steal_pointer (&draft), NULL);
}

/* ---- showing ---- */

static void
show_field (SideScenarioForm   *self,
            guint               index,
            const SideScenario *scenario)
{
  GtkWidget *widget = self->widgets[index];
  gint64 ms, now_ms = 0;

  if (fields[index].type == TYPE_TEXT)
    side_draft_text_show (widget, G_STRUCT_MEMBER (char *, scenario, fields[index].offset));
  else if (fields[index].type != TYPE_DURATION)
    side_draft_entry_show (widget, G_STRUCT_MEMBER (char *, scenario, fields[index].offset));
  if (fields[index].type != TYPE_DURATION)
    return;
  ms = G_STRUCT_MEMBER (gint64, scenario, fields[index].offset);
  /* "20" and "0:20" are the same to whoever types: only another time is put there. */
  if (!side_text_parse_duration (gtk_editable_get_text (GTK_EDITABLE (widget)), &now_ms) || now_ms != ms)
    {
      g_autofree char *words = ms > 0 ? side_text_duration (ms) : g_strdup ("");

      side_draft_entry_show (widget, words);
    }
}

static void
show_queues (SideScenarioForm   *self,
             const SideScenario *scenario)
{
  const SideProject *project = project_of (self);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  guint chosen = 0;

  g_ptr_array_add (words, g_strdup (_("Any queue")));
  for (guint i = 0; project != NULL && i < project->queues->len; i++)
    {
      const SideQueue *queue = project->queues->pdata[i];

      g_ptr_array_add (words, g_strdup (side_format_queue_name (project, queue->id)));
      if (g_strcmp0 (queue->id, scenario->queue) == 0)
        chosen = i + 1;
    }
  /* One of another project, or that is gone: it is shown, and stays while nobody chooses. */
  if (chosen == 0 && scenario->queue != NULL)
    {
      g_ptr_array_add (words, g_strdup (scenario->queue));
      chosen = words->len - 1;
    }
  g_ptr_array_add (words, NULL);
  side_draft_choice_show (self->queue, (const char *const *) words->pdata, chosen);
}

static void
show_scripts (SideScenarioForm   *self,
              const SideScenario *scenario)
{
  GPtrArray *scripts = side_scenarios_get_scripts (self->shelf);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  guint chosen = 0;

  g_ptr_array_add (words, g_strdup (_("No script")));
  for (guint i = 0; i < scripts->len; i++)
    {
      const SideScript *script = scripts->pdata[i];

      g_ptr_array_add (words, g_strdup (side_script_label_title (script)));
      if (g_strcmp0 (script->id, scenario->script) == 0)
        chosen = i + 1;
    }
  if (chosen == 0 && scenario->script != NULL)
    {
      g_ptr_array_add (words, g_strdup (_("A script that is not here")));
      chosen = words->len - 1;
    }
  g_ptr_array_add (words, NULL);
  side_draft_choice_show (self->script, (const char *const *) words->pdata, chosen);
}

static void
show_language (SideScenarioForm   *self,
               const SideScenario *scenario)
{
  const char *words[] = { _("Any language"), "English", "Русский", NULL, NULL };
  guint chosen = 0;

  for (guint i = 1; i < G_N_ELEMENTS (languages); i++)
    if (g_strcmp0 (languages[i], scenario->language) == 0)
      chosen = i;
  if (chosen == 0 && scenario->language != NULL)
    {
      words[G_N_ELEMENTS (languages)] = scenario->language;
      chosen = G_N_ELEMENTS (languages);
    }
  side_draft_choice_show (self->language, words, chosen);
}

static void
show_all (SideScenarioForm *self)
{
  const SideScenario *scenario = side_draft_keeper_get (self->keeper);

  self->showing = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    show_field (self, i, scenario);
  show_language (self, scenario);
  show_queues (self, scenario);
  show_scripts (self, scenario);
  side_scenario_hours_show (SIDE_SCENARIO_HOURS (self->hours), &scenario->hours);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->robot), scenario->robot);
  for (guint i = 0; i < SIDE_N_PARTS; i++)
    side_scenario_parts_show (SIDE_SCENARIO_PARTS (self->parts[i]), scenario);
  self->showing = FALSE;
}

/* ---- making ---- */

static void
add_row (SideScenarioForm *self,
         int               section,
         const char       *title,
         GtkWidget        *widget)
{
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 18);
  gtk_label_set_width_chars (GTK_LABEL (label), 18);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_grid_attach (GTK_GRID (self->grids[section]), label, 0, self->rows[section], 1, 1);
  gtk_grid_attach (GTK_GRID (self->grids[section]), widget, 1, self->rows[section], 1, 1);
  self->rows[section]++;
}

static void
add_field (SideScenarioForm *self,
           guint             index)
{
  gboolean text = fields[index].type == TYPE_TEXT;
  GtkWidget *widget = text ? side_draft_text_new (self->keeper, _(fields[index].title))
                           : side_draft_entry_new (self->keeper, _(fields[index].title));
  GObject *source = text ? G_OBJECT (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget))) : G_OBJECT (widget);

  if (fields[index].type == TYPE_DURATION)
    {
      gtk_entry_set_placeholder_text (GTK_ENTRY (widget), _("any time"));
      gtk_widget_set_tooltip_text (widget, _("Seconds, or minutes and seconds: 20, 1:30"));
    }
  else if (fields[index].type == TYPE_ZONE)
    {
      gtk_entry_set_placeholder_text (GTK_ENTRY (widget), _("the project’s"));
      gtk_widget_set_tooltip_text (widget, _("Where the hours are counted, as Europe/Moscow; empty: in the project’s time zone"));
    }
  g_object_set_data (source, "field", GUINT_TO_POINTER (index));
  g_signal_connect_object (source, "changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  self->widgets[index] = widget;
  add_row (self, fields[index].section, _(fields[index].title), widget);
}

static GtkWidget *
add_choice (SideScenarioForm *self,
            int               section,
            const char       *title,
            GCallback         callback)
{
  GtkWidget *choice = side_draft_choice_new (title);

  gtk_widget_set_halign (choice, GTK_ALIGN_START);
  g_signal_connect_object (choice, "notify::selected", callback, self, G_CONNECT_SWAPPED);
  add_row (self, section, title, choice);
  return choice;
}

static void
add_section (SideScenarioForm *self,
             GtkWidget        *content,
             int               section,
             const char       *title)
{
  GtkWidget *heading = gtk_label_new (title);

  self->grids[section] = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grids[section]), 8);
  gtk_grid_set_column_spacing (GTK_GRID (self->grids[section]), 12);
  gtk_widget_add_css_class (self->grids[section], "card");
  gtk_widget_add_css_class (self->grids[section], "step-card");
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_box_append (GTK_BOX (content), heading);
  gtk_box_append (GTK_BOX (content), self->grids[section]);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].section == section && i != ZONE)
      add_field (self, i);
}

static void
add_parts (SideScenarioForm *self,
           GtkWidget        *content,
           SideParts         parts)
{
  self->parts[parts] = side_scenario_parts_new (parts, self->keeper);
  gtk_box_append (GTK_BOX (content), self->parts[parts]);
}

static void
fill (SideScenarioForm *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *clamp = adw_clamp_new (), *scrolled = gtk_scrolled_window_new ();

  gtk_widget_add_css_class (content, "script-content");
  add_section (self, content, 0, _("Who calls"));
  self->language = add_choice (self, 0, _("Language"), G_CALLBACK (language_cb));
  add_section (self, content, 1, _("Where to, and when"));
  self->queue = add_choice (self, 1, _("Queue it should reach"), G_CALLBACK (queue_cb));
  self->hours = side_scenario_hours_new ();
  g_signal_connect_object (self->hours, "changed", G_CALLBACK (hours_cb), self, G_CONNECT_SWAPPED);
  add_row (self, 1, _("When to call"), self->hours);
  add_field (self, ZONE);
  add_parts (self, content, SIDE_PARTS_STEPS);
  add_parts (self, content, SIDE_PARTS_FACTS);
  add_parts (self, content, SIDE_PARTS_KEYS);
  add_parts (self, content, SIDE_PARTS_PROMPTS);
  add_section (self, content, 2, _("What is measured"));
  self->script = add_choice (self, 2, _("Script to score with"), G_CALLBACK (script_cb));
  self->robot = gtk_check_button_new_with_label (_("The computer can call by itself: nobody has to talk"));
  g_signal_connect_object (self->robot, "toggled", G_CALLBACK (robot_cb), self, G_CONNECT_SWAPPED);
  gtk_grid_attach (GTK_GRID (self->grids[2]), self->robot, 0, self->rows[2], 2, 1);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 760);
  adw_clamp_set_child (ADW_CLAMP (clamp), content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

static void
side_scenario_form_init (SideScenarioForm *self)
{
}

/**
 * side_scenario_form_new:
 * @shelf: whose scripts can be chosen
 * @keeper: of a scenario on it
 *
 * Returns: (transfer floating): a form that follows the scenario
 */
GtkWidget *
side_scenario_form_new (SideScenarios   *shelf,
                        SideDraftKeeper *keeper)
{
  SideScenarioForm *self = g_object_new (SIDE_TYPE_SCENARIO_FORM, NULL);

  self->shelf = g_object_ref (shelf);
  self->keeper = g_object_ref (keeper);
  self->showing = TRUE;
  fill (self);
  show_all (self);
  g_signal_connect_object (keeper, "changed", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (shelf, "changed", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * side_scenario_form_get_field:
 * @self: a form
 * @name: "title", "persona", "history", "goal", "note", "number", "ring", "menu", "queue-limit",
 *   "talk", "callback" or "zone"; "steps", "facts", "keys" or "prompts"
 *
 * Returns: (transfer none) (nullable): where it is edited
 */
GtkWidget *
side_scenario_form_get_field (SideScenarioForm *self,
                              const char       *name)
{
  static const char *const lists[] = { "steps", "facts", "prompts", "keys" };

  g_return_val_if_fail (SIDE_IS_SCENARIO_FORM (self), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_strcmp0 (fields[i].name, name) == 0)
      return self->widgets[i];
  for (guint i = 0; i < SIDE_N_PARTS; i++)
    if (g_strcmp0 (lists[i], name) == 0)
      return self->parts[i];
  return NULL;
}

/**
 * side_scenario_form_edit_title:
 * @self: a form
 *
 * Puts the cursor into the title.
 */
void
side_scenario_form_edit_title (SideScenarioForm *self)
{
  g_return_if_fail (SIDE_IS_SCENARIO_FORM (self));
  gtk_widget_grab_focus (self->widgets[0]);
}

/* Returns: where the part with that id stands; G_MAXUINT when it is not there */
static guint
find_part (const SideScenario *scenario,
           SideParts           parts,
           const char         *id)
{
  GPtrArray *list = side_scenario_parts_list (scenario, parts);

  for (guint i = 0; i < list->len; i++)
    /* The first member of each of them is what findings name it by. */
    if (g_strcmp0 (*(char **) list->pdata[i], id) == 0)
      return i;
  return G_MAXUINT;
}

/**
 * side_scenario_form_reveal:
 * @self: a form
 * @part: (nullable): of a finding: "step", "fact", "key", "prompt" or "limit"
 * @id: (nullable): of that part
 *
 * Puts the cursor where it can be mended.
 */
void
side_scenario_form_reveal (SideScenarioForm *self,
                           const char       *part,
                           const char       *id)
{
  static const struct { const char *part; SideParts parts; } lists[] = {
    { "step", SIDE_PARTS_STEPS }, { "fact", SIDE_PARTS_FACTS }, { "prompt", SIDE_PARTS_PROMPTS }, { "key", SIDE_PARTS_KEYS },
  };
  GtkWidget *field;

  g_return_if_fail (SIDE_IS_SCENARIO_FORM (self));

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (g_strcmp0 (lists[i].part, part) == 0)
      side_scenario_parts_focus (SIDE_SCENARIO_PARTS (self->parts[lists[i].parts]),
                                 find_part (side_draft_keeper_get (self->keeper), lists[i].parts, id));
  if (g_strcmp0 (part, "limit") == 0)
    {
      field = side_scenario_form_get_field (self, g_strcmp0 (id, "queue") == 0 ? "queue-limit" : id);
      if (field != NULL)
        gtk_widget_grab_focus (field);
    }
}
