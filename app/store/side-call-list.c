/* side-call-list.c - the calls of a query as a list model
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list has the row numbers of its query in their order: what stands where
 * is known without any call being read. An item that is asked for is made at
 * once and filled when its page comes. One page is under way at a time, and
 * the last one asked for goes first, so that a fast scroll never waits for
 * pages it has left behind.
 *
 * What changes in the store arrives as steps from the database's thread
 * (SideView); items of changed calls are read again.
 */
#include "side-call-item.h"
#include "side-call-page.h"
#include "side-store-private.h"

#define PAGE       200
#define KEPT_ITEMS 2000   /* filled items kept for scrolling back; about 2 MB */

struct _SideCallList
{
  GObject         parent_instance;
  SideStore      *store;
  guint           id;
  SideViewTicket *ticket;
  SideCallQuery  *query;
  int             asked;          /* generation of the last question */
  int             shown;          /* and of what is shown */
  int             figure;         /* of the sound that what is shown is about, or -1 */
  GArray         *rows;           /* of guint32 */
  GHashTable     *items;          /* row -> SideCallItem, not owned */
  GQueue          kept;           /* of SideCallItem, owned; newest at the tail */
  GArray         *wanted;         /* of guint32; most wanted at the end */
  guint           last_position;  /* where somebody looked last */
  guint           epoch;          /* of the store, when the last question was asked */
  gboolean        fetching;
  gboolean        loading;
  GError         *error;
  gulong          opened_handler;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SideCallList, side_call_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum { PROP_0, PROP_STORE, PROP_TOTAL, PROP_LOADING, N_PROPS };

static GParamSpec *props[N_PROPS];

static void fetch_next (SideCallList *self);

static void
set_loading (SideCallList *self,
             gboolean      loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

/* Items. */

static void
keep (SideCallList *self,
      SideCallItem *item)
{
  SideCallItem *oldest;

  if (side_call_item_is_kept (item))
    return;
  side_call_item_set_kept (item, TRUE);
  g_queue_push_tail (&self->kept, g_object_ref (item));
  if (self->kept.length <= KEPT_ITEMS)
    return;
  oldest = g_queue_pop_head (&self->kept);
  side_call_item_set_kept (oldest, FALSE);
  g_object_unref (oldest);
}

static SideCallItem *
keep_row (SideCallList *self,
          guint32       row)
{
  SideCallItem *known = g_hash_table_lookup (self->items, GUINT_TO_POINTER (row));
  SideCallItem *item = known != NULL ? g_object_ref (known) : side_call_item_new (row, self->items);

  keep (self, item);
  return item;
}

static void
want (SideCallList *self,
      SideCallItem *item)
{
  guint32 row = side_call_item_get_row (item);

  if (side_call_item_is_queued (item))
    return;
  side_call_item_set_queued (item, TRUE);
  g_array_append_val (self->wanted, row);
}

/* Pages under way. */

/* What an earlier question was about comes too late. */
static void
take_figure (SideCallList       *self,
             SideCallItem       *item,
             const SideCallPage *page,
             guint               i)
{
  if (page->figure == self->figure)
    side_call_item_set_figure (item, page->figure, page->values != NULL ? g_array_index (page->values, double, i) : 0);
}

static void
fetched (SideJob  *job,
         gpointer  store,
         gpointer  id)
{
  SideCallList *self = side_store_lookup_list (store, GPOINTER_TO_UINT (id));
  SideCallPage *page = job->input;

  if (self == NULL)
    return;
  self->fetching = FALSE;
  /* After a failure the next one asked for tries again. */
  for (guint i = 0; job->error == NULL && i < page->rows->len; i++)
    if (page->calls->pdata[i] != NULL)
      {
        g_autoptr (SideCallItem) item = keep_row (self, g_array_index (page->rows, guint32, i));

        take_figure (self, item, page, i);
        side_call_item_set_call (item, page->calls->pdata[i]);
      }
  fetch_next (self);
}

static void
figured (SideJob  *job,
         gpointer  store,
         gpointer  id)
{
  SideCallList *self = side_store_lookup_list (store, GPOINTER_TO_UINT (id));
  SideCallPage *page = job->input;

  for (guint i = 0; self != NULL && job->error == NULL && i < page->rows->len; i++)
    {
      SideCallItem *item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (g_array_index (page->rows, guint32, i)));

      if (item != NULL)   /* somebody still holds it */
        take_figure (self, item, page, i);
    }
}

/* The list is about another figure, or has just learnt what it is of each call. */
static void
ask_figures (SideCallList *self)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  SideSoundFigure figure;
  GHashTableIter iter;
  gpointer row;

