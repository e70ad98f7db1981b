/* bench-fanout.c - what a delivery of an event to one more dashboard costs
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A whole server in this process, dashboards in a child process (bare sockets
 * and epoll, so that they take little of the machine). The same events at the
 * same pace once with one dashboard and once with many: the difference is the
 * cost of the deliveries alone, acknowledgements included, because the tick is
 * encoded once for all either way. At the end some dashboards do not read, and
 * that must take no more memory than when all of them do.
 *
 * usage: bench-fanout [DASHBOARDS [EVENTS-A-SECOND [SECONDS]]]
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "server-rig.h"
#include "side-test.h"

#define LIMIT_US     0.5
#define LIMIT_GROWTH 1.15      /* of resident memory, against all of them reading */
#define DEAF         50
#define PACE_MS      10
#define NOON         (RIG_DAY + 12 * 3600 * 1000)

/* The dashboards: a child process */

typedef struct {
  int      fd;
  gboolean deaf;
  guint8   buffer[65536];
  gsize    len;          /* bytes in it */
  guint64  skip;         /* rest of a message that is passed over */
} Dashboard;

static void
fail (const char *what)
{
  fprintf (stderr, "bench-fanout: %s: %s\n", what, strerror (errno));
  exit (1);
}

static void
say (int         fd,
     const void *bytes,
     gsize       len)
{
  if (send (fd, bytes, len, MSG_NOSIGNAL) != (ssize_t) len)
    fail ("sending");
}

static int
open_stream (guint16     port,
             const char *token)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port), .sin_addr = { htonl (INADDR_LOOPBACK) } };
  g_autofree char *request =
      g_strdup_printf ("GET /api/v1/live HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\nConnection: Upgrade\r\n"
                       "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: sidetone.v1\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", token);
  char answer[2048];
  gsize len = 0;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (fd < 0 || connect (fd, (struct sockaddr *) &address, sizeof address) != 0)
    fail ("connecting");
  say (fd, request, strlen (request));
  /* Byte by byte up to the empty line: what follows is the stream. */
  while (len < 4 || memcmp (answer + len - 4, "\r\n\r\n", 4) != 0)
    {
      if (len == sizeof answer || recv (fd, answer + len, 1, 0) != 1)
        fail ("the handshake");
      len++;
    }
  if (strncmp (answer, "HTTP/1.1 101", 12) != 0)
    fail ("no stream");
  fcntl (fd, F_SETFL, O_NONBLOCK);
  return fd;
}

/* A masked text frame; the mask is 0, which masks nothing. */
static void
acknowledge (Dashboard *dashboard,
             guint64    seq)
{
  char frame[80] = { (char) 0x81 };
  int n = snprintf (frame + 6, sizeof frame - 6, "{\"type\":\"ack\",\"seq\":%" G_GUINT64_FORMAT "}", seq);

  frame[1] = (char) (0x80 | n);
  say (dashboard->fd, frame, 6 + (gsize) n);
}

static void
answer_ping (Dashboard *dashboard)
{
  static const char pong[6] = { (char) 0x8a, (char) 0x80 };

  say (dashboard->fd, pong, sizeof pong);
}

/* One frame at the start of @at: answered, and passed over. Returns: how many
 * bytes it took, 0 when more must come first. */
static gsize
take_frame (Dashboard    *dashboard,
            const guint8 *at,
            gsize         len,
            guint64      *n_messages)
{
  guint64 payload = len >= 2 ? at[1] & 0x7f : 0;
  gsize head = payload == 126 ? 4 : payload == 127 ? 10 : 2;
  const char *seq;
  char start[64] = { 0 };

  if (len < head)
    return 0;
  if (head > 2)
    {
      payload = 0;
      for (gsize i = 2; i < head; i++)
        payload = payload << 8 | at[i];
    }
  if (len - head < MIN (payload, sizeof start - 1))
    return 0;
  memcpy (start, at + head, (gsize) MIN (payload, sizeof start - 1));
  if ((at[0] & 0x0f) == 9)
    answer_ping (dashboard);
  seq = strstr (start, "\"seq\":");
  if ((at[0] & 0x0f) == 1 && seq != NULL)
    {
      acknowledge (dashboard, g_ascii_strtoull (seq + 6, NULL, 10));
      ++*n_messages;
    }
  dashboard->skip = head + payload;
  return (gsize) MIN (dashboard->skip, len);
}

