/* side-scenario-parts.c - the steps, facts, prompts or keys of a scenario, to be edited
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A card for each, with a field for each of its texts. Cards stay where they
 * are and say what stands at their place; moving one is a change of the
 * scenario like any other, by dragging, by a button or by Alt and an arrow.
 */
#include "side-scenario-parts.h"

#include <glib/gi18n.h>

#include "side-draft-fields.h"
#include "side-scenario-sound.h"
#include "side-step-line.h"
#include "side-text.h"

#define MAX_FIELDS 4

typedef enum { FIELD_LINE, FIELD_TEXT, FIELD_NEEDED, FIELD_SECONDS } FieldKind;

typedef struct {
  const char *title;
  FieldKind   kind;
  gsize       offset;
} Field;

/* The words are not translated yet. */
typedef struct {
  const char *title;
  const char *hint;
  const char *add;
  const char *added;
  const char *changed;
  const char *moved;
  const char *removed;
  const char *name;    /* of a card, before its number */
  guint       max;
  gsize       offset;  /* of the array in SideScenario */
  Field       fields[MAX_FIELDS];
} Kind;

static const Kind kinds[SIDE_N_PARTS] = {
  [SIDE_PARTS_STEPS] = {
    N_("What to say"), NULL, N_("Add Step"), N_("step added"), N_("step changed"), N_("step moved"), N_("step removed"), N_("Step"),
    SIDE_SCENARIO_MAX_STEPS, G_STRUCT_OFFSET (SideScenario, steps),
    { { N_("What to say"), FIELD_TEXT, G_STRUCT_OFFSET (SideScenarioStep, say) },
      { N_("Must not be said up to here"), FIELD_LINE, G_STRUCT_OFFSET (SideScenarioStep, must_not) },
      { N_("What a good operator does then"), FIELD_LINE, G_STRUCT_OFFSET (SideScenarioStep, expect) },
      { N_("When: “If refused”, “Only if asked”"), FIELD_LINE, G_STRUCT_OFFSET (SideScenarioStep, branch) } } },
  [SIDE_PARTS_FACTS] = {
    N_("Facts they must know"), N_("The right answers are for the caller alone."), N_("Add Fact"), N_("fact added"), N_("fact changed"),
    N_("fact moved"), N_("fact removed"), N_("Fact"),
    SIDE_SCENARIO_MAX_FACTS, G_STRUCT_OFFSET (SideScenario, facts),
    { { N_("Question"), FIELD_LINE, G_STRUCT_OFFSET (SideScenarioFact, question) },
      { N_("Right answer"), FIELD_LINE, G_STRUCT_OFFSET (SideScenarioFact, answer) },
      { N_("What else counts as right, or where it stands"), FIELD_LINE, G_STRUCT_OFFSET (SideScenarioFact, note) } } },
  [SIDE_PARTS_PROMPTS] = {
    N_("Announcements"), N_("What the line should say by itself: greeting, menu, place in the queue."), N_("Add Announcement"),
    N_("announcement added"), N_("announcement changed"), N_("announcement moved"), N_("announcement removed"), N_("Announcement"),
    SIDE_SCENARIO_MAX_PROMPTS, G_STRUCT_OFFSET (SideScenario, prompts),
    { { N_("Name"), FIELD_NEEDED, G_STRUCT_OFFSET (SideScenarioPrompt, name) },
      { N_("Its words"), FIELD_TEXT, G_STRUCT_OFFSET (SideScenarioPrompt, text) } } },
  [SIDE_PARTS_KEYS] = {
    N_("Way through the menu"), NULL, N_("Add Keys"), N_("keys added"), N_("keys changed"), N_("keys moved"), N_("keys removed"), N_("Keys"),
    SIDE_SCENARIO_MAX_KEYS, G_STRUCT_OFFSET (SideScenario, keys),
    { { N_("Keys to press"), FIELD_NEEDED, G_STRUCT_OFFSET (SideScenarioKey, keys) },
      { N_("After which announcement; empty: after the answer, or the keys before"), FIELD_LINE, G_STRUCT_OFFSET (SideScenarioKey, prompt) },
      { N_("Seconds after that"), FIELD_SECONDS, G_STRUCT_OFFSET (SideScenarioKey, after_ms) } } },
};

