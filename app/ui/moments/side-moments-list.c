/* side-moments-list.c - the key moments of the calls of a query
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The store tells which calls have marks or a recording here; a thread reads
 * what the analysis left beside the recordings. Calls come in the order of the
 * query, the moments of one call as they follow each other.
 */
#include "side-moments-list.h"

#include "side-analyst.h"
#include "side-job.h"
#include "side-store-evidence.h"

struct _SideMomentsList
{
  GObject       parent_instance;
  SideStore    *store;
  GListStore   *moments;
  GCancellable *cancellable;
  GError       *error;
  gboolean      loading;
};

G_DEFINE_FINAL_TYPE (SideMomentsList, side_moments_list, G_TYPE_OBJECT)

enum { PROP_0, PROP_LOADING, N_PROPS };
static GParamSpec *properties[N_PROPS];

static void
side_moments_list_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  if (id == PROP_LOADING)
    g_value_set_boolean (value, SIDE_MOMENTS_LIST (object)->loading);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
side_moments_list_dispose (GObject *object)
{
  SideMomentsList *self = SIDE_MOMENTS_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->moments);
  g_clear_object (&self->store);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (side_moments_list_parent_class)->dispose (object);
}

static void
side_moments_list_class_init (SideMomentsListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = side_moments_list_get_property;
  object_class->dispose = side_moments_list_dispose;
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_signal_new ("loaded", SIDE_TYPE_MOMENTS_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
side_moments_list_init (SideMomentsList *self)
{
  self->moments = g_list_store_new (SIDE_TYPE_MOMENT);
}

/* A call, and what is known of its sound. */
typedef struct {
  SideMarkedCall *call;
  SideAnalysis   *analysis;   /* NULL: not listened to, or not here */
} Source;

static void
free_source (gpointer data)
{
  Source *source = data;

  side_marked_call_unref (source->call);
  g_clear_pointer (&source->analysis, side_analysis_unref);
  g_free (source);
}

static gpointer
read_analyses (gpointer          data,
               SideJobProgress   progress,
               gpointer          job,
               GCancellable     *cancellable,
               GError          **error)
{
  GPtrArray *calls = data;
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func (free_source);

  for (guint i = 0; i < calls->len; i++)
    {
      Source *source = g_new0 (Source, 1);

      source->call = side_marked_call_ref (calls->pdata[i]);
      g_ptr_array_add (sources, source);
      if (source->call->path != NULL)
        source->analysis = side_analyst_read_kept (source->call->path);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
    }
  return g_steal_pointer (&sources);
}

static int
compare_moments (gconstpointer a,
                 gconstpointer b)
{
  gint64 x = side_moment_get_from_ms (*(SideMoment *const *) a);
  gint64 y = side_moment_get_from_ms (*(SideMoment *const *) b);

  return (x > y) - (x < y);
}

static void
add_moments (GPtrArray    *all,
             const Source *source)
{
  g_autoptr (GPtrArray) own = g_ptr_array_new ();
  const SideConversation *talk = source->analysis != NULL && side_analysis_is_measured (source->analysis)
                                 ? &source->analysis->conversation : NULL;

  for (guint i = 0; i < source->call->marks->len; i++)
    g_ptr_array_add (own, side_moment_new_for_mark (source->call, source->call->marks->pdata[i]));
  for (guint i = 0; talk != NULL && i < talk->dead_air->len; i++)
    {
      const SideSpan *span = &g_array_index (talk->dead_air, SideSpan, i);

      g_ptr_array_add (own, side_moment_new_found (source->call, SIDE_MOMENT_DEAD_AIR, span->from_ms, span->to_ms,
                                                   SIDE_CHANNEL_NONE));
    }
  for (guint i = 0; talk != NULL && i < talk->talk_over->len; i++)
    {
      const SideTalkOver *over = &g_array_index (talk->talk_over, SideTalkOver, i);

      g_ptr_array_add (own, side_moment_new_found (source->call, SIDE_MOMENT_TALK_OVER, over->from_ms, over->to_ms, over->who));
    }
  g_ptr_array_sort (own, compare_moments);
  for (guint i = 0; i < own->len; i++)
    g_ptr_array_add (all, own->pdata[i]);
}

static void
take_over (SideMomentsList *self,
           GPtrArray       *moments,
           GError          *error)
{
  g_clear_error (&self->error);
  self->error = error;
  self->loading = FALSE;
  g_list_store_splice (self->moments, 0, g_list_model_get_n_items (G_LIST_MODEL (self->moments)),
                       moments != NULL ? moments->pdata : NULL, moments != NULL ? moments->len : 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  g_signal_emit_by_name (self, "loaded");
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (SideMomentsList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sources = side_job_run_finish (result, &error);
  g_autoptr (GPtrArray) moments = g_ptr_array_new_with_free_func (g_object_unref);

  if (side_error_is_cancelled (error) || self->moments == NULL)
    return;
  for (guint i = 0; sources != NULL && i < sources->len; i++)
    add_moments (moments, sources->pdata[i]);
  take_over (self, moments, g_steal_pointer (&error));
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideMomentsList) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *calls = side_store_list_marked_calls_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error) || self->moments == NULL)
    {
      g_clear_pointer (&calls, g_ptr_array_unref);
      return;
    }
  if (calls == NULL)
    {
      take_over (self, NULL, g_steal_pointer (&error));
      return;
    }
  side_job_run_async (read_analyses, calls, (GDestroyNotify) g_ptr_array_unref, (GDestroyNotify) g_ptr_array_unref, NULL,
                      NULL, self->cancellable, read_cb, g_object_ref (self));
}

/**
 * side_moments_list_new:
 * @store: an open store
 *
 * Returns: (transfer full): an empty list
 */
SideMomentsList *
side_moments_list_new (SideStore *store)
{
  SideMomentsList *self = g_object_new (SIDE_TYPE_MOMENTS_LIST, NULL);

  self->store = g_object_ref (store);
  return self;
}

/**
 * side_moments_list_load:
 * @self: a list
 * @query: which calls
 *
 * Reads anew; what is in the list stays until "loaded".
 */
void
side_moments_list_load (SideMomentsList     *self,
                        const SideCallQuery *query)
{
  g_return_if_fail (SIDE_IS_MOMENTS_LIST (self) && query != NULL);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->loading = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  side_store_list_marked_calls_async (self->store, query, self->cancellable, listed_cb, g_object_ref (self));
}

static SideMarkedCall *
find_call (GPtrArray  *calls,
           const char *id)
{
  for (guint i = 0; i < calls->len; i++)
    if (g_strcmp0 (((SideMarkedCall *) calls->pdata[i])->call->id, id) == 0)
      return calls->pdata[i];
  return NULL;
}

typedef struct {
  SideMomentsList *list;
  GPtrArray       *pieces;   /* of SideClip */
} Pieces;

static void
got_calls_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  Pieces *asked = data;
  g_autoptr (SideMomentsList) self = asked->list;
  g_autoptr (GPtrArray) pieces = asked->pieces;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) calls = side_store_get_marked_calls_finish (SIDE_STORE (source), result, &error);
  g_autoptr (GPtrArray) moments = g_ptr_array_new_with_free_func (g_object_unref);

  g_free (asked);
  if (side_error_is_cancelled (error) || self->moments == NULL)
    return;
  for (guint i = 0; calls != NULL && i < pieces->len; i++)
    {
      const SideClip *clip = pieces->pdata[i];
      SideMarkedCall *call = find_call (calls, clip->call);

      if (call != NULL)
        g_ptr_array_add (moments, side_moment_new_piece (call, clip->good, clip->from_ms, clip->to_ms, clip->text));
    }
  take_over (self, moments, g_steal_pointer (&error));
}

