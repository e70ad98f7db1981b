/* side-test-sheet.c - what a person found in a test call, while they say so
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A call that goes on grows beside what is written here, in the same record:
 * steps therefore remember what a person said alone, and taking one back leaves
 * the call's clock, its sounds and its notes as they are.
 */
#include "side-test-sheet.h"

#include "side-desk.h"
#include "side-test-verdict.h"

#define MAX_STEPS 200   /* to be taken back */

struct _SideTestSheet
{
  GObject        parent_instance;
  SideScenarios *shelf;      /* (nullable) */
  SideTestCall  *call;       /* (nullable): what is written into; others write the rest of it */
  SideScript    *script;     /* (nullable): the version it is scored with */
  GPtrArray     *undo;       /* of SideTestCall: what a person had said before each step */
  GPtrArray     *redo;
  GCancellable  *cancellable;
  gint64         live_ms;    /* where the recording is while the call goes on; -1 for not */
  gboolean       read_only;
  SideTestSheetScript state;
};

static void init_sheet (SideAnswerSheetInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SideTestSheet, side_test_sheet, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SIDE_TYPE_ANSWER_SHEET, init_sheet))

enum { SIGNAL_LOADED, SIGNAL_CHANGED, SIGNAL_SHOWN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
forget (SideTestSheet *self)
{
  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, NULL);
  if (self->shelf != NULL)
    g_signal_handlers_disconnect_by_data (self->shelf, self);
  g_clear_object (&self->shelf);
  g_clear_pointer (&self->call, side_test_call_unref);
  g_clear_pointer (&self->script, side_script_unref);
  g_ptr_array_set_size (self->undo, 0);
  g_ptr_array_set_size (self->redo, 0);
  self->live_ms = -1;
  self->state = SIDE_TEST_SHEET_NONE;
}

static void
side_test_sheet_dispose (GObject *object)
{
  forget (SIDE_TEST_SHEET (object));
  G_OBJECT_CLASS (side_test_sheet_parent_class)->dispose (object);
}

static void
side_test_sheet_finalize (GObject *object)
{
  SideTestSheet *self = SIDE_TEST_SHEET (object);

  g_ptr_array_unref (self->undo);
  g_ptr_array_unref (self->redo);
  G_OBJECT_CLASS (side_test_sheet_parent_class)->finalize (object);
}

static void
side_test_sheet_class_init (SideTestSheetClass *klass)
{
  GType type = SIDE_TYPE_TEST_SHEET;

  G_OBJECT_CLASS (klass)->dispose = side_test_sheet_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_test_sheet_finalize;
  signals[SIGNAL_LOADED] = g_signal_new ("loaded", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SHOWN] = g_signal_new ("shown", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
side_test_sheet_init (SideTestSheet *self)
{
  self->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) side_test_call_unref);
  self->redo = g_ptr_array_new_with_free_func ((GDestroyNotify) side_test_call_unref);
  self->live_ms = -1;
}

/* ---- steps ---- */

/* What a person says of a call, and nothing that its clock or its line says. */
static void
put_said (SideTestCall       *to,
          const SideTestCall *from)
{
  g_ptr_array_set_size (to->review->answers, 0);
  for (guint i = 0; i < from->review->answers->len; i++)
    g_ptr_array_add (to->review->answers, side_answer_copy (from->review->answers->pdata[i]));
  g_ptr_array_set_size (to->facts, 0);
  for (guint i = 0; i < from->facts->len; i++)
    {
      const SideTestFact *fact = from->facts->pdata[i];

      side_test_call_set_fact (to, fact->fact, fact->state, fact->heard);
    }
  g_free (to->operator_name);
  to->operator_name = g_strdup (from->operator_name);
  to->names_shown = from->names_shown;
  to->callback = from->callback;
  to->callback_due_ms = from->callback_due_ms;
  to->callback_came_ms = from->callback_came_ms;
}

static void
remember (GPtrArray          *steps,
          const SideTestCall *call)
{
  SideTestCall *step = side_test_call_new (NULL, NULL, NULL);

  put_said (step, call);
  if (steps->len == MAX_STEPS)
    g_ptr_array_remove_index (steps, 0);
  g_ptr_array_add (steps, step);
}

/* Something is going to be another. */
static void
begin_step (SideTestSheet *self)
{
  remember (self->undo, self->call);
  g_ptr_array_set_size (self->redo, 0);
}