struct _SideScenarioParts
{
  AdwBin           parent_instance;
  SideParts        parts;
  SideDraftKeeper *keeper;
  GtkWidget       *cards;
  GtkWidget       *adder;
  gboolean         showing;
};

G_DEFINE_FINAL_TYPE (SideScenarioParts, side_scenario_parts, ADW_TYPE_BIN)

static void
side_scenario_parts_dispose (GObject *object)
{
  SideScenarioParts *self = SIDE_SCENARIO_PARTS (object);

  self->showing = TRUE;   /* what an emptied field says is nobody's wish */
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->keeper);
  G_OBJECT_CLASS (side_scenario_parts_parent_class)->dispose (object);
}

static void
side_scenario_parts_class_init (SideScenarioPartsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_scenario_parts_dispose;
}

/**
 * side_scenario_parts_list:
 * @scenario: a scenario
 * @parts: which of its parts
 *
 * Returns: (transfer none): them
 */
GPtrArray *
side_scenario_parts_list (const SideScenario *scenario,
                          SideParts           parts)
{
  g_return_val_if_fail (scenario != NULL && parts < SIDE_N_PARTS, NULL);
  return G_STRUCT_MEMBER (GPtrArray *, scenario, kinds[parts].offset);
}

static const Kind *
kind_of (SideScenarioParts *self)
{
  return &kinds[self->parts];
}

static guint
number_of (gpointer object,
           const char *key)
{
  return GPOINTER_TO_UINT (g_object_get_data (object, key));
}

static GtkWidget *
card_at (SideScenarioParts *self,
         guint              index)
{
  GtkWidget *card = gtk_widget_get_first_child (self->cards);

  while (card != NULL && index-- > 0)
    card = gtk_widget_get_next_sibling (card);
  return card;
}

static guint
index_of (GtkWidget *card)
{
  guint index = 0;

  while ((card = gtk_widget_get_prev_sibling (card)) != NULL)
    index++;
  return index;
}

static GtkWidget *
field_of (GtkWidget *card,
          guint      field)
{
  g_autofree char *key = g_strdup_printf ("field %u", field);

  return g_object_get_data (G_OBJECT (card), key);
}

/* ---- into the scenario ---- */

static char *
text_in (GtkWidget *field)
{
  return GTK_IS_TEXT_VIEW (field) ? side_draft_text_dup (field) : g_strdup (gtk_editable_get_text (GTK_EDITABLE (field)));
}

/* Returns: whether it says something else now; what cannot be kept is not taken */
static gboolean
take (const Field *field,
      gpointer     part,
      const char  *text)
{
  gint64 *slot, ms = 0;

  if (field->kind != FIELD_SECONDS)
    return (field->kind != FIELD_NEEDED || *text != '\0')
           && side_draft_text_replace (&G_STRUCT_MEMBER (char *, part, field->offset), text);
  slot = &G_STRUCT_MEMBER (gint64, part, field->offset);
  if ((*text != '\0' && !side_text_parse_duration (text, &ms)) || ms == *slot)
    return FALSE;
  *slot = ms;
  return TRUE;
}

static void
edited_cb (SideScenarioParts *self,
           GtkWidget         *widget)
{
  g_autoptr (SideScenario) draft = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  GtkWidget *card;
  GPtrArray *list;
  guint index, field;

  if (self->showing)
    return;
  card = g_object_get_data (G_OBJECT (widget), "card");
  index = index_of (card);
  field = number_of (widget, "field");
  draft = side_draft_keeper_begin (self->keeper);
  list = side_scenario_parts_list (draft, self->parts);
  text = text_in (widget);
  if (index >= list->len || !take (&kind_of (self)->fields[field], list->pdata[index], text))
    return;
  name = g_strdup_printf ("part %d %u %u", self->parts, index, field);
  side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), _(kind_of (self)->changed), name);
}