/**
 * side_moments_list_load_pieces:
 * @self: a list
 * @pieces: (element-type SideClip): what is to be heard, in this order; it is
 *   kept and must not change
 *
 * In place of the moments of a query. Pieces of calls that are not here are
 * left out.
 */
void
side_moments_list_load_pieces (SideMomentsList *self,
                               GPtrArray       *pieces)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  Pieces *asked;

  g_return_if_fail (SIDE_IS_MOMENTS_LIST (self) && pieces != NULL);
  for (guint i = 0; i < pieces->len; i++)
    {
      char *id = ((SideClip *) pieces->pdata[i])->call;

      if (!g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
        g_ptr_array_add (ids, id);
    }
  g_ptr_array_add (ids, NULL);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->loading = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  asked = g_new0 (Pieces, 1);
  asked->list = g_object_ref (self);
  asked->pieces = g_ptr_array_ref (pieces);
  side_store_get_marked_calls_async (self->store, (const char *const *) ids->pdata, self->cancellable, got_calls_cb, asked);
}

/**
 * side_moments_list_get_moments:
 * @self: a list
 *
 * Returns: (transfer none): of SideMoment
 */
GListModel *
side_moments_list_get_moments (SideMomentsList *self)
{
  g_return_val_if_fail (SIDE_IS_MOMENTS_LIST (self), NULL);
  return G_LIST_MODEL (self->moments);
}

gboolean
side_moments_list_get_loading (SideMomentsList *self)
{
  g_return_val_if_fail (SIDE_IS_MOMENTS_LIST (self), FALSE);
  return self->loading;
}

/**
 * side_moments_list_get_error:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): why nothing could be read
 */
const GError *
side_moments_list_get_error (SideMomentsList *self)
{
  g_return_val_if_fail (SIDE_IS_MOMENTS_LIST (self), NULL);
  return self->error;
}

