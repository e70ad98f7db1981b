/* side-conflict-words.c - what differs between two versions, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names the fields, questions and values of the bodies that the conflicts window
 * compares, so that nobody has to read identifiers and numbers.
 */
#include "side-conflict-words.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "side-format.h"
#include "side-operator-words.h"
#include "side-tags.h"
#include "side-text.h"

/**
 * side_conflict_title_of:
 * @document: any document
 *
 * Returns: (transfer none): what kind of document it is, in words
 */
const char *
side_conflict_title_of (const SideDocument *document)
{
  static const struct { const char *kind; const char *title; } known[] = {
    { "review", N_("Review of a call") }, { "annotation", N_("Note on a call") }, { "tag", N_("Tag") },
    { "listening", N_("Record of what was heard of a call") }, { "export", N_("Record of a saved recording") },
    { "draft", N_("Draft of a script") }, { "plan", N_("Plan of reviews") }, { "calibration", N_("Calibration") },
    { "dispute", N_("Dispute about a review") }, { "acknowledgement", N_("Acknowledgement of a review") },
    { "coaching", N_("Coaching note") }, { "scorecard", N_("Scorecard") },
    { "scenario", N_("Scenario of test calls") }, { "test-call", N_("Test call") }, { "campaign", N_("Campaign of test calls") },
    { "alert-rule", N_("Rule of alerts") }, { "alert-act", N_("Answer to an alert") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].kind, document->kind))
      return _(known[i].title);
  return _("Script");
}

/* What a person called it. */
static char *
dup_own_name (const SideDocument *document)
{
  static const char *const members[] = { "title", "subject", "label", "goal" };
  g_autoptr (JsonNode) node = document->body != NULL ? json_from_string (document->body, NULL) : NULL;
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  for (gsize i = 0; object != NULL && i < G_N_ELEMENTS (members); i++)
    {
      const char *name = json_object_get_string_member_with_default (object, members[i], NULL);

      if (name != NULL && *name != '\0')
        return g_strdup (name);
    }
  return NULL;
}

/**
 * side_conflict_set_title:
 * @group: where the document is decided about
 * @document: any document
 *
 * Says what it is and, where it has a name, which.
 */
void
side_conflict_set_title (AdwPreferencesGroup *group,
                         const SideDocument  *document)
{
  g_autofree char *name = dup_own_name (document);
  /* Translators: a kind of document and its name: "Scorecard “Call Centre North”" */
  g_autofree char *words = name != NULL ? g_strdup_printf (_("%s “%s”"), side_conflict_title_of (document), name)
                                        : g_strdup (side_conflict_title_of (document));
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  adw_preferences_group_set_title (group, escaped);
}

/* The question's id in what tells one of several elements from the others: a
 * consensus is about a question of a call. */
static const char *
question_of (const char *key)
{
  const char *last = g_strrstr (key, " · ");

  return last != NULL ? last + strlen (" · ") : key;
}

/**
 * side_conflict_criterion_of:
 * @scripts: (nullable) (element-type SideScript): where the words stand
 * @review: the review or calibration that is decided about
 * @key: what the place is called: a question's id, which is unique within one
 *   script only, behind the call's where there are several calls
 *
 * The script that the review names is asked before any other.
 *
 * Returns: (transfer none) (nullable): the question
 */
const SideCriterion *
side_conflict_criterion_of (GPtrArray          *scripts,
                            const SideDocument *review,
                            const char         *key)
{
  const char *id = question_of (key);
  g_autoptr (JsonNode) node = review->body != NULL ? json_from_string (review->body, NULL) : NULL;
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *named = object != NULL ? json_object_get_string_member_with_default (object, "script", NULL) : NULL;
  const SideCriterion *found = NULL;

  for (guint i = 0; scripts != NULL && i < scripts->len; i++)
    {
      const SideScript *script = g_ptr_array_index (scripts, i);
      const SideCriterion *criterion = side_script_find_criterion (script, id);

      if (criterion != NULL && g_strcmp0 (script->id, named) == 0)
        return criterion;
      if (criterion != NULL && named == NULL)
        found = criterion;
    }
  return found;
}

static gboolean
is_consensus (const SideConflictField *field)
{
  return field->key != NULL && g_str_equal (field->member, "consensus");
}

/* One of the notes on a test call; what it is known by says nothing to a person. */
static gboolean
is_note (const SideConflictField *field)
{
  return field->key != NULL && g_str_equal (field->member, "notes");
}

/**
 * side_conflict_name_of:
 * @field: a place where two versions differ
 * @criterion: (nullable): the question, where it is an answer
 *
 * Returns: (transfer full): what it is called
 */
