/* side-error.h - the one error domain that crosses layers
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every failure from outside (network, PBX, file, database, bad input) becomes
 * a GError of this domain. The code says what a caller can do about it; the
 * message is for a log and for "Details", never the only thing a person sees.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SideError:
 * @SIDE_ERROR_FAILED: none of the others; the message says what
 * @SIDE_ERROR_INVALID: input that does not follow its format
 * @SIDE_ERROR_TOO_LARGE: input over a stated limit
 * @SIDE_ERROR_UNSUPPORTED: a form we know of and do not handle
 * @SIDE_ERROR_NOT_FOUND: nothing of that name, or not for this user
 * @SIDE_ERROR_EXISTS: something of that name is there already
 * @SIDE_ERROR_UNREACHABLE: host not found, connection refused, no route
 * @SIDE_ERROR_TIMED_OUT: no answer in the stated time
 * @SIDE_ERROR_DISCONNECTED: the link broke after it had stood
 * @SIDE_ERROR_UNTRUSTED: the certificate is not trusted or for another host
 * @SIDE_ERROR_UNAUTHORIZED: wrong user, password or token
 * @SIDE_ERROR_FORBIDDEN: known, but not allowed to
 * @SIDE_ERROR_RATE_LIMITED: too many attempts; try later
 * @SIDE_ERROR_CONFLICT: somebody else changed it first
 * @SIDE_ERROR_BUSY: locked by another process
 * @SIDE_ERROR_FULL: no room left on the disk
 * @SIDE_ERROR_READ_ONLY: may be read, cannot be written
 * @SIDE_ERROR_CORRUPT: the file is damaged
 * @SIDE_ERROR_NEWER: written by a newer version of the program
 * @SIDE_ERROR_CANCELLED: the caller took it back
 */
typedef enum {
  SIDE_ERROR_FAILED,
  SIDE_ERROR_INVALID,
  SIDE_ERROR_TOO_LARGE,
  SIDE_ERROR_UNSUPPORTED,
  SIDE_ERROR_NOT_FOUND,
  SIDE_ERROR_EXISTS,
  SIDE_ERROR_UNREACHABLE,
  SIDE_ERROR_TIMED_OUT,
  SIDE_ERROR_DISCONNECTED,
  SIDE_ERROR_UNTRUSTED,
  SIDE_ERROR_UNAUTHORIZED,
  SIDE_ERROR_FORBIDDEN,
  SIDE_ERROR_RATE_LIMITED,
  SIDE_ERROR_CONFLICT,
  SIDE_ERROR_BUSY,
  SIDE_ERROR_FULL,
  SIDE_ERROR_READ_ONLY,
  SIDE_ERROR_CORRUPT,
  SIDE_ERROR_NEWER,
  SIDE_ERROR_CANCELLED,
} SideError;

#define SIDE_ERROR (side_error_quark ())
GQuark side_error_quark (void);

/**
 * side_error_is_cancelled:
 * @error: (nullable): an error
 *
 * Returns: %TRUE when @error only says that the caller took the work back,
 *   in our domain or in GIO's; such an error is never shown to anybody.
 */
gboolean side_error_is_cancelled (const GError *error);

G_END_DECLS
