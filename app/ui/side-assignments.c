/* side-assignments.c - which calls this person is asked to review, and what for
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keeps of plans and calibrations what concerns this person. Where they cannot
 * be read, the page that shows them says so.
 */
#include "side-assignments.h"

#include "side-wire.h"

struct _SideAssignments
{
  SideDocumentShelf  parent_instance;
  GPtrArray         *list;      /* of SideAssignment */
  gint64             next_ms;   /* when the next task comes up by itself; 0 for none */
};

G_DEFINE_FINAL_TYPE (SideAssignments, side_assignments, SIDE_TYPE_DOCUMENT_SHELF)

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
      assignment->blind = TRUE;
      g_ptr_array_add (self->list, assignment);
    }
}

/* A repeat is told of when its day has come. */
static void
add_plan (SideAssignments    *self,
          const char         *user,
          gint64              now_ms,
          const SideDocument *document)
{
  g_autoptr (SidePlan) plan = side_wire_plan_from_json (document->body, -1, NULL);

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
      assignment->blind = side_plan_is_task_blind (plan, task);
      g_ptr_array_add (self->list, assignment);
    }
}

static void
side_assignments_forget (SideDocumentShelf *shelf)
{
  SideAssignments *self = SIDE_ASSIGNMENTS (shelf);

  g_ptr_array_set_size (self->list, 0);
  self->next_ms = 0;
}

static void
side_assignments_take (SideDocumentShelf *shelf,
                       GPtrArray         *documents)
{
  SideAssignments *self = SIDE_ASSIGNMENTS (shelf);
  SideDesk *desk = side_document_shelf_get_desk (shelf);

  side_assignments_forget (shelf);
  for (guint i = 0; i < documents->len; i++)
    {
      const SideDocument *document = documents->pdata[i];

      if (g_str_equal (document->kind, "plan"))
        add_plan (self, side_desk_get_user (desk), side_desk_get_write_ms (desk), document);
      else
        add_calibration (self, side_desk_get_user (desk), document);
    }
  side_document_shelf_set_read (shelf);
}

static void
side_assignments_tick (SideDocumentShelf *shelf)
{
  gint64 next_ms = SIDE_ASSIGNMENTS (shelf)->next_ms;

  if (next_ms != 0 && side_desk_get_write_ms (side_document_shelf_get_desk (shelf)) >= next_ms)
    side_document_shelf_reload (shelf);
}

static void
side_assignments_finalize (GObject *object)
{
  g_ptr_array_unref (SIDE_ASSIGNMENTS (object)->list);
  G_OBJECT_CLASS (side_assignments_parent_class)->finalize (object);
}

static void
side_assignments_class_init (SideAssignmentsClass *klass)
{
  static const char *const kinds[] = { "plan", "calibration", NULL };
  SideDocumentShelfClass *shelf_class = SIDE_DOCUMENT_SHELF_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = side_assignments_finalize;
  shelf_class->kinds = kinds;
  shelf_class->forget = side_assignments_forget;
  shelf_class->take = side_assignments_take;
  shelf_class->tick = side_assignments_tick;
}

static void
side_assignments_init (SideAssignments *self)
{
  self->list = g_ptr_array_new_with_free_func (assignment_free);
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
  return side_document_shelf_get (desk, SIDE_TYPE_ASSIGNMENTS);
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

/**
 * side_assignment_is_done:
 * @self: what a person is asked for
 * @user: that person
 * @review: any review
 *
 * A plan asks for one review of each kind, so that one which somebody else took
 * over is it; in a calibration everybody gives their own.
 *
 * Returns: whether the review is what was asked for, and finished
 */
gboolean
side_assignment_is_done (const SideAssignment *self,
                         const char           *user,
                         const SideReview     *review)
{
  g_return_val_if_fail (self != NULL && review != NULL, FALSE);

  return review->finished_ms != 0 && review->selection == self->selection && g_strcmp0 (review->plan, self->plan) == 0
         && g_strcmp0 (review->call, self->call) == 0
         && (self->selection != SIDE_SELECTION_CALIBRATION || g_strcmp0 (review->reviewer, user) == 0);
}