static void
read_stream (Dashboard *dashboard,
             guint64   *n_messages,
             guint64   *n_bytes)
{
  ssize_t n = recv (dashboard->fd, dashboard->buffer + dashboard->len, sizeof dashboard->buffer - dashboard->len, 0);
  gsize at = 0;

  if (n <= 0)
    return;
  *n_bytes += (guint64) n;
  dashboard->len += (gsize) n;
  while (at < dashboard->len)
    {
      gsize taken = dashboard->skip > 0 ? (gsize) MIN (dashboard->skip, dashboard->len - at)
                                        : take_frame (dashboard, dashboard->buffer + at, dashboard->len - at, n_messages);

      if (taken == 0)
        break;
      dashboard->skip -= taken;
      at += taken;
    }
  memmove (dashboard->buffer, dashboard->buffer + at, dashboard->len - at);
  dashboard->len -= at;
}

static volatile sig_atomic_t over;

static void
on_signal (int number)
{
  over = 1;
}

/* "--dashboards N DEAF PORT TOKEN": says "ready", reads until SIGTERM, says
 * how much it has read. */
static int
be_dashboards (char **argv)
{
  int n = atoi (argv[2]);
  int n_deaf = atoi (argv[3]);
  int epoll = epoll_create1 (EPOLL_CLOEXEC);
  g_autofree Dashboard *all = g_new0 (Dashboard, n);
  struct epoll_event events[256];
  guint64 n_messages = 0;
  guint64 n_bytes = 0;

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  signal (SIGTERM, on_signal);
  for (int i = 0; i < n; i++)
    {
      struct epoll_event event = { .events = EPOLLIN, .data.ptr = &all[i] };

      all[i].fd = open_stream ((guint16) atoi (argv[4]), argv[5]);
      all[i].deaf = i < n_deaf;
      if (!all[i].deaf && epoll_ctl (epoll, EPOLL_CTL_ADD, all[i].fd, &event) != 0)
        fail ("epoll");
    }
  printf ("ready\n");
  fflush (stdout);
  while (!over)
    {
      int got = epoll_wait (epoll, events, G_N_ELEMENTS (events), 100);

      for (int i = 0; i < got; i++)
        read_stream (events[i].data.ptr, &n_messages, &n_bytes);
    }
  printf ("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "\n", n_messages, n_bytes);
  return 0;
}

/* The server: this process */

typedef struct {
  Rig    *rig;
  guint   a_step;       /* events a step */
  guint64 n;            /* events so far */
} Pace;

/* A call has four events; they come in the order of their lives. */
static gboolean
step_cb (gpointer data)
{
  static const SideEventKind kinds[] = { SIDE_EVENT_CALL_JOINED, SIDE_EVENT_CALL_RINGING, SIDE_EVENT_CALL_ANSWERED, SIDE_EVENT_CALL_ENDED };
  Pace *pace = data;

  for (guint i = 0; i < pace->a_step; i++)
    {
      guint64 number = pace->n++;
      g_autofree char *call = g_strdup_printf ("pbx-1795277030.%" G_GUINT64_FORMAT, number / 4);
      SideEvent *event = rig_event (kinds[number % 4], "tea", call, NOON + (gint64) number);

      event->operator_id = g_intern_static_string ("PJSIP/201");
      event->caller = number % 4 == 0 ? g_strdup ("79031231244") : NULL;
      event->wait_ms = 5000;
      event->talk_ms = number % 4 == 3 ? 60000 : 0;
      event->outcome = number % 4 == 3 ? SIDE_OUTCOME_ANSWERED : SIDE_OUTCOME_NONE;
      rig_say (pace->rig, event);
    }
  return G_SOURCE_CONTINUE;
}

static double
cpu_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1e6 + (double) time.tv_nsec / 1e3;
}