static void
buffer_cb (GtkWidget     *text,
           GtkTextBuffer *buffer)
{
  SideScenarioParts *self = SIDE_SCENARIO_PARTS (gtk_widget_get_ancestor (text, SIDE_TYPE_SCENARIO_PARTS));

  if (self != NULL)
    edited_cb (self, text);
}

static void
sound_cb (GtkWidget  *card,
          const char *sound,
          const char *sha256)
{
  SideScenarioParts *self = SIDE_SCENARIO_PARTS (gtk_widget_get_ancestor (card, SIDE_TYPE_SCENARIO_PARTS));
  g_autoptr (SideScenario) draft = side_draft_keeper_begin (self->keeper);
  guint index = index_of (card);

  if (index >= draft->prompts->len)
    return;
  if (side_scenario_set_sound (draft, draft->prompts->pdata[index], sound, sha256))
    side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), _(kind_of (self)->changed), NULL);
  else
    side_scenario_sound_tell (g_object_get_data (G_OBJECT (card), "sound"), _("There is no room for so many recordings in one scenario."));
}

static void
line_cb (GtkWidget  *card,
         const char *sound,
         const char *sha256)
{
  SideScenarioParts *self = SIDE_SCENARIO_PARTS (gtk_widget_get_ancestor (card, SIDE_TYPE_SCENARIO_PARTS));
  g_autoptr (SideScenario) draft = side_draft_keeper_begin (self->keeper);
  guint index = index_of (card);

  if (index >= draft->steps->len)
    return;
  if (side_scenario_set_line (draft, draft->steps->pdata[index], sound, sha256))
    side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), sound != NULL ? _("line recorded") : _("recorded line removed"), NULL);
  else
    side_step_line_tell (g_object_get_data (G_OBJECT (card), "line"), _("There is no room for so many recordings in one scenario."));
}

static void
add_part (SideScenario *draft,
          SideParts     parts)
{
  g_autofree char *id = side_id_new ();
  g_autofree char *name = NULL;

  switch (parts)
    {
    case SIDE_PARTS_STEPS:
      side_scenario_add_step (draft, id, NULL);
      break;
    case SIDE_PARTS_FACTS:
      side_scenario_add_fact (draft, id, NULL, NULL);
      break;
    case SIDE_PARTS_PROMPTS:
      /* Translators: the name of an announcement of a telephone line, until somebody gives it another */
      name = draft->prompts->len == 0 ? g_strdup (_("greeting")) : g_strdup_printf (_("announcement %u"), draft->prompts->len + 1);
      side_scenario_add_prompt (draft, name, NULL);
      break;
    case SIDE_PARTS_KEYS:
    case SIDE_N_PARTS:
    default:
      side_scenario_add_key (draft, "1", NULL, 1000);
    }
}

static void
add_cb (SideScenarioParts *self)
{
  g_autoptr (SideScenario) draft = side_draft_keeper_begin (self->keeper);
  guint n = side_scenario_parts_list (draft, self->parts)->len;

  add_part (draft, self->parts);
  side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), _(kind_of (self)->added), NULL);
  side_scenario_parts_focus (self, n);
}

/**
 * side_scenario_parts_move:
 * @self: parts that are shown
 * @from: place of one of them, from 0
 * @to: where it comes to stand; beyond the last is the last
 */
void
side_scenario_parts_move (SideScenarioParts *self,
                          guint              from,
                          guint              to)
{
  g_autoptr (SideScenario) draft = NULL;
  GPtrArray *list;

  g_return_if_fail (SIDE_IS_SCENARIO_PARTS (self));

  draft = side_draft_keeper_begin (self->keeper);
  list = side_scenario_parts_list (draft, self->parts);
  to = MIN (to, list->len > 0 ? list->len - 1 : 0);
  if (from >= list->len || from == to)
    return;
  g_ptr_array_insert (list, (int) to, g_ptr_array_steal_index (list, from));
  side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), _(kind_of (self)->moved), NULL);
}