char *
side_conflict_name_of (const SideConflictField *field,
                       const SideCriterion     *criterion)
{
  static const struct { const char *member; const char *name; } known[] = {
    { "text", N_("Text") }, { "tag", N_("Tag") }, { "comment", N_("Comment") }, { "from_ms", N_("From") },
    { "to_ms", N_("To") }, { "finished_ms", N_("Finished") }, { "author", N_("Author") }, { "reviewer", N_("Reviewer") },
    { "title", N_("Title") }, { "version", N_("Version") }, { "script_version", N_("Version of the script") },
    { "started_ms", N_("Begun") }, { "script", N_("Script") }, { "label", N_("Title") }, { "colour", N_("Colour") },
    { "shortcut", N_("Key") }, { "place", N_("Place in the list") }, { "retired", N_("No longer offered") },
    { "note", N_("What is new") }, { "queues", N_("Queues") }, { "sections", N_("Form") }, { "steps", N_("Conversation") },
    { "reason", N_("Reason") }, { "state", N_("State") }, { "due_ms", N_("Due") }, { "goal", N_("Goal") }, { "target", N_("Target") },
    { "clips", N_("Clips") }, { "calls", N_("Calls") }, { "reviewers", N_("Reviewers") }, { "expert", N_("Expert") },
    { "consensus", N_("Consensus") }, { "tasks", N_("Tasks") }, { "items", N_("Calls") }, { "holders", N_("Had it before") },
    { "revision", N_("Revision") }, { "history", N_("Earlier revisions") }, { "heard", N_("Share heard") },
    { "ruling", N_("Ruling") }, { "closed_ms", N_("Closed") }, { "done_ms", N_("Done") }, { "shared", N_("Shown to the operator") },
    { "judge", N_("Judge") }, { "judged_ms", N_("Judged") }, { "value", N_("Answer") }, { "at_ms", N_("When") },
    { "subject", N_("What is scored") }, { "notes", N_("Notes") }, { "segments", N_("Timeline") }, { "facts", N_("Facts to check") },
  };

  if (is_consensus (field))
    return g_strdup_printf ("%s · %s", _("Consensus"), criterion != NULL ? criterion->text : question_of (field->key));
  if (criterion != NULL)
    return g_strdup (criterion->text);
  if (is_note (field))
    return g_strdup (_("Note"));
  if (field->key != NULL && g_str_equal (field->member, "answers"))
    /* Translators: the identifier of a question that is not in the script any more */
    return g_strdup_printf (_("A question that the script does not have any more (%s)"), field->key);
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].member, field->member))
      return field->key != NULL ? g_strdup_printf ("%s · %s", _(known[i].name), field->key) : g_strdup (_(known[i].name));
  return g_strdup (field->member);
}

static const char *
word_of_state (const char *state)
{
  static const struct { const char *state; const char *word; } known[] = {
    { "open", NC_("state", "open") }, { "upheld", NC_("state", "upheld") }, { "rejected", NC_("state", "rejected") },
    { "withdrawn", NC_("state", "withdrawn") }, { "discussion", NC_("state", "being discussed") },
    { "closed", NC_("state", "closed") }, { "in-use", NC_("state", "in use") }, { "draft", NC_("state", "draft") },
    { "retired", NC_("state", "no longer in use") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].state, state))
      return g_dpgettext2 (NULL, "state", known[i].word);
  return state;
}

/* What a plan says of a call: whose it is, or why it cannot be reviewed. */
static char *
plan_text (const char *member,
           const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *words = object == NULL ? NULL
                      : json_object_get_string_member_with_default (object, g_str_equal (member, "tasks") ? "reviewer" : "reason", NULL);

  return g_strdup (words != NULL ? words : g_str_equal (member, "items") ? _("to be reviewed") : json);
}

/* The texts of an element, without what only programs read. */
static char *
element_text (const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr (GList) members = object != NULL ? json_object_get_members (object) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (GList *list = members; list != NULL; list = list->next)
    {
      const char *member = list->data;
      JsonNode *each = json_object_get_member (object, member);
      gboolean is_text = JSON_NODE_HOLDS_VALUE (each) && json_node_get_value_type (each) == G_TYPE_STRING;
      gboolean is_number = g_str_equal (member, "weight") || g_str_equal (member, "value");

      if (is_text && !g_str_equal (member, "id"))
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", json_node_get_string (each));
      else if (is_number && JSON_NODE_HOLDS_VALUE (each))
        g_string_append_printf (text, "%s%g", text->len > 0 ? " · " : "", json_node_get_double (each));
    }
  return g_strdup (text->len > 0 ? text->str : json);
}