static double
resident_mb (void)
{
  g_autofree char *text = NULL;
  long pages = 0;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL) || sscanf (text, "%*d %ld", &pages) != 1)
    return 0;
  return (double) pages * (double) sysconf (_SC_PAGESIZE) / 1048576.0;
}

typedef struct {
  double  cpu_us;
  guint64 n_events;
  guint64 n_messages;    /* of all dashboards */
  double  mb;            /* resident at the end */
} Figures;

static char *
read_line (GDataInputStream *stream)
{
  g_autoptr (GAsyncResult) result = NULL;
  char *line;

  g_data_input_stream_read_line_async (stream, G_PRIORITY_DEFAULT, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 60000, "the dashboards to speak");
  line = g_data_input_stream_read_line_finish (stream, result, NULL, NULL);
  if (line == NULL)
    g_error ("the dashboards died");
  return line;
}

static Figures
measure (const char *program,
         int         n_dashboards,
         int         n_deaf,
         guint       a_second,
         guint       seconds)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "bench", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autofree char *n = g_strdup_printf ("%d", n_dashboards);
  g_autofree char *deaf = g_strdup_printf ("%d", n_deaf);
  g_autofree char *port = g_strdup_printf ("%u", side_http_server_get_port (rig->server));
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, program, "--dashboards", n, deaf, port, token, NULL);
  g_autoptr (GDataInputStream) output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autofree char *ready = read_line (output);
  g_autofree char *told = NULL;
  Pace pace = { rig, MAX (1, a_second * PACE_MS / 1000), 0 };
  Figures figures = { 0 };
  guint id = g_timeout_add (PACE_MS, step_cb, &pace);
  guint64 begun;

  side_test_run_for (500);
  figures.cpu_us = -cpu_us ();
  begun = pace.n;
  side_test_run_for (seconds * 1000);
  figures.mb = resident_mb ();
  figures.cpu_us += cpu_us ();
  figures.n_events = pace.n - begun;
  g_source_remove (id);
  g_subprocess_send_signal (process, SIGTERM);
  told = read_line (output);
  figures.n_messages = g_ascii_strtoull (told, NULL, 10);
  return figures;
}

int
main (int    argc,
      char **argv)
{
  int n_dashboards = argc > 1 ? atoi (argv[1]) : 500;
  guint a_second = argc > 2 ? (guint) atoi (argv[2]) : 1000;
  guint seconds = argc > 3 ? (guint) atoi (argv[3]) : 9;
  struct rlimit files;
  Figures one;
  Figures many;
  Figures slow;
  double each;
  gboolean ok;

  if (argc == 6 && strcmp (argv[1], "--dashboards") == 0)
    return be_dashboards (argv);
  if (getrlimit (RLIMIT_NOFILE, &files) == 0)
    {
      files.rlim_cur = files.rlim_max;
      setrlimit (RLIMIT_NOFILE, &files);
    }
  one = measure (argv[0], 1, 0, a_second, seconds);
  many = measure (argv[0], n_dashboards, 0, a_second, seconds);
  slow = measure (argv[0], n_dashboards, MIN (DEAF, n_dashboards / 2), a_second, seconds);
  each = (many.cpu_us / (double) many.n_events - one.cpu_us / (double) one.n_events) / (n_dashboards - 1);
  printf ("events a second                    %8u\n", a_second);
  printf ("1 dashboard: CPU an event          %8.2f us (archive, board, encoding, one delivery)\n", one.cpu_us / (double) one.n_events);
  printf ("%d dashboards: CPU an event       %8.2f us, %.0f messages a second to each\n", n_dashboards, many.cpu_us / (double) many.n_events,
          (double) many.n_messages / n_dashboards / (seconds + 0.5));
  printf ("a delivery beyond the encoding     %8.3f us (limit %.1f)\n", each, LIMIT_US);
  printf ("memory at the end                  %8.1f MB; with %d not reading %.1f MB (limit %.2f of it)\n",
          many.mb, MIN (DEAF, n_dashboards / 2), slow.mb, LIMIT_GROWTH);
  ok = each < LIMIT_US && slow.mb < many.mb * LIMIT_GROWTH;
  printf ("%s\n", ok ? "ok" : "NOT OK");
  return ok ? 0 : 1;
}
