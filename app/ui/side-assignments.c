/* side-assignments.c - which calls this person is asked to review, and what for
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads the documents of each kind in the table below from the desk's store,
 * anew whenever one of them changes, and keeps what concerns this person.
 */
#include "side-assignments.h"

#include "side-wire.h"

typedef void (*AddFunc) (SideAssignments *self, const char *user, const SideDocument *document);

struct _SideAssignments
{
  GObject       parent_instance;
  SideDesk     *desk;         /* weak: it owns us */
  SideStore    *store;        /* weak: whose changes are heard */
  GCancellable *cancellable;
  GPtrArray    *list;         /* of SideAssignment */
  GPtrArray    *coming;       /* of SideAssignment: read so far, while it is read anew */
  guint         kind;         /* the one being read */
  gboolean      reading;
  gboolean      stale;        /* something changed meanwhile */
  gint64        next_ms;      /* when the next task comes up by itself; 0 for none */
};

G_DEFINE_FINAL_TYPE (SideAssignments, side_assignments, G_TYPE_OBJECT)

static guint changed_signal;

static void
assignment_free (gpointer data)
{
  SideAssignment *assignment = data;

  g_free (assignment->call);
  g_free (assignment->script);
  g_free (assignment->plan);
  g_free (assignment->title);
  g_free (assignment);
}

static void
side_assignments_dispose (GObject *object)
{
  SideAssignments *self = SIDE_ASSIGNMENTS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->desk);
  g_clear_weak_pointer (&self->store);
  G_OBJECT_CLASS (side_assignments_parent_class)->dispose (object);
}

static void
side_assignments_finalize (GObject *object)
{
  SideAssignments *self = SIDE_ASSIGNMENTS (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->list);
  g_ptr_array_unref (self->coming);
  G_OBJECT_CLASS (side_assignments_parent_class)->finalize (object);
}

static void
side_assignments_class_init (SideAssignmentsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_assignments_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_assignments_finalize;
  changed_signal = g_signal_new ("changed", SIDE_TYPE_ASSIGNMENTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
side_assignments_init (SideAssignments *self)
{
  self->list = g_ptr_array_new_with_free_func (assignment_free);
  self->coming = g_ptr_array_new_with_free_func (assignment_free);
}

/* Once people talk about the answers, nobody can give theirs blind any more. */
static void
add_calibration (SideAssignments    *self,
                 const char         *user,
                 const SideDocument *document)
{
  g_autoptr (SideCalibration) calibration = side_wire_calibration_from_json (document->body, -1, NULL);

  if (calibration == NULL || calibration->state != SIDE_CALIBRATION_OPEN || !side_calibration_asks (calibration, user))
    return;
  for (guint i = 0; i < calibration->calls->len; i++)
    {
      SideAssignment *assignment = g_new0 (SideAssignment, 1);

      assignment->call = g_strdup (calibration->calls->pdata[i]);
      assignment->script = g_strdup (calibration->script);
      assignment->script_version = calibration->script_version;
      assignment->selection = SIDE_SELECTION_CALIBRATION;
      assignment->plan = g_strdup (calibration->id);
      assignment->title = g_strdup (calibration->title);
      assignment->due_ms = calibration->due_ms;
      g_ptr_array_add (self->coming, assignment);
    }
}

/* A repeat is told of when its day has come. */
static void
add_plan (SideAssignments    *self,
          const char         *user,
          const SideDocument *document)
{
  g_autoptr (SidePlan) plan = side_wire_plan_from_json (document->body, -1, NULL);
  gint64 now_ms = side_desk_get_write_ms (self->desk);

  for (guint i = 0; plan != NULL && plan->closed_ms == 0 && i < plan->tasks->len; i++)
    {
      const SidePlanTask *task = plan->tasks->pdata[i];
      SideAssignment *assignment;

      if (g_strcmp0 (task->reviewer, user) != 0)
        continue;
      if (task->from_ms > now_ms)
        {
          self->next_ms = self->next_ms == 0 ? task->from_ms : MIN (self->next_ms, task->from_ms);
          continue;
        }
      assignment = g_new0 (SideAssignment, 1);
      assignment->call = g_strdup (task->call);
      assignment->script = g_strdup (plan->script);
      assignment->script_version = plan->script_version;
      assignment->selection = task->selection;
      assignment->plan = g_strdup (plan->id);
      assignment->title = g_strdup (plan->title);
      assignment->due_ms = plan->due_ms;
      g_ptr_array_add (self->coming, assignment);
    }
}

static const struct {
  const char *kind;
  AddFunc     add;
} kinds[] = {
  { "plan", add_plan },
  { "calibration", add_calibration },
};

static void load (SideAssignments *self);
static void read_kind (SideAssignments *self, SideStore *store);

static void
taken (SideAssignments *self)
{
  GPtrArray *before = self->list;

  self->reading = FALSE;
  self->list = self->coming;
  self->coming = before;
  g_ptr_array_set_size (self->coming, 0);
  g_signal_emit (self, changed_signal, 0);
  if (self->stale)
    load (self);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideAssignments) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_documents_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error) || self->desk == NULL)
    return;
  if (documents == NULL)
    {
      /* What was known stays; the page that shows the same documents says what went wrong. */
      g_debug ("assignments: %s", error->message);
      self->reading = FALSE;
      return;
    }
  for (guint i = 0; i < documents->len; i++)
    {
      const SideDocument *document = documents->pdata[i];

      if (document->body != NULL)
        kinds[self->kind].add (self, side_desk_get_user (self->desk), document);
    }
  self->kind++;
  if (self->kind < G_N_ELEMENTS (kinds))
    read_kind (self, SIDE_STORE (source));
  else
    taken (self);
}