/* Whoever moves a card goes with it. */
static void
shift (SideScenarioParts *self,
       GtkWidget         *card,
       int                by)
{
  guint from = index_of (card), field = 0;
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (card));

  if ((by < 0 && from == 0) || (by > 0 && gtk_widget_get_next_sibling (card) == NULL))
    return;
  while (focus != NULL && field < MAX_FIELDS && field_of (card, field) != focus
         && (field_of (card, field) == NULL || !gtk_widget_is_ancestor (focus, field_of (card, field))))
    field++;
  side_scenario_parts_move (self, from, by < 0 ? from - 1 : from + 1);
  card = card_at (self, by < 0 ? from - 1 : from + 1);
  if (card != NULL && field < MAX_FIELDS && field_of (card, field) != NULL)
    gtk_widget_grab_focus (field_of (card, field));
}

static SideScenarioParts *
parts_of (GtkWidget *card)
{
  return SIDE_SCENARIO_PARTS (gtk_widget_get_ancestor (card, SIDE_TYPE_SCENARIO_PARTS));
}

static void up_cb (GtkWidget *card) { shift (parts_of (card), card, -1); }
static void down_cb (GtkWidget *card) { shift (parts_of (card), card, 1); }

static void
remove_cb (GtkWidget *card)
{
  SideScenarioParts *self = parts_of (card);
  g_autoptr (SideScenario) draft = side_draft_keeper_begin (self->keeper);
  GPtrArray *list = side_scenario_parts_list (draft, self->parts);
  guint index = index_of (card);

  if (index >= list->len)
    return;
  g_ptr_array_remove_index (list, index);
  side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), _(kind_of (self)->removed), NULL);
  gtk_widget_grab_focus (self->adder);
}

/* ---- by hand ---- */

static gboolean
key_cb (GtkWidget *card,
        GVariant  *by,
        gpointer   data)
{
  shift (parts_of (card), card, g_variant_get_int32 (by));
  return TRUE;
}

static void
add_keys (GtkWidget *card)
{
  static const struct { guint key; int by; } moves[] = { { GDK_KEY_Up, -1 }, { GDK_KEY_Down, 1 } };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (moves[i].key, GDK_ALT_MASK),
                                                gtk_callback_action_new (key_cb, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (moves[i].by));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (card, controller);
}

static GdkContentProvider *
prepare_cb (GtkWidget *card,
            double     x,
            double     y)
{
  return gdk_content_provider_new_typed (GTK_TYPE_WIDGET, card);
}

static void
drag_begin_cb (GtkWidget     *card,
               GdkDrag       *drag,
               GtkDragSource *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (card);

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static gboolean
drop_cb (GtkWidget    *card,
         const GValue *value,
         double        x,
         double        y)
{
  SideScenarioParts *self = parts_of (card);
  GtkWidget *dragged = g_value_get_object (value);
  guint from, to;

  if (dragged == NULL || dragged == card || gtk_widget_get_parent (dragged) != self->cards)
    return FALSE;
  from = index_of (dragged);
  to = index_of (card) + (y > gtk_widget_get_height (card) / 2.0 ? 1 : 0);
  side_scenario_parts_move (self, from, to > from ? to - 1 : to);
  return TRUE;
}

static void
add_dragging (GtkWidget *card,
              GtkWidget *handle)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (GTK_TYPE_WIDGET, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), card, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), card, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (handle, GTK_EVENT_CONTROLLER (source));
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), card, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (card, GTK_EVENT_CONTROLLER (target));
}

/* ---- making ---- */