  self->figure = side_call_query_get_figure (self->query, &figure) ? (int) figure : -1;
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    g_array_append_vals (rows, &(guint32) { GPOINTER_TO_UINT (row) }, 1);
  side_store_start_plain (self->store, side_call_page_job_new (rows, self->figure, FALSE), figured,
                          GUINT_TO_POINTER (self->id));
}

/* The latest wishes that somebody still holds. */
static void
take_wanted (SideCallList *self,
             GArray       *page)
{
  while (self->wanted->len > 0 && page->len < PAGE)
    {
      guint32 row = g_array_index (self->wanted, guint32, self->wanted->len - 1);
      SideCallItem *item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (row));

      g_array_set_size (self->wanted, self->wanted->len - 1);
      if (item == NULL || !side_call_item_is_queued (item))
        continue;
      side_call_item_set_queued (item, FALSE);
      g_array_append_val (page, row);
    }
}

static gboolean
is_filled (SideCallList *self,
           guint         position)
{
  SideCallItem *item;

  if (position >= self->rows->len)
    return FALSE;
  item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (g_array_index (self->rows, guint32, position)));
  return item != NULL && side_call_item_get_call (item) != NULL;
}

/* What somebody will look at next: the rows below where they looked last, or
 * those above when they came from below. */
static void
add_neighbours (SideCallList *self,
                GArray       *page)
{
  guint start = self->last_position;
  guint end;

  if (is_filled (self, start + 1))
    start -= MIN (start, PAGE - 1);
  end = MIN (start + PAGE, self->rows->len);
  for (guint position = start; position < end && page->len < PAGE; position++)
    {
      guint32 row = g_array_index (self->rows, guint32, position);

      if (!g_hash_table_contains (self->items, GUINT_TO_POINTER (row)))
        g_array_append_val (page, row);
    }
}

static void
fetch_next (SideCallList *self)
{
  g_autoptr (GArray) page = NULL;
  SideJob *job;

  if (self->fetching || self->wanted->len == 0)
    return;
  page = g_array_new (FALSE, FALSE, sizeof (guint32));
  take_wanted (self, page);
  if (page->len == 0)
    return;
  add_neighbours (self, page);
  job = side_call_page_job_new (g_steal_pointer (&page), self->figure, TRUE);
  self->fetching = side_store_start_plain (self->store, job, fetched, GUINT_TO_POINTER (self->id));
}

/* The model. */

static GType
get_item_type (GListModel *model)
{
  return SIDE_TYPE_CALL_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return SIDE_CALL_LIST (model)->rows->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  SideCallList *self = SIDE_CALL_LIST (model);
  SideCallItem *item;
  guint32 row;

  if (position >= self->rows->len)
    return NULL;
  row = g_array_index (self->rows, guint32, position);
  item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (row));
  if (item != NULL)
    g_object_ref (item);
  else
    item = side_call_item_new (row, self->items);
  if (side_call_item_get_call (item) == NULL)
    {
      self->last_position = position;
      want (self, item);
      fetch_next (self);
    }
  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* News from the thread. */

static void
apply_steps (SideCallList  *self,
             SideViewDelta *delta)
{
  const guint32 *rows = (const guint32 *) (const void *) delta->rows->data;
  guint before = self->rows->len;

  for (guint i = 0; i < delta->steps->len; i++)
    {
      const SideViewStep *step = &g_array_index (delta->steps, SideViewStep, i);

      if (step->removed > 0)
        g_array_remove_range (self->rows, step->position, step->removed);
      if (step->added > 0)
        g_array_insert_vals (self->rows, step->position, rows, step->added);
      rows += step->added;
      g_list_model_items_changed (G_LIST_MODEL (self), step->position, step->removed, step->added);
    }
  if (self->rows->len != before)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TOTAL]);
}

static void
replace_rows (SideCallList *self,
              GArray       *rows)
{
  SideViewDelta *delta = side_view_delta_between (self->rows, rows);

  apply_steps (self, delta);
  side_view_delta_free (delta);
}