static void
read_kind (SideAssignments *self,
           SideStore       *store)
{
  side_store_list_documents_async (store, kinds[self->kind].kind, side_desk_get_project_id (self->desk), NULL,
                                   self->cancellable, listed_cb, g_object_ref (self));
}

static void
documents_changed_cb (SideAssignments *self,
                      const char      *kind,
                      const char      *id,
                      const char      *call)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kind, kinds[i].kind))
      load (self);
}

static void
load (SideAssignments *self)
{
  SideStore *store = self->desk != NULL ? side_desk_get_store (self->desk) : NULL;

  if (store == NULL || side_desk_get_project_id (self->desk) == NULL)
    return;
  if (store != self->store)
    g_signal_connect_object (store, "documents-changed", G_CALLBACK (documents_changed_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->store, store);
  self->stale = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  self->kind = 0;
  self->next_ms = 0;
  g_ptr_array_set_size (self->coming, 0);
  read_kind (self, store);
}

static void
tick_cb (SideAssignments *self)
{
  if (self->next_ms != 0 && side_desk_get_write_ms (self->desk) >= self->next_ms)
    load (self);
}

static void
project_cb (SideAssignments *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->reading = FALSE;
  g_ptr_array_set_size (self->list, 0);
  g_signal_emit (self, changed_signal, 0);
  load (self);
}

/**
 * side_assignments_get:
 * @desk: a desk
 *
 * Returns: (transfer none): what its person is asked for in its project;
 *   nothing until "changed"
 */
SideAssignments *
side_assignments_get (SideDesk *desk)
{
  SideAssignments *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);

  self = g_object_get_data (G_OBJECT (desk), "side-assignments");
  if (self != NULL)
    return self;
  self = g_object_new (SIDE_TYPE_ASSIGNMENTS, NULL);
  g_set_weak_pointer (&self->desk, desk);
  g_signal_connect_object (desk, "notify::project-id", G_CALLBACK (project_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (desk), "side-assignments", self, g_object_unref);
  project_cb (self);
  return self;
}

/**
 * side_assignments_list:
 * @self: assignments
 *
 * Returns: (transfer none) (element-type SideAssignment): all of them, until
 *   the next "changed"; those that are done too
 */
GPtrArray *
side_assignments_list (SideAssignments *self)
{
  g_return_val_if_fail (SIDE_IS_ASSIGNMENTS (self), NULL);
  return self->list;
}

/**
 * side_assignments_find:
 * @self: assignments
 * @call: a call's id
 * @plan: (nullable): of that plan or calibration only
 *
 * Returns: (transfer none) (nullable): what this person is asked for on that
 *   call, the first of several; until the next "changed"
 */
const SideAssignment *
side_assignments_find (SideAssignments *self,
                       const char      *call,
                       const char      *plan)
{
  g_return_val_if_fail (SIDE_IS_ASSIGNMENTS (self), NULL);
  g_return_val_if_fail (call != NULL, NULL);

  for (guint i = 0; i < self->list->len; i++)
    {
      const SideAssignment *assignment = self->list->pdata[i];

      if (g_str_equal (assignment->call, call) && (plan == NULL || g_strcmp0 (assignment->plan, plan) == 0))
        return assignment;
    }
  return NULL;
}