static GtkWidget *
new_head (GtkWidget *card)
{
  static const struct { const char *icon; const char *name; GCallback clicked; } buttons[] = {
    { "go-up-symbolic", N_("Move Up (Alt+Up)"), G_CALLBACK (up_cb) },
    { "go-down-symbolic", N_("Move Down (Alt+Down)"), G_CALLBACK (down_cb) },
    { "user-trash-symbolic", N_("Remove"), G_CALLBACK (remove_cb) },
  };
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *number = gtk_label_new (NULL);
  GtkWidget *handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");

  gtk_widget_add_css_class (handle, "drag-handle");
  gtk_widget_add_css_class (number, "heading");
  gtk_label_set_xalign (GTK_LABEL (number), 0);
  gtk_widget_set_hexpand (number, TRUE);
  gtk_box_append (GTK_BOX (head), handle);
  gtk_box_append (GTK_BOX (head), number);
  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *button = side_draft_button_new (buttons[i].icon, _(buttons[i].name));

      g_signal_connect_object (button, "clicked", buttons[i].clicked, card, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (head), button);
    }
  g_object_set_data (G_OBJECT (card), "number", number);
  add_dragging (card, handle);
  return head;
}

static GtkWidget *
new_field (SideScenarioParts *self,
           GtkWidget         *card,
           guint              index)
{
  const Field *field = &kind_of (self)->fields[index];
  g_autofree char *key = g_strdup_printf ("field %u", index);
  GtkWidget *widget = field->kind == FIELD_TEXT ? side_draft_text_new (self->keeper, _(field->title))
                                                : side_draft_entry_new (self->keeper, _(field->title));

  g_object_set_data (G_OBJECT (widget), "card", card);
  g_object_set_data (G_OBJECT (widget), "field", GUINT_TO_POINTER (index));
  g_object_set_data (G_OBJECT (card), key, widget);
  if (field->kind == FIELD_TEXT)
    {
      g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)), "changed", G_CALLBACK (buffer_cb), widget,
                               G_CONNECT_SWAPPED);
      return widget;
    }
  gtk_entry_set_placeholder_text (GTK_ENTRY (widget), _(field->title));
  gtk_widget_set_tooltip_text (widget, _(field->title));
  g_signal_connect_object (widget, "changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  return widget;
}

static GtkWidget *
new_card (SideScenarioParts *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "step-card");
  gtk_box_append (GTK_BOX (card), new_head (card));
  for (guint i = 0; i < MAX_FIELDS && kind_of (self)->fields[i].title != NULL; i++)
    gtk_box_append (GTK_BOX (card), new_field (self, card, i));
  if (self->parts == SIDE_PARTS_PROMPTS)
    {
      GtkWidget *sound = side_scenario_sound_new ();

      g_object_set_data (G_OBJECT (card), "sound", sound);
      g_signal_connect_object (sound, "picked", G_CALLBACK (sound_cb), card, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (card), sound);
    }
  if (self->parts == SIDE_PARTS_STEPS)
    {
      GtkWidget *line = side_step_line_new ();

      g_object_set_data (G_OBJECT (card), "line", line);
      g_signal_connect_object (line, "picked", G_CALLBACK (line_cb), card, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (card), line);
    }
  add_keys (card);
  return card;
}

static void
side_scenario_parts_init (SideScenarioParts *self)
{
  self->cards = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
}