static void
end_step (SideTestSheet *self)
{
  SideReview *review = self->call->review;

  review->changed_ms = side_test_sheet_get_now_ms (self);
  if (review->started_ms == 0)
    review->started_ms = review->changed_ms;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
go (SideTestSheet *self,
    GPtrArray     *from,
    GPtrArray     *to)
{
  g_autoptr (SideTestCall) step = NULL;

  if (from->len == 0 || self->read_only)
    return FALSE;
  step = g_ptr_array_steal_index (from, from->len - 1);
  remember (to, self->call);
  put_said (self->call, step);
  end_step (self);
  return TRUE;
}

/**
 * side_test_sheet_undo:
 * @self: a sheet
 *
 * Takes back what was said last since the call was opened.
 *
 * Returns: whether there was something
 */
gboolean
side_test_sheet_undo (SideTestSheet *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_SHEET (self), FALSE);
  return go (self, self->undo, self->redo);
}

/**
 * side_test_sheet_redo:
 * @self: a sheet
 *
 * Returns: whether there was something that was taken back
 */
gboolean
side_test_sheet_redo (SideTestSheet *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_SHEET (self), FALSE);
  return go (self, self->redo, self->undo);
}

/* ---- the questions ---- */

static const SideScript *
get_script (SideAnswerSheet *sheet)
{
  return SIDE_TEST_SHEET (sheet)->script;
}

static const SideReview *
get_review (SideAnswerSheet *sheet)
{
  SideTestSheet *self = SIDE_TEST_SHEET (sheet);

  return self->call != NULL ? self->call->review : NULL;
}

static gboolean
is_loading (SideAnswerSheet *sheet)
{
  return SIDE_TEST_SHEET (sheet)->state == SIDE_TEST_SHEET_LOADING;
}

static gboolean
can_change (SideAnswerSheet *sheet)
{
  SideTestSheet *self = SIDE_TEST_SHEET (sheet);

  return self->call != NULL && self->script != NULL && !self->read_only;
}

static void
answer (SideAnswerSheet *sheet,
        const char      *criterion,
        double           value,
        gint64           position_ms)
{
  SideTestSheet *self = SIDE_TEST_SHEET (sheet);

  if (!can_change (sheet) || side_review_get_answer (self->call->review, criterion) == value)
    return;
  begin_step (self);
  /* The pinned version is said with the first answer: what is answered has no other. */
  self->call->review->script_version = self->script->version;
  side_review_set_answer (self->call->review, criterion, value, side_test_sheet_get_now_ms (self),
                          position_ms >= 0 ? position_ms : self->live_ms);
  end_step (self);
}

static gboolean
same_explained (const SideAnswer *a,
                const SideAnswer *b)
{
  return a->position_ms == b->position_ms && a->to_ms == b->to_ms && a->cause == b->cause
         && g_strcmp0 (a->detail, b->detail) == 0 && g_strcmp0 (a->comment, b->comment) == 0;
}

static void
explain (SideAnswerSheet  *sheet,
         const SideAnswer *given)
{
  SideTestSheet *self = SIDE_TEST_SHEET (sheet);
  SideAnswer *stands = self->call != NULL ? side_review_find_answer (self->call->review, given->criterion) : NULL;
  g_autofree char *detail = NULL, *comment = NULL;

  if (stands == NULL || !can_change (sheet) || same_explained (stands, given))
    return;
  begin_step (self);
  detail = g_strdup (given->detail);
  comment = g_strdup (given->comment);
  stands->position_ms = given->position_ms;
  stands->to_ms = given->to_ms;
  stands->cause = given->cause;
  g_free (stands->detail);
  stands->detail = g_steal_pointer (&detail);
  g_free (stands->comment);
  stands->comment = g_steal_pointer (&comment);
  end_step (self);
}

static void
init_sheet (SideAnswerSheetInterface *iface)
{
  iface->get_script = get_script;
  iface->get_review = get_review;
  iface->is_loading = is_loading;
  iface->can_change = can_change;
  iface->answer = answer;
  iface->explain = explain;
}

/* ---- the script ---- */

static void
take_script (SideTestSheet *self,
             SideScript    *script)
{
  if (script == NULL && self->state == SIDE_TEST_SHEET_MISSING)
    return;   /* still not here */
  g_clear_pointer (&self->script, side_script_unref);
  self->script = script != NULL ? side_script_ref (script) : NULL;
  self->state = script != NULL ? SIDE_TEST_SHEET_HERE : SIDE_TEST_SHEET_MISSING;
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);
}

