/* side-wire-problem.c - errors on their way between the two programs, RFC 9457
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A problem's "code" is the word for its SideError; where there is none (a
 * proxy answered) the HTTP status decides.
 */
#include "side-wire-private.h"

static const struct {
  SideError   code;
  const char *word;
  guint       status;
} table[] = {
  { SIDE_ERROR_FAILED, "failed", 500 },
  { SIDE_ERROR_INVALID, "invalid", 400 },
  { SIDE_ERROR_TOO_LARGE, "too-large", 413 },
  { SIDE_ERROR_UNSUPPORTED, "unsupported", 422 },
  { SIDE_ERROR_NOT_FOUND, "not-found", 404 },
  { SIDE_ERROR_EXISTS, "exists", 409 },
  { SIDE_ERROR_UNREACHABLE, "unreachable", 502 },
  { SIDE_ERROR_TIMED_OUT, "timed-out", 504 },
  { SIDE_ERROR_DISCONNECTED, "disconnected", 502 },
  { SIDE_ERROR_UNTRUSTED, "untrusted", 502 },
  { SIDE_ERROR_UNAUTHORIZED, "unauthorized", 401 },
  { SIDE_ERROR_FORBIDDEN, "forbidden", 403 },
  { SIDE_ERROR_RATE_LIMITED, "rate-limited", 429 },
  { SIDE_ERROR_CONFLICT, "conflict", 412 },
  { SIDE_ERROR_BUSY, "busy", 503 },
  { SIDE_ERROR_FULL, "full", 507 },
  { SIDE_ERROR_READ_ONLY, "read-only", 503 },
  { SIDE_ERROR_CORRUPT, "corrupt", 500 },
  { SIDE_ERROR_NEWER, "newer", 505 },
  { SIDE_ERROR_CANCELLED, "cancelled", 500 },
};

static const struct {
  guint       status;
  const char *title;
} titles[] = {
  { 400, "Bad Request" }, { 401, "Unauthorized" }, { 403, "Forbidden" }, { 404, "Not Found" },
  { 405, "Method Not Allowed" }, { 408, "Request Timeout" }, { 409, "Conflict" }, { 410, "Gone" },
  { 412, "Precondition Failed" }, { 413, "Content Too Large" }, { 414, "URI Too Long" },
  { 415, "Unsupported Media Type" }, { 416, "Range Not Satisfiable" }, { 422, "Unprocessable Content" },
  { 428, "Precondition Required" }, { 429, "Too Many Requests" }, { 500, "Internal Server Error" },
  { 501, "Not Implemented" }, { 502, "Bad Gateway" }, { 503, "Service Unavailable" },
  { 504, "Gateway Timeout" }, { 505, "HTTP Version Not Supported" }, { 507, "Insufficient Storage" },
};

/**
 * side_wire_error_to_code:
 * @code: an error's code
 *
 * Returns: (transfer none): the protocol's word for it
 */
const char *
side_wire_error_to_code (SideError code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].code == code)
      return table[i].word;
  return table[0].word;
}

/**
 * side_wire_error_from_code:
 * @word: (nullable): a word of the protocol
 *
 * Returns: the code; SIDE_ERROR_FAILED for a word of a newer peer
 */
SideError
side_wire_error_from_code (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (table[i].word, word) == 0)
      return table[i].code;
  return SIDE_ERROR_FAILED;
}

/**
 * side_wire_error_to_status:
 * @code: an error's code
 *
 * Returns: the HTTP status a server answers it with
 */
guint
side_wire_error_to_status (SideError code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].code == code)
      return table[i].status;
  return 500;
}

/**
 * side_wire_error_from_status:
 * @status: an HTTP status from 400
 *
 * Returns: what it means to a client
 */