static void
take_error (SideCallList *self,
            SideListNews *news)
{
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&news->error);
  if (self->loading)
    set_loading (self, FALSE);
  else
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

void
side_call_list_take_news (SideCallList *self,
                          SideListNews *news)
{
  g_autoptr (SideCallList) alive = g_object_ref (self);

  if (news->rows != NULL && news->generation == self->asked)
    {
      g_clear_error (&self->error);
      self->shown = news->generation;
      for (guint i = 0; news->calls != NULL && i < news->calls->len; i++)
        {
          g_autoptr (SideCallItem) item = keep_row (self, g_array_index (news->rows, guint32, i));

          side_call_item_set_call (item, news->calls->pdata[i]);
        }
      if (self->figure >= 0 || side_call_query_get_figure (self->query, &(SideSoundFigure) { 0 }))
        ask_figures (self);
      replace_rows (self, news->rows);
      set_loading (self, news->partial);
    }
  else if (news->delta != NULL && news->generation == self->shown)
    {
      apply_steps (self, news->delta);
    }
  else if (news->error != NULL && news->generation == self->asked)
    {
      take_error (self, news);
    }
}

void
side_call_list_refresh (SideCallList *self,
                        const GArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      guint32 row = g_array_index (rows, guint32, i);
      SideCallItem *item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (row));

      if (item != NULL)
        want (self, item);
    }
  fetch_next (self);
}

static void
drop_items (SideCallList *self)
{
  SideCallItem *item;

  while ((item = g_queue_pop_head (&self->kept)) != NULL)
    {
      side_call_item_set_kept (item, FALSE);
      g_object_unref (item);
    }
  g_array_set_size (self->wanted, 0);
}

/* Row numbers mean other calls from now on; those are under way. */
void
side_call_list_reset (SideCallList *self)
{
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (guint32));

  replace_rows (self, none);
  drop_items (self);
  g_hash_table_unref (self->items);
  self->items = g_hash_table_new (NULL, NULL);
  set_loading (self, TRUE);
}

static SideViewRequest *
make_request (SideCallList *self)
{
  SideViewRequest *request = g_new0 (SideViewRequest, 1);

  request->id = self->id;
  request->generation = self->asked;
  request->ticket = side_view_ticket_ref (self->ticket);
  return request;
}

static void
asked (SideJob  *job,
       gpointer  store,
       gpointer  id)
{
  SideCallList *self = side_store_lookup_list (store, GPOINTER_TO_UINT (id));
  SideViewRequest *request = job->input;
  SideListNews news = { .generation = request->generation };

  if (self == NULL || job->error == NULL)
    return;
  news.error = g_error_copy (job->error);
  side_call_list_take_news (self, &news);
  g_clear_error (&news.error);
}

static void
ask (SideCallList *self)
{
  SideViewRequest *request;

  self->asked++;
  g_atomic_int_set (&self->ticket->asked, self->asked);
  request = make_request (self);
  request->query = side_call_query_copy (self->query);
  self->epoch = side_store_get_epoch (self->store);
  if (side_store_start_plain (self->store,
                              side_job_new (side_worker_set_view, SIDE_JOB_READS, SIDE_JOB_BOOLEAN,
                                            request, (GDestroyNotify) side_view_request_free),
                              asked, GUINT_TO_POINTER (self->id)))
    set_loading (self, TRUE);
  else
    self->epoch = 0;
}

static void
opened_changed (SideStore    *store,
                GParamSpec   *pspec,
                SideCallList *self)
{
  if (!side_store_is_open (store))
    return;
  /* Row numbers of an earlier opening mean nothing now; in this one the
   * question may be under way already. */
  if (self->epoch == side_store_get_epoch (store))
    return;
  side_call_list_reset (self);
  ask (self);
}

static void
side_call_list_constructed (GObject *object)
{
  SideCallList *self = SIDE_CALL_LIST (object);

  G_OBJECT_CLASS (side_call_list_parent_class)->constructed (object);
  self->id = side_store_register_list (self->store, self);
  self->opened_handler = g_signal_connect (self->store, "notify::opened", G_CALLBACK (opened_changed), self);
  ask (self);
}