/* Where it stands in the call, its tag, its words. */
static char *
note_text (SideDesk   *desk,
           const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  gint64 from_ms = object != NULL ? json_object_get_int_member_with_default (object, "at_ms", 0) : 0;
  gint64 to_ms = object != NULL ? json_object_get_int_member_with_default (object, "to_ms", from_ms) : 0;
  const char *tag = object != NULL ? json_object_get_string_member_with_default (object, "tag", NULL) : NULL;
  const char *words = object != NULL ? json_object_get_string_member_with_default (object, "text", "") : "";
  g_autofree char *from = side_text_duration_tenths (from_ms), *to = side_text_duration_tenths (to_ms);
  GString *text = g_string_new (from);

  if (to_ms > from_ms)
    g_string_append_printf (text, "–%s", to);
  if (tag != NULL)
    g_string_append_printf (text, " · %s", side_tags_label (side_tags_get (desk), tag));
  if (*words != '\0')
    g_string_append_printf (text, " · %s", words);
  return g_string_free (text, FALSE);
}

static char *
word_of_answer (JsonObject          *object,
                const SideCriterion *criterion)
{
  double value = json_object_get_double_member_with_default (object, "value", 0);

  if (json_object_get_boolean_member_with_default (object, "na", FALSE))
    return g_strdup (C_("answer", "N/A"));
  if (criterion != NULL && criterion->answers == SIDE_ANSWERS_SCALE)
    /* Translators: an answer on a scale: "7 of 10" */
    return g_strdup_printf (C_("answer", "%.0f of %d"), value * criterion->scale_max, criterion->scale_max);
  return g_strdup (value >= 1 ? C_("answer", "Yes") : value > 0 ? C_("answer", "Partly") : C_("answer", "No"));
}

/* Two answers that read the same may differ in where and whose the fault was. */
static void
append_evidence (GString    *text,
                 JsonObject *object)
{
  gint64 from_ms = json_object_get_int_member_with_default (object, "position_ms", -1);
  gint64 to_ms = json_object_get_int_member_with_default (object, "to_ms", -1);
  SideCause cause = side_cause_from_string (json_object_get_string_member_with_default (object, "cause", NULL));
  static const char *const members[] = { "detail", "comment", "reason" };

  if (from_ms >= 0)
    {
      g_autofree char *from = side_text_duration (from_ms);
      g_autofree char *to = to_ms > from_ms ? side_text_duration (to_ms) : NULL;

      g_string_append_printf (text, " · %s%s%s", from, to != NULL ? "–" : "", to != NULL ? to : "");
    }
  if (cause != SIDE_CAUSE_NONE)
    g_string_append_printf (text, " · %s", side_operator_words_cause (cause));
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *words = json_object_get_string_member_with_default (object, members[i], NULL);

      if (words != NULL)
        g_string_append_printf (text, " · %s", words);
    }
}

static char *
answer_text (const char          *json,
             const SideCriterion *criterion)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *word = NULL;
  GString *text;

  if (object == NULL)
    return g_strdup (json);
  word = word_of_answer (object, criterion);
  text = g_string_new (word);
  append_evidence (text, object);
  return g_string_free (text, FALSE);
}

/**
 * side_conflict_value_of:
 * @desk: whose project says what time it is
 * @field: a place where two versions differ
 * @criterion: (nullable): the question, where it is an answer
 * @value: (nullable): its value as JSON text, %NULL where it has none
 *
 * Returns: (transfer full): the value in words
 */
char *
side_conflict_value_of (SideDesk                *desk,
                        const SideConflictField *field,
                        const SideCriterion     *criterion,
                        const char              *value)
{
  SideProject *project = side_desk_get_project (desk);
  gint64 number;

  if (value == NULL)
    return g_strdup (field->key != NULL && g_str_equal (field->member, "answers") ? _("no answer") : _("nothing"));
  if (field->key != NULL && (g_str_equal (field->member, "tasks") || g_str_equal (field->member, "items")))
    return plan_text (field->member, value);
  if (g_str_equal (field->member, "state"))
    return g_strdup (word_of_state (value));
  if (is_note (field))
    return note_text (desk, value);
  if (field->key != NULL)
    return g_str_equal (field->member, "answers") || is_consensus (field) ? answer_text (value, criterion) : element_text (value);
  if (g_str_equal (field->member, "tag"))
    return g_strdup (side_tags_label (side_tags_get (desk), value));
  if (g_str_equal (field->member, "colour"))
    return g_strdup (side_tags_colour_name (value));
  if (g_str_equal (field->member, "retired"))
    return g_strdup (g_str_equal (value, "true") ? C_("answer", "Yes") : C_("answer", "No"));
  number = g_ascii_strtoll (value, NULL, 10);
  if (g_str_equal (field->member, "from_ms") || g_str_equal (field->member, "to_ms"))
    return side_text_duration_tenths (number);
  if (g_str_equal (field->member, "finished_ms") && number == 0)
    return g_strdup (_("still a draft"));
  if (g_str_has_suffix (field->member, "_ms") && project != NULL)
    return side_format_when (project->time_zone, number, side_desk_get_now_ms (desk));
  return g_strdup (value);
}
