/* side-news.c - what the database's thread tells the store's context
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-news.h"

static void
free_document_news (gpointer data)
{
  SideDocumentNews *news = data;

  g_free (news->kind);
  g_free (news->id);
  g_free (news->call);
  g_free (news);
}

static void
free_list_news (gpointer data)
{
  SideListNews *news = data;

  g_clear_pointer (&news->rows, g_array_unref);
  g_clear_pointer (&news->calls, g_ptr_array_unref);
  g_clear_pointer (&news->delta, side_view_delta_free);
  g_clear_error (&news->error);
  g_free (news);
}

SideNews *
side_news_new (void)
{
  SideNews *self = g_new0 (SideNews, 1);

  self->call_ids = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->documents = g_ptr_array_new_with_free_func (free_document_news);
  self->lists = g_ptr_array_new_with_free_func (free_list_news);
  return self;
}

void
side_news_free (SideNews *self)
{
  g_ptr_array_unref (self->call_ids);
  g_array_unref (self->rows);
  g_ptr_array_unref (self->documents);
  g_ptr_array_unref (self->lists);
  g_free (self->damaged);
  g_free (self);
}

void
side_news_add_document (SideNews           *self,
                        const SideDocument *document)
{
  SideDocumentNews *news = g_new0 (SideDocumentNews, 1);

  news->kind = g_strdup (document->kind);
  news->id = g_strdup (document->id);
  news->call = g_strdup (document->call != NULL ? document->call : "");
  g_ptr_array_add (self->documents, news);
}

/**
 * side_news_add_list:
 * @self: the news
 * @view: the view of the list
 *
 * Returns: (transfer none): news for that list, to be filled in
 */
SideListNews *
side_news_add_list (SideNews *self,
                    SideView *view)
{
  SideListNews *news = g_new0 (SideListNews, 1);

  news->view = view->id;
  news->generation = view->generation;
  g_ptr_array_add (self->lists, news);
  return news;
}

gboolean
side_news_is_empty (const SideNews *self)
{
  return self->call_ids->len == 0 && self->rows->len == 0 && self->documents->len == 0
         && self->lists->len == 0 && !self->counted && self->damaged == NULL;
}