static void
side_call_list_dispose (GObject *object)
{
  SideCallList *self = SIDE_CALL_LIST (object);

  if (self->store != NULL)
    {
      g_clear_signal_handler (&self->opened_handler, self->store);
      side_store_unregister_list (self->store, self->id);
      side_store_start_plain (self->store,
                              side_job_new (side_worker_drop_view, SIDE_JOB_ANYTIME, SIDE_JOB_BOOLEAN,
                                            make_request (self), (GDestroyNotify) side_view_request_free),
                              NULL, NULL);
    }
  drop_items (self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (side_call_list_parent_class)->dispose (object);
}

static void
side_call_list_finalize (GObject *object)
{
  SideCallList *self = SIDE_CALL_LIST (object);

  side_view_ticket_unref (self->ticket);
  side_call_query_free (self->query);
  g_array_unref (self->rows);
  g_array_unref (self->wanted);
  g_hash_table_unref (self->items);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (side_call_list_parent_class)->finalize (object);
}

static void
side_call_list_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  SideCallList *self = SIDE_CALL_LIST (object);

  switch (prop_id)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_TOTAL:
      g_value_set_uint (value, self->rows->len);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
side_call_list_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_STORE:
      SIDE_CALL_LIST (object)->store = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
side_call_list_class_init (SideCallListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->constructed = side_call_list_constructed;
  object_class->dispose = side_call_list_dispose;
  object_class->finalize = side_call_list_finalize;
  object_class->get_property = side_call_list_get_property;
  object_class->set_property = side_call_list_set_property;
  props[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, SIDE_TYPE_STORE,
                                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY);
  props[PROP_TOTAL] = g_param_spec_uint ("total", NULL, NULL, 0, G_MAXUINT, 0, read);
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, read);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
side_call_list_init (SideCallList *self)
{
  self->ticket = side_view_ticket_new ();
  self->query = side_call_query_new ();
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->wanted = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->items = g_hash_table_new (NULL, NULL);
  self->figure = -1;
  g_queue_init (&self->kept);
}

/**
 * side_call_list_new:
 * @store: a store; the list fills when it is open
 *
 * Returns: (transfer full): the list of all calls, newest first
 */
SideCallList *
side_call_list_new (SideStore *store)
{
  g_return_val_if_fail (SIDE_IS_STORE (store), NULL);
  return g_object_new (SIDE_TYPE_CALL_LIST, "store", store, NULL);
}

/**
 * side_call_list_set_query:
 * @self: a list
 * @query: what to show; it is copied
 *
 * The old rows stay until the new ones are there, which takes less than a
 * tenth of a second for a million calls; "loading" is set meanwhile.
 */
void
side_call_list_set_query (SideCallList        *self,
                          const SideCallQuery *query)
{
  g_return_if_fail (SIDE_IS_CALL_LIST (self));
  g_return_if_fail (query != NULL);
  if (side_call_query_equal (self->query, query) && self->error == NULL)
    return;
  side_call_query_free (self->query);
  self->query = side_call_query_copy (query);
  ask (self);
}

/**
 * side_call_list_get_query:
 * @self: a list
 *
 * Returns: (transfer none): what it shows
 */
const SideCallQuery *
side_call_list_get_query (SideCallList *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_LIST (self), NULL);
  return self->query;
}

/**
 * side_call_list_get_total:
 * @self: a list
 *
 * Returns: how many calls it has; while "loading" those known so far
 */
guint
side_call_list_get_total (SideCallList *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_LIST (self), 0);
  return self->rows->len;
}

/**
 * side_call_list_get_loading:
 * @self: a list
 *
 * Returns: whether what is shown is not (yet) what was asked for
 */
gboolean
side_call_list_get_loading (SideCallList *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_LIST (self), FALSE);
  return self->loading;
}

/**
 * side_call_list_get_error:
 * @self: a list
 *
 * "loading" notifies when it changes.
 *
 * Returns: (transfer none) (nullable): why what was asked for cannot be shown
 */
const GError *
side_call_list_get_error (SideCallList *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_LIST (self), NULL);
  return self->error;
}

/* Where the call of @row stands, if it is in the list. */
gboolean
side_call_list_find_row (SideCallList *self,
                         guint32       row,
                         guint        *position)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_array_index (self->rows, guint32, i) == row)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

/* Whom to ask about calls. */
SideStore *
side_call_list_get_store (SideCallList *self)
{
  return self->store;
}
