/* side-ami-reader.h - cuts the byte stream of an Asterisk manager into messages
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A message is a run of "Name: value" lines, each ended by CR LF, ended by an
 * empty line. The reader knows nothing of sockets: whoever reads the bytes puts
 * them into the room the reader offers and then takes the messages out. Names
 * and values are views into that room, valid until the next call.
 *
 * Only CR LF ends a line. A single CR or LF is part of a value, as it can only
 * have come there by a stranger's hand (a caller's number is printed as it
 * came), and marks the message as tainted. Names may repeat; all are kept.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SIDE_AMI_LINE_MAX    8192   /* bytes of a line, without its CR LF */
#define SIDE_AMI_MESSAGE_MAX 65536  /* bytes of a message, with all line ends */

typedef struct {
  const char *name;    /* NUL-terminated */
  const char *value;   /* NUL-terminated, may be empty */
} SideAmiField;

/**
 * SideAmiMessage:
 * @fields: in the order in which they came
 * @n_fields: how many
 * @tainted: a line was no "Name: value", or holds a single LF
 * @copied: owned block of a copy, %NULL for a reader's view
 */
typedef struct {
  const SideAmiField *fields;
  guint               n_fields;
  gboolean            tainted;
  gpointer            copied;
} SideAmiMessage;

const char     *side_ami_message_get      (const SideAmiMessage *self, const char *name);
const char     *side_ami_message_get_last (const SideAmiMessage *self, const char *name);
guint           side_ami_message_count    (const SideAmiMessage *self, const char *name);
gboolean        side_ami_message_is       (const SideAmiMessage *self, const char *name, const char *value);
const char     *side_ami_message_variable (const SideAmiMessage *self, const char *field, const char *variable);
gint64          side_ami_message_get_int  (const SideAmiMessage *self, const char *name, gint64 otherwise);
SideAmiMessage *side_ami_message_copy     (const SideAmiMessage *self);
void            side_ami_message_free     (SideAmiMessage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideAmiMessage, side_ami_message_free)

typedef struct _SideAmiReader SideAmiReader;

/**
 * SideAmiStep:
 * @SIDE_AMI_NEED_MORE: nothing complete is there; give it more bytes
 * @SIDE_AMI_BANNER: the greeting, as one field "Banner"
 * @SIDE_AMI_MESSAGE: a message
 * @SIDE_AMI_FAILED: the stream cannot be read any further
 */
typedef enum {
  SIDE_AMI_NEED_MORE,
  SIDE_AMI_BANNER,
  SIDE_AMI_MESSAGE,
  SIDE_AMI_FAILED,
} SideAmiStep;

SideAmiReader *side_ami_reader_new     (gboolean expect_banner);
void           side_ami_reader_free    (SideAmiReader *self);
guint8        *side_ami_reader_reserve (SideAmiReader *self, gsize *room);
void           side_ami_reader_commit  (SideAmiReader *self, gsize n);
SideAmiStep    side_ami_reader_next    (SideAmiReader *self, SideAmiMessage *message, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideAmiReader, side_ami_reader_free)

G_END_DECLS