SideError
side_wire_error_from_status (guint status)
{
  switch (status)
    {
    case 400:
    case 405:
    case 414:
    case 415:
    case 416:
      return SIDE_ERROR_INVALID;
    case 401:
      return SIDE_ERROR_UNAUTHORIZED;
    case 403:
      return SIDE_ERROR_FORBIDDEN;
    case 404:
    case 410:
      return SIDE_ERROR_NOT_FOUND;
    case 408:
    case 504:
      return SIDE_ERROR_TIMED_OUT;
    case 409:
    case 412:
    case 428:
      return SIDE_ERROR_CONFLICT;
    case 413:
      return SIDE_ERROR_TOO_LARGE;
    case 422:
      return SIDE_ERROR_UNSUPPORTED;
    case 429:
      return SIDE_ERROR_RATE_LIMITED;
    case 502:
      return SIDE_ERROR_UNREACHABLE;
    case 503:
      return SIDE_ERROR_BUSY;
    case 507:
      return SIDE_ERROR_FULL;
    default:
      return SIDE_ERROR_FAILED;
    }
}

static const char *
title_of (guint status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (titles[i].status == status)
      return titles[i].title;
  return "Error";
}

/**
 * side_wire_problem_to_json:
 * @status: the HTTP status, or 0 for that of @error's code
 * @error: an error of SIDE_ERROR; its message becomes the detail
 * @current: (nullable): with a conflict, the document as the server has it
 *
 * Returns: (transfer full): the body of the answer, SIDE_WIRE_PROBLEM_TYPE
 */
char *
side_wire_problem_to_json (guint               status,
                           const GError       *error,
                           const SideDocument *current)
{
  GString *out = g_string_new (NULL);
  SideError code = error->domain == SIDE_ERROR ? (SideError) error->code : SIDE_ERROR_FAILED;

  if (status == 0)
    status = side_wire_error_to_status (code);
  side_json_open (out, NULL, '{');
  side_json_string (out, "type", "about:blank");
  side_json_string (out, "title", title_of (status));
  side_json_int (out, "status", status);
  side_json_string (out, "detail", error->message);
  side_json_string (out, "code", side_wire_error_to_code (code));
  if (current != NULL)
    {
      side_json_name (out, "document");
      side_wire_append_document (out, current);
    }
  side_json_close (out, '}');
  return _side_wire_take (out);
}

/**
 * side_wire_problem_from_json:
 * @status: the HTTP status of the answer, from 400
 * @text: (nullable): its body; it may be anything, a proxy's HTML too
 * @len: the body's bytes, or -1
 * @current: (out) (optional) (transfer full) (nullable): the document it carries
 *
 * Returns: (transfer full): the error it tells of, never %NULL
 */
GError *
side_wire_problem_from_json (guint          status,
                             const char    *text,
                             gssize         len,
                             SideDocument **current)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;
  JsonNode *document = NULL;
  const char *detail = NULL;
  const char *word = NULL;
  SideError code = side_wire_error_from_status (status);

  if (text != NULL)
    node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_MESSAGE, NULL);
  if (node == NULL)
    return g_error_new (SIDE_ERROR, (int) code, "HTTP %u %s", status, title_of (status));
  object = json_node_get_object (node);
  side_json_read_text (object, "detail", SIDE_JSON_MAX_TEXT, &detail, NULL);
  side_json_read_text (object, "code", SIDE_JSON_MAX_INTERN, &word, NULL);
  side_json_read_object (object, "document", &document, NULL);
  if (word != NULL && (side_wire_error_from_code (word) != SIDE_ERROR_FAILED || g_str_equal (word, "failed")))
    code = side_wire_error_from_code (word);
  /* Only who asked can take a request back; a reader passes over that error. */
  if (code == SIDE_ERROR_CANCELLED)
    code = SIDE_ERROR_FAILED;
  if (current != NULL && document != NULL)
    *current = side_wire_document_from_node (document, NULL);
  if (detail != NULL)
    return g_error_new_literal (SIDE_ERROR, (int) code, detail);
  return g_error_new (SIDE_ERROR, (int) code, "HTTP %u %s", status, title_of (status));
}