static void
script_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideTestSheet) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideScript) script = side_store_get_script_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error))
    return;
  if (error != NULL)
    g_debug ("script of a test call: %s", error->message);
  take_script (self, script);
}

/* The newest version is on the shelf, an older one is in the store. */
static SideScript *
find_newest (SideTestSheet *self)
{
  GPtrArray *scripts = side_scenarios_get_scripts (self->shelf);

  for (guint i = 0; i < scripts->len; i++)
    if (g_strcmp0 (((const SideScript *) scripts->pdata[i])->id, self->call->review->script) == 0)
      return scripts->pdata[i];
  return NULL;
}

static void
look_for_script (SideTestSheet *self)
{
  const SideReview *review = self->call->review;
  SideScript *newest = find_newest (self);
  SideStore *store = side_document_shelf_get_store (SIDE_DOCUMENT_SHELF (self->shelf));

  if (newest != NULL && (review->script_version == 0 || review->script_version == newest->version))
    {
      take_script (self, newest);
      return;
    }
  if (review->script_version == 0 || store == NULL)
    {
      take_script (self, NULL);
      return;
    }
  if (self->state != SIDE_TEST_SHEET_MISSING)
    self->state = SIDE_TEST_SHEET_LOADING;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  side_store_get_script_async (store, review->script, review->script_version, self->cancellable, script_cb, g_object_ref (self));
}

/* A version that was missing may have come; one that is here does not change. */
static void
shelf_changed_cb (SideTestSheet *self)
{
  if (self->call != NULL && self->state == SIDE_TEST_SHEET_MISSING)
    look_for_script (self);
}

/**
 * side_test_sheet_open:
 * @self: a sheet
 * @shelf: where its script is
 * @call: (nullable): what is written into, and not copied: whoever else holds it reads the same
 * @read_only: whether nothing may be said
 */
void
side_test_sheet_open (SideTestSheet *self,
                      SideScenarios *shelf,
                      SideTestCall  *call,
                      gboolean       read_only)
{
  g_return_if_fail (SIDE_IS_TEST_SHEET (self));
  g_return_if_fail (call == NULL || SIDE_IS_SCENARIOS (shelf));

  if (call != NULL && call == self->call)
    {
      self->read_only = read_only;
      g_signal_emit (self, signals[SIGNAL_SHOWN], 0);
      return;
    }
  forget (self);
  if (call == NULL)
    {
      g_signal_emit (self, signals[SIGNAL_LOADED], 0);
      return;
    }
  self->shelf = g_object_ref (shelf);
  self->call = side_test_call_ref (call);
  self->read_only = read_only;
  g_signal_connect_object (shelf, "changed", G_CALLBACK (shelf_changed_cb), self, G_CONNECT_SWAPPED);
  if (call->review->script != NULL)
    look_for_script (self);
  if (self->state != SIDE_TEST_SHEET_HERE && self->state != SIDE_TEST_SHEET_MISSING)
    g_signal_emit (self, signals[SIGNAL_LOADED], 0);
}

/**
 * side_test_sheet_new:
 *
 * Returns: (transfer full): a sheet of no call yet
 */
SideTestSheet *
side_test_sheet_new (void)
{
  return g_object_new (SIDE_TYPE_TEST_SHEET, NULL);
}

/**
 * side_test_sheet_get_call:
 * @self: a sheet
 *
 * Returns: (transfer none) (nullable): the call it was opened with
 */
SideTestCall *
side_test_sheet_get_call (SideTestSheet *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_SHEET (self), NULL);
  return self->call;
}

SideTestSheetScript
side_test_sheet_get_state (SideTestSheet *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_SHEET (self), SIDE_TEST_SHEET_NONE);
  return self->state;
}

/**
 * side_test_sheet_get_score:
 * @self: a sheet
 * @score: (out): by the rules of real reviews
 *
 * Returns: whether there are questions to be scored
 */
gboolean
side_test_sheet_get_score (SideTestSheet *self,
                           SideScore     *score)
{
  g_return_val_if_fail (SIDE_IS_TEST_SHEET (self) && score != NULL, FALSE);

  if (self->call == NULL || self->script == NULL)
    return FALSE;
  side_score_compute (self->script, self->call->review, score);
  return TRUE;
}