static GtkWidget *
new_label (const char *words,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/**
 * side_scenario_parts_new:
 * @parts: which parts of a scenario
 * @keeper: of the scenario
 *
 * Returns: (transfer floating): an editor that shows none yet
 */
GtkWidget *
side_scenario_parts_new (SideParts        parts,
                         SideDraftKeeper *keeper)
{
  SideScenarioParts *self = g_object_new (SIDE_TYPE_SCENARIO_PARTS, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *content = adw_button_content_new ();

  g_return_val_if_fail (parts < SIDE_N_PARTS, NULL);

  self->parts = parts;
  self->keeper = g_object_ref (keeper);
  gtk_box_append (GTK_BOX (box), new_label (_(kinds[parts].title), "heading"));
  if (kinds[parts].hint != NULL)
    gtk_box_append (GTK_BOX (box), new_label (_(kinds[parts].hint), "script-hint"));
  gtk_box_append (GTK_BOX (box), self->cards);
  self->adder = gtk_button_new ();
  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "list-add-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _(kinds[parts].add));
  gtk_button_set_child (GTK_BUTTON (self->adder), content);
  gtk_widget_set_halign (self->adder, GTK_ALIGN_START);
  g_signal_connect_object (self->adder, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->adder);
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}

/* ---- showing ---- */

/* "20" and "20.0" are the same to whoever types: only another number is put there. */
static void
show_seconds (GtkWidget *entry,
              gint64     ms)
{
  g_autofree char *words = ms > 0 ? g_strdup_printf (ms % 1000 != 0 ? "%.1f" : "%.0f", (double) ms / 1000.0) : g_strdup ("");
  gint64 now_ms = 0;

  if (!side_text_parse_duration (gtk_editable_get_text (GTK_EDITABLE (entry)), &now_ms))
    now_ms = 0;
  if (now_ms != ms)
    side_draft_entry_show (entry, words);
}

static void
show_card (SideScenarioParts *self,
           GtkWidget         *card,
           gpointer           part,
           guint              index)
{
  const Kind *kind = kind_of (self);
  g_autofree char *name = g_strdup_printf ("%s %u", _(kind->name), index + 1);

  gtk_label_set_label (g_object_get_data (G_OBJECT (card), "number"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (self->parts == SIDE_PARTS_PROMPTS)
    side_scenario_sound_show (g_object_get_data (G_OBJECT (card), "sound"), part);
  if (self->parts == SIDE_PARTS_STEPS)
    side_step_line_show (g_object_get_data (G_OBJECT (card), "line"), part);
  for (guint i = 0; i < MAX_FIELDS && kind->fields[i].title != NULL; i++)
    {
      GtkWidget *widget = field_of (card, i);

      if (kind->fields[i].kind == FIELD_SECONDS)
        show_seconds (widget, G_STRUCT_MEMBER (gint64, part, kind->fields[i].offset));
      else if (kind->fields[i].kind == FIELD_TEXT)
        side_draft_text_show (widget, G_STRUCT_MEMBER (char *, part, kind->fields[i].offset));
      /* A field that must not be empty may be so while its owner writes in it. */
      else if (kind->fields[i].kind != FIELD_NEEDED || *gtk_editable_get_text (GTK_EDITABLE (widget)) != '\0'
               || !gtk_widget_has_focus (gtk_widget_get_first_child (widget)))
        side_draft_entry_show (widget, G_STRUCT_MEMBER (char *, part, kind->fields[i].offset));
    }
}

/**
 * side_scenario_parts_show:
 * @self: an editor
 * @scenario: what is shown of
 */
void
side_scenario_parts_show (SideScenarioParts  *self,
                          const SideScenario *scenario)
{
  GPtrArray *list;
  GtkWidget *card;

  g_return_if_fail (SIDE_IS_SCENARIO_PARTS (self));

  list = side_scenario_parts_list (scenario, self->parts);
  self->showing = TRUE;
  while ((card = card_at (self, list->len)) != NULL)
    gtk_box_remove (GTK_BOX (self->cards), card);
  for (guint i = 0; i < list->len; i++)
    {
      card = card_at (self, i);
      if (card == NULL)
        {
          card = new_card (self);
          gtk_box_append (GTK_BOX (self->cards), card);
        }
      show_card (self, card, list->pdata[i], i);
    }
  gtk_widget_set_sensitive (self->adder, list->len < kind_of (self)->max);
  self->showing = FALSE;
}

/**
 * side_scenario_parts_focus:
 * @self: an editor
 * @index: place of one of what it shows
 *
 * Puts the cursor into its first field.
 */
void
side_scenario_parts_focus (SideScenarioParts *self,
                           guint              index)
{
  GtkWidget *card;

  g_return_if_fail (SIDE_IS_SCENARIO_PARTS (self));

  card = card_at (self, index);
  if (card != NULL)
    gtk_widget_grab_focus (field_of (card, 0));
}