/**
 * side_test_sheet_get_desk:
 * @self: a sheet
 *
 * Returns: (transfer none) (nullable): the desk of its call
 */
SideDesk *
side_test_sheet_get_desk (SideTestSheet *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_SHEET (self), NULL);
  return self->shelf != NULL ? side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self->shelf)) : NULL;
}

/**
 * side_test_sheet_get_now_ms:
 * @self: a sheet
 *
 * Returns: the present instant, as what is written bears it; 0 without a call
 */
gint64
side_test_sheet_get_now_ms (SideTestSheet *self)
{
  SideDesk *desk = side_test_sheet_get_desk (self);

  return desk != NULL ? side_desk_get_write_ms (desk) : 0;
}

/**
 * side_test_sheet_set_live:
 * @self: a sheet
 * @position_ms: where its recording is while the call goes on: goes with the
 *   next answer; -1 before it begins and once it is over
 */
void
side_test_sheet_set_live (SideTestSheet *self,
                          gint64         position_ms)
{
  g_return_if_fail (SIDE_IS_TEST_SHEET (self));
  self->live_ms = position_ms;
}

/* ---- what was heard, and by whom ---- */

static gboolean
may_say (SideTestSheet *self)
{
  return self->call != NULL && !self->read_only;
}

/**
 * side_test_sheet_set_fact:
 * @self: a sheet
 * @fact: id of a fact of the scenario
 * @state: whether what they said was right
 * @heard: (nullable): what they said
 */
void
side_test_sheet_set_fact (SideTestSheet     *self,
                          const char        *fact,
                          SideTestFactState  state,
                          const char        *heard)
{
  const SideTestFact *stands;
  const char *words = heard != NULL && *heard != '\0' ? heard : NULL;

  g_return_if_fail (SIDE_IS_TEST_SHEET (self) && fact != NULL);

  if (!may_say (self))
    return;
  stands = side_test_call_find_fact (self->call, fact);
  if (stands != NULL ? stands->state == state && g_strcmp0 (stands->heard, words) == 0 : state == SIDE_TEST_FACT_OPEN && words == NULL)
    return;
  begin_step (self);
  side_test_call_set_fact (self->call, fact, state, words);
  end_step (self);
}

/**
 * side_test_sheet_set_operator:
 * @self: a sheet
 * @name: (nullable): who answered, as heard
 */
void
side_test_sheet_set_operator (SideTestSheet *self,
                              const char    *name)
{
  const char *words = name != NULL && *name != '\0' ? name : NULL;

  g_return_if_fail (SIDE_IS_TEST_SHEET (self));

  if (!may_say (self) || g_strcmp0 (self->call->operator_name, words) == 0)
    return;
  begin_step (self);
  g_free (self->call->operator_name);
  self->call->operator_name = g_strdup (words);
  end_step (self);
}

/**
 * side_test_sheet_set_shown:
 * @self: a sheet
 * @names_shown: whether clients may read who answered
 */
void
side_test_sheet_set_shown (SideTestSheet *self,
                           gboolean       names_shown)
{
  g_return_if_fail (SIDE_IS_TEST_SHEET (self));

  if (!may_say (self) || !self->call->names_shown == !names_shown)
    return;
  begin_step (self);
  self->call->names_shown = !!names_shown;
  end_step (self);
}

/**
 * side_test_sheet_set_callback:
 * @self: a sheet
 * @due_ms: instant until which they promised to call back; 0 for no promise
 * @came_ms: instant they did; 0 for not (yet)
 */
void
side_test_sheet_set_callback (SideTestSheet *self,
                              gint64         due_ms,
                              gint64         came_ms)
{
  SideTestCallback callback;

  g_return_if_fail (SIDE_IS_TEST_SHEET (self));

  if (!may_say (self))
    return;
  callback = side_test_callback_of (due_ms, due_ms != 0 ? came_ms : 0, side_test_sheet_get_now_ms (self));
  if (self->call->callback == callback && self->call->callback_due_ms == due_ms && self->call->callback_came_ms == came_ms)
    return;
  begin_step (self);
  self->call->callback = callback;
  self->call->callback_due_ms = due_ms;
  self->call->callback_came_ms = due_ms != 0 ? came_ms : 0;
  end_step (self);
}
